drop function app.open_invitation;
create function app.open_invitation(given_token_hash text)
  returns table (id uuid, region text, email text, name text, language text, roles text[], expires_at timestamptz, has_account boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.region, i.email::text, i.name, i.language, i.roles, i.expires_at, exists (select 1 from person p where p.email = i.email)
  from invitation i
  where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now();
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
  select * into invited from invitation i
    where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now() for update;
  if not found then return; end if;
  if given_hash is not null then
    made := app.create_person(invited.email::text, given_name, given_language, given_hash);
  end if;
  select * into who from person p where p.email = invited.email for share;
  if who.id is null or who.disabled_at is not null then return; end if;
  update invitation i set accepted_at = app_now(), accepted_by = who.id where i.id = invited.id;
  insert into role_assignment (region, person_id, role, granted_by)
    select invited.region, who.id, r, invited.invited_by from unnest(invited.roles) r on conflict do nothing;
  return query select invited.id, who.id, who.email::text, made is not null;
end $$;
create or replace function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
    union select region from initiative where started_by = p_person
    union select region from proposal where lead_institution = any (app.mandated(p_person, 'apply'))
    union select region from party where institution = any (app.mandated(p_person, 'confirm')) and removed_at is null
$$;
drop trigger co_writer_releases_reviews on co_writer;
drop function app.release_co_writers_reviews;
create or replace function app.refuse_conflicted_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.phase in ('preparing', 'in-review', 'submitted') and exists (select 1 from proposal p where p.id = new.proposal_id
     and (p.lead_applicant = new.reviewer_id or exists (select 1 from interest i where i.call_id = p.call_id and i.person_id = new.reviewer_id
       and (i.proposal_id = p.id or app.is_reached(p, app.interest_reach(i)))))) then
    raise exception 'reviewer has an interest in this proposal' using errcode = '23514', constraint = 'reviewer_without_interest';
  end if;
  return new;
end $$;
create or replace function app.unconflicted_seats(p proposal) returns setof seat
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  has_mandates boolean := exists (select 1 from seat s join person h on h.id = s.person_id join mandate m on m.holder = h.email and m.ended_at is null
    where s.call_id = p.call_id);
begin
  return query select s.* from seat s where s.call_id = p.call_id and s.ended_at is null and s.person_id <> p.lead_applicant
    and not exists (select 1 from interest i where i.call_id = p.call_id and i.person_id = s.person_id
      and (i.proposal_id = p.id or app.is_reached(p, app.interest_reach(i))))
    and not (has_mandates and p.id = any (app.bound_proposals(s.person_id)));
end $$;
create or replace function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when app.applies(p, p_actor) then '["lead-applicant"]'::jsonb
    when p.id = any (app.barred_proposals(p_actor)) or p.id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;
create or replace function app.bound_proposals(p_person uuid) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  numbers text[] := app.mandated(p_person, null);
  own uuid[] := array(select p.id from proposal p where p.lead_applicant = p_person);
begin
  if cardinality(numbers) = 0 then return own; end if;
  return own || array(select p.id from proposal p where p.region = any (app.regions()) and (
    p.lead_institution = any (numbers)
    or exists (select 1 from party t where t.proposal_id = p.id and t.removed_at is null and t.institution = any (numbers))
    or exists (select 1 from jsonb_array_elements(case jsonb_typeof(p.content -> 'schools') when 'array' then p.content -> 'schools' else '[]' end) s
      where s ->> 'brin' = any (numbers))));
end $$;
drop function app.co_writers_asked_today, app.written_along;
alter table proposal drop column saved_by, drop column saved_at;
drop table co_writer;
drop index invitation_one_open, invitation_one_open_to_write;
delete from invitation where proposal_id is not null;
alter table invitation drop column proposal_id;
create unique index invitation_one_open on invitation (region, email) where accepted_at is null and withdrawn_at is null;
