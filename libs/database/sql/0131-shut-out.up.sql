-- Shutting somebody out: by whom and why stands with the account for as long as it lasts; the audit trail keeps both for good.
alter table person add column disabled_by uuid references person (id), add column disabled_reason text check (length(disabled_reason) between 1 and 1000);
grant select (disabled_by, disabled_reason) on person to regioloket_app, regioloket_worker;

-- Whether anybody who can sign in administers the platform now. Whoever asks before a change holds the lock until the change is done.
create function app.has_administrator(p_without uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7120314);
  return exists (select 1 from role_assignment r join person p on p.id = r.person_id and p.disabled_at is null
    where r.role = 'platform-admin' and p.id is distinct from p_without and r.valid_from <= app_now()
      and (r.valid_until is null or r.valid_until > app_now()));
end $$;

-- Ends what lets a person in: sessions, tokens, or both with all mailed links.
create function app.end_keys(p_person uuid, p_kind text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare ended integer := 0; more integer;
begin
  if p_kind in ('sessions', 'all') then
    update session set ended_at = app_now() where person_id = p_person and ended_at is null;
    get diagnostics ended = row_count;
  end if;
  if p_kind in ('tokens', 'all') then
    update api_token set revoked_at = app_now() where person_id = p_person and revoked_at is null;
    get diagnostics more = row_count;
    ended := ended + more;
  end if;
  if p_kind in ('sessions', 'all') then delete from sign_in_link where person_id = p_person and used_at is null; end if;
  return ended;
end $$;

-- How many ways in stand open, for who may close them.
create function app.keys_of(p_person uuid) returns table (sessions integer, tokens integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*)::int from session s where s.person_id = p_person and s.ended_at is null
      and s.last_seen_at > app_now() - interval '30 minutes' and s.created_at > app_now() - interval '12 hours'),
    (select count(*)::int from api_token t where t.person_id = p_person and t.revoked_at is null and t.expires_at > app_now())
$$;

-- From the next request on: sessions, tokens, links and invitations end for good.
drop function app.disable_person;
create function app.disable_person(p_person uuid, p_actor uuid, p_reason text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare found_person person;
begin
  perform pg_advisory_xact_lock(7120314);
  select * into found_person from person where id = p_person for update;
  if not found then return 'not-found'; end if;
  if found_person.disabled_at is not null then return 'already'; end if;
  if app.has_administrator(null) and not app.has_administrator(p_person) then return 'last-administrator'; end if;
  update person set disabled_at = app_now(), disabled_by = p_actor, disabled_reason = p_reason where id = p_person;
  perform app.end_keys(p_person, 'all');
  update invitation set withdrawn_at = app_now() where email = found_person.email and accepted_at is null and withdrawn_at is null;
  return 'done';
end $$;

drop function app.enable_person;
create function app.enable_person(p_person uuid) returns text
language sql security definer set search_path = public, pg_temp as $$
  with enabled as (update person set disabled_at = null, disabled_by = null, disabled_reason = null
    where id = p_person and disabled_at is not null returning 1)
  select case when exists (select 1 from enabled) then 'done' when exists (select 1 from person where id = p_person) then 'already' else 'not-found' end
$$;

-- Whose address this is has no account, or one that lets in.
create function app.may_enter(p_email citext) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (select 1 from person where email = p_email and disabled_at is not null)
$$;

create or replace function app.open_invitation(given_token_hash text)
  returns table (id uuid, region text, email text, name text, language text, roles text[], expires_at timestamptz, has_account boolean, proposal jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.region, i.email::text, i.name, i.language, i.roles, i.expires_at, exists (select 1 from person p where p.email = i.email),
    case when r.id is not null then jsonb_build_object('id', r.id, 'number', r.number, 'title', r.title, 'inviter', b.name) end
  from invitation i left join proposal r on r.id = i.proposal_id left join person b on b.id = i.invited_by
  where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now() and app.may_enter(i.email)
    and (r.id is null or r.phase in ('preparing', 'submitted', 'screening'));
$$;

create or replace function app.open_part(p_hash text) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.* from party t cross join app.opened_part(t) o
  where t.token_hash = p_hash and t.removed_at is null and t.expires_at > app_now() and app.may_enter(t.email)
$$;

create or replace function app.offer_by_link(p_hash text) returns table (organisation text, title text, confirmed boolean, withdrawn boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.organisation, i.title, o.confirmed_at is not null, o.withdrawn_at is not null
  from help_offer o left join initiative i on i.id = o.initiative_id where o.token_hash = p_hash and app.may_enter(o.email)
$$;
create or replace function app.confirm_offer(p_hash text) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  update help_offer set confirmed_at = coalesce(confirmed_at, app_now()) where token_hash = p_hash and withdrawn_at is null
    and offered_at > app_now() - interval '14 days' and app.may_enter(email) returning help_offer.id, help_offer.region
$$;

-- A request that began before somebody was shut out leaves no token behind it.
create function app.token_of_enabled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from person where id = new.person_id and disabled_at is null for share;
  if not found then return null; end if;
  return new;
end $$;
create trigger token_of_enabled before insert on api_token for each row execute function app.token_of_enabled();

revoke all on function app.has_administrator, app.end_keys, app.keys_of, app.disable_person, app.enable_person, app.may_enter, app.token_of_enabled from public;
grant execute on function app.has_administrator, app.end_keys, app.keys_of, app.disable_person, app.enable_person to regioloket_app;
