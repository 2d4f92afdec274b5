-- A colleague writes along on a proposal by invitation of who applies: reads it, and writes its answers while who applies can. Submitting, and all
-- that belongs to who answers for the proposal, is not the colleague's. Invited the way everybody is: an invitation, here to one proposal.
alter table invitation add column proposal_id uuid references proposal (id);
alter table invitation add constraint promises_a_role_or_a_proposal check (proposal_id is null or roles = '{}');
grant select (proposal_id) on invitation to regioloket_app;
drop index invitation_one_open;
create unique index invitation_one_open on invitation (region, email) where accepted_at is null and withdrawn_at is null and proposal_id is null;
create unique index invitation_one_open_to_write on invitation (proposal_id, email) where accepted_at is null and withdrawn_at is null and proposal_id is not null;
create index invitation_invited_by on invitation (invited_by, invited_at) where proposal_id is not null;

-- Who writes along. Rows come only by accepting (app.accept_invitation), end, and are never taken away: who wrote it stands on the applicant's side for good.
create table co_writer (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  person_id uuid not null references person (id),
  since timestamptz not null default app_now(),
  ended_at timestamptz,
  -- who applies, or the colleague
  ended_by uuid references person (id),
  constraint ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
call app.protect('co_writer', 'select');
grant update (ended_at, ended_by) on co_writer to regioloket_app;
create unique index co_writer_once on co_writer (proposal_id, person_id) where ended_at is null;
create index co_writer_person on co_writer (person_id);

-- Who saved the answers last; null for what nobody saved since this was kept.
alter table proposal add column saved_by uuid references person (id);
alter table proposal add column saved_at timestamptz;

-- Proposals on which a person writes along now. By the owner, because what exists for a reader rests on it, in whichever region.
create function app.written_along(p_person uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(w.proposal_id), '{}') from co_writer w where w.person_id = p_person and w.ended_at is null
$$;
revoke all on function app.written_along from public;
grant execute on function app.written_along to regioloket_app, regioloket_worker;

-- How often a person asked somebody to write along since a day ago, in all regions.
create function app.co_writers_asked_today(p_person uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from invitation i where i.invited_by = p_person and i.proposal_id is not null and i.invited_at > app_now() - interval '1 day'
$$;
revoke all on function app.co_writers_asked_today from public;
grant execute on function app.co_writers_asked_today to regioloket_app;

-- As in 0030, and who writes along or ever did.
create or replace function app.bound_proposals(p_person uuid) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  numbers text[] := app.mandated(p_person, null);
  own uuid[] := array(select p.id from proposal p where p.lead_applicant = p_person
    union select w.proposal_id from co_writer w where w.person_id = p_person);
begin
  if cardinality(numbers) = 0 then return own; end if;
  return own || array(select p.id from proposal p where p.region = any (app.regions()) and (
    p.lead_institution = any (numbers)
    or exists (select 1 from party t where t.proposal_id = p.id and t.removed_at is null and t.institution = any (numbers))
    or exists (select 1 from jsonb_array_elements(case jsonb_typeof(p.content -> 'schools') when 'array' then p.content -> 'schools' else '[]' end) s
      where s ->> 'brin' = any (numbers))));
end $$;

-- As in 0054, and who writes along has that role alone.
create or replace function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when app.applies(p, p_actor) then '["lead-applicant"]'::jsonb
    when p.id = any (app.written_along(p_actor)) then '["co-writer"]'::jsonb
    when p.id = any (app.barred_proposals(p_actor)) or p.id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;

create or replace function app.unconflicted_seats(p proposal) returns setof seat
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  any_bound boolean := exists (select 1 from seat s join person h on h.id = s.person_id join mandate m on m.holder = h.email and m.ended_at is null
    where s.call_id = p.call_id) or exists (select 1 from co_writer w where w.proposal_id = p.id);
begin
  return query select s.* from seat s where s.call_id = p.call_id and s.ended_at is null and s.person_id <> p.lead_applicant
    and not exists (select 1 from interest i where i.call_id = p.call_id and i.person_id = s.person_id
      and (i.proposal_id = p.id or app.is_reached(p, app.interest_reach(i))))
    and not (any_bound and p.id = any (app.bound_proposals(s.person_id)));
end $$;

create or replace function app.refuse_conflicted_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.phase in ('preparing', 'in-review', 'submitted') and exists (select 1 from proposal p where p.id = new.proposal_id
     and (p.lead_applicant = new.reviewer_id
       or exists (select 1 from co_writer w where w.proposal_id = p.id and w.person_id = new.reviewer_id)
       or exists (select 1 from interest i where i.call_id = p.call_id and i.person_id = new.reviewer_id
       and (i.proposal_id = p.id or app.is_reached(p, app.interest_reach(i)))))) then
    raise exception 'reviewer has an interest in this proposal' using errcode = '23514', constraint = 'reviewer_without_interest';
  end if;
  return new;
end $$;

-- Reviews of who begins to write along are released, as with a new mandate (0038).
create function app.release_co_writers_reviews() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into command (region, asked_by, subject_kind, subject_id, action)
    select r.region, new.id, 'review', r.id, 'release' from review r join proposal p on p.id = r.proposal_id and p.phase in ('screening', 'in-review')
    where r.proposal_id = new.proposal_id and r.reviewer_id = new.person_id and r.phase <> 'ended';
  return null;
end $$;
create trigger co_writer_releases_reviews after insert on co_writer for each row execute function app.release_co_writers_reviews();

create or replace function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
    union select region from initiative where started_by = p_person
    union select region from proposal where lead_institution = any (app.mandated(p_person, 'apply'))
    union select region from party where institution = any (app.mandated(p_person, 'confirm')) and removed_at is null
    union select region from co_writer where person_id = p_person and ended_at is null
$$;

-- As in 0003; an invitation to write along says on what, and holds as long as writing can open again.
drop function app.open_invitation;
create function app.open_invitation(given_token_hash text)
  returns table (id uuid, region text, email text, name text, language text, roles text[], expires_at timestamptz, has_account boolean, proposal jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.region, i.email::text, i.name, i.language, i.roles, i.expires_at, exists (select 1 from person p where p.email = i.email),
    case when r.id is not null then jsonb_build_object('id', r.id, 'number', r.number, 'title', r.title, 'inviter', b.name) end
  from invitation i left join proposal r on r.id = i.proposal_id left join person b on b.id = i.invited_by
  where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now()
    and (r.id is null or r.phase in ('preparing', 'submitted', 'screening'));
$$;
revoke all on function app.open_invitation from public;
grant execute on function app.open_invitation to regioloket_app;

create or replace function app.accept_invitation(given_token_hash text, given_name text, given_language text, given_hash text)
  returns table (invitation_id uuid, person_id uuid, email text, is_new boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  invited invitation;
  who person;
  made uuid;
begin
  -- in the order of who invites: the proposal, then the invitation
  perform 1 from proposal p join invitation i on i.proposal_id = p.id where i.token_hash = given_token_hash for key share of p;
  select * into invited from invitation i
    where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now()
      and (i.proposal_id is null or exists (select 1 from proposal p where p.id = i.proposal_id and p.phase in ('preparing', 'submitted', 'screening')))
    for update;
  if not found then return; end if;
  if given_hash is not null then
    made := app.create_person(invited.email::text, given_name, given_language, given_hash);
  end if;
  select * into who from person p where p.email = invited.email for share;
  if who.id is null or who.disabled_at is not null then return; end if;
  update invitation i set accepted_at = app_now(), accepted_by = who.id where i.id = invited.id;
  insert into role_assignment (region, person_id, role, granted_by)
    select invited.region, who.id, r, invited.invited_by from unnest(invited.roles) r on conflict do nothing;
  insert into co_writer (region, proposal_id, person_id) select p.region, p.id, who.id from proposal p
    where p.id = invited.proposal_id and not app.applies(p, who.id) on conflict do nothing;
  return query select invited.id, who.id, who.email::text, made is not null;
end $$;
