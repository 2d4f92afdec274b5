-- Persons belong to no region; their roles do. Of every secret only a hash is stored, and no role but the owner can read one: whatever
-- touches a hash goes through a named function below.
create extension if not exists btree_gist;

create table person (
  id uuid primary key default gen_random_uuid(),
  email citext not null unique check (email ~ '^[^\s<>"@,;]+@[^\s<>"@,;]+$' and length(email) <= 254),
  name text not null check (length(name) between 1 and 200 and name !~ '[[:cntrl:]]'),
  language text not null default 'nl' check (language in ('nl', 'en')),
  password_hash text check (password_hash like '$argon2id$%'),
  disabled_at timestamptz,
  created_at timestamptz not null default app_now()
);
grant select (id, email, name, language, disabled_at, created_at) on person to regioloket_app, regioloket_worker;

create table session (
  id_hash text primary key check (length(id_hash) = 64),
  person_id uuid not null references person (id),
  csrf_secret text not null,
  signed_in_by text not null check (signed_in_by in ('password', 'link')),
  created_at timestamptz not null default app_now(),
  last_seen_at timestamptz not null default app_now(),
  ended_at timestamptz
);
create index session_person on session (person_id) where ended_at is null;

create table api_token (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique check (length(token_hash) = 64),
  person_id uuid not null references person (id),
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_person on api_token (person_id);
grant insert (id, token_hash, person_id, name, expires_at), update (revoked_at),
  select (id, person_id, name, created_at, expires_at, last_used_at, revoked_at) on api_token to regioloket_app;

create table sign_in_link (
  token_hash text primary key check (length(token_hash) = 64),
  person_id uuid not null references person (id),
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_link_person on sign_in_link (person_id) where used_at is null;

-- What was tried in the last quarter of an hour, for throttling: accounts and networks as hashes, also of accounts that do not exist.
create table sign_in_attempt (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('password', 'link')),
  account_hash text not null,
  network_hash text not null,
  at timestamptz not null default app_now()
);
create index sign_in_attempt_account on sign_in_attempt (account_hash, at);
create index sign_in_attempt_network on sign_in_attempt (network_hash, at);
create index sign_in_attempt_at on sign_in_attempt (at);

-- A role holds from its first instant up to, not including, its last; the same role is never held twice at once.
create table role_assignment (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  person_id uuid not null references person (id),
  role text not null check (role in ('member', 'chair', 'secretary', 'coordinator', 'decider', 'national-office', 'auditor',
    'platform-admin')),
  valid_from timestamptz not null default app_now(),
  valid_until timestamptz check (valid_until >= valid_from),
  granted_by uuid references person (id),
  constraint role_held_once exclude using gist (person_id with =, region with =, role with =, tstzrange(valid_from, valid_until) with &&)
);
call app.protect('role_assignment', 'select, insert');
grant update (valid_until) on role_assignment to regioloket_app;

create table invitation (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  token_hash text not null unique check (length(token_hash) = 64),
  email citext not null,
  name text not null default '',
  language text not null default 'nl' check (language in ('nl', 'en')),
  roles text[] not null default '{}',
  invited_by uuid references person (id),
  invited_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid references person (id),
  check ((accepted_at is null) = (accepted_by is null))
);
call app.protect('invitation', 'insert');
grant select (id, region, email, name, language, roles, invited_by, invited_at, expires_at, withdrawn_at, accepted_at, accepted_by),
  update (withdrawn_at) on invitation to regioloket_app;
create unique index invitation_one_open on invitation (region, email) where accepted_at is null and withdrawn_at is null;

-- Who a person may act for.
create table organisation (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('school-board', 'school', 'network', 'company', 'institute', 'other')),
  name text not null check (length(name) between 1 and 300),
  brin text unique check (brin ~ '^[0-9]{2}[A-Z]{2}([0-9]{2})?$')
);
call app.share('organisation', 'select, insert, update');

create table mandate (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id),
  organisation_id uuid not null references organisation (id),
  can_sign boolean not null default false,
  valid_from timestamptz not null default app_now(),
  valid_until timestamptz check (valid_until >= valid_from),
  constraint mandate_held_once exclude using gist (person_id with =, organisation_id with =, tstzrange(valid_from, valid_until) with &&)
);
call app.share('mandate', 'select, insert, update');

-- Who sends this request, and when it arrived: one call per request, on the reserved pool. The clock comes first, whatever follows.
-- A session ends after 30 minutes of silence and after 12 hours; a disabled person is nobody. Last use is written at most once a minute
-- and never waits for a lock: a busy session must not hold up the pool that everybody needs.
create function app.authenticate(session_hash text, given_token_hash text)
  returns table (received_at timestamptz, person_id uuid, name text, language text, csrf_secret text, roles jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  arrived timestamptz := app_now();
  who uuid;
  csrf text;
  seen timestamptz;
begin
  if session_hash is not null then
    select s.person_id, s.csrf_secret, s.last_seen_at into who, csrf, seen from session s
    where s.id_hash = session_hash and s.ended_at is null
      and s.last_seen_at > arrived - interval '30 minutes' and s.created_at > arrived - interval '12 hours';
    if seen < arrived - interval '1 minute' then
      update session s set last_seen_at = arrived
      where s.id_hash in (select i.id_hash from session i where i.id_hash = session_hash for update skip locked);
    end if;
  elsif given_token_hash is not null then
    select t.person_id, coalesce(t.last_used_at, '-infinity') into who, seen from api_token t
    where t.token_hash = given_token_hash and t.revoked_at is null and t.expires_at > arrived;
    if seen < arrived - interval '1 minute' then
      update api_token t set last_used_at = arrived
      where t.id in (select i.id from api_token i where i.token_hash = given_token_hash for update skip locked);
    end if;
  end if;
  return query select arrived, p.id, p.name, p.language, case when p.id is not null then csrf end,
      coalesce((select jsonb_agg(jsonb_build_object('region', r.region, 'role', r.role) order by r.region, r.role)
        from role_assignment r
        where r.person_id = p.id and r.valid_from <= arrived and (r.valid_until is null or r.valid_until > arrived)), '[]'::jsonb)
    from (select 1) one left join person p on p.id = who and p.disabled_at is null;
end $$;

-- Counts an attempt before it is made, so that a hundred guesses sent at once are five guesses: 5 per account in 15 minutes (refused
-- attempts do not prolong it), 20 per network in a minute. The answer is the same for an account that does not exist. An IPv6 network
-- is a /64: one subscriber has all its addresses.
create function app.count_attempt(given_kind text, given_email text, given_address inet) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  arrived timestamptz := app_now();
  account text := encode(sha256(convert_to(lower(given_email), 'UTF8')), 'hex');
  network text := encode(sha256(convert_to(case family(given_address)
    when 6 then network(set_masklen(given_address, 64))::text else host(given_address) end, 'UTF8')), 'hex');
begin
  perform pg_advisory_xact_lock(7120311, hashtext(account));
  perform pg_advisory_xact_lock(7120312, hashtext(network));
  delete from sign_in_attempt
    where id in (select a.id from sign_in_attempt a where a.at <= arrived - interval '15 minutes' for update skip locked);
  if (select count(*) from sign_in_attempt a where a.network_hash = network and a.at > arrived - interval '1 minute') >= 20 then
    return 'network-throttled';
  end if;
  if (select count(*) from sign_in_attempt a
      where a.account_hash = account and a.kind = given_kind and a.at > arrived - interval '15 minutes') >= 5 then
    return 'account-throttled';
  end if;
  insert into sign_in_attempt (kind, account_hash, network_hash, at) values (given_kind, account, network, arrived);
  return 'allowed';
end $$;

-- For the sign-in form: the hash to compare with, unless too much was tried.
create function app.begin_sign_in(given_email text, given_address inet)
  returns table (verdict text, person_id uuid, password_hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare answer text := app.count_attempt('password', given_email, given_address);
begin
  return query select answer, p.id, p.password_hash from (select 1) one
    left join person p on answer = 'allowed' and p.email = given_email::citext and p.disabled_at is null;
end $$;

-- Opens a session under a new id and ends the one before. `verified_hash` is the password hash that was compared (null after a mail
-- link): a person who was disabled, or whose password was changed in between, gets no session.
create function app.start_session(given_person uuid, verified_hash text, new_id_hash text, new_csrf_secret text, old_id_hash text)
  returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare account text;
begin
  select encode(sha256(convert_to(lower(p.email::text), 'UTF8')), 'hex') into account from person p
    where p.id = given_person and p.disabled_at is null and (verified_hash is null or p.password_hash = verified_hash) for share;
  if account is null then return false; end if;
  update session set ended_at = app_now() where id_hash = old_id_hash and ended_at is null;
  insert into session (id_hash, person_id, csrf_secret, signed_in_by)
    values (new_id_hash, given_person, new_csrf_secret, case when verified_hash is null then 'link' else 'password' end);
  delete from sign_in_attempt where account_hash = account;
  return true;
end $$;

create function app.end_session(given_id_hash text) returns uuid
language sql security definer set search_path = public, pg_temp as $$
  update session set ended_at = app_now() where id_hash = given_id_hash and ended_at is null returning person_id;
$$;

-- A link for who has an account and did not ask too often; for anybody else no row, and the page says the same.
create function app.begin_sign_in_link(given_email text, given_address inet, new_token_hash text)
  returns table (verdict text, person_id uuid, email text, name text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare answer text := app.count_attempt('link', given_email, given_address);
begin
  return query
    with found as (select p.* from person p where answer = 'allowed' and p.email = given_email::citext and p.disabled_at is null),
      made as (insert into sign_in_link (token_hash, person_id, expires_at)
        select new_token_hash, f.id, app_now() + interval '15 minutes' from found f returning 1)
    select answer, f.id, f.email::text, f.name, f.language from (select 1) one left join found f on true;
end $$;

-- The person of an unused link that still holds; the second use finds nothing.
create function app.use_sign_in_link(given_token_hash text) returns uuid
language sql security definer set search_path = public, pg_temp as $$
  update sign_in_link set used_at = app_now()
    where token_hash = given_token_hash and used_at is null and expires_at > app_now() returning person_id;
$$;

-- Replaces the password and ends all sessions and open links. Without a verified password only within 15 minutes of a sign-in by mail
-- link, which is how a forgotten password is replaced.
create function app.change_password(given_person uuid, session_hash text, verified_hash text, new_hash text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if verified_hash is null and not exists (select 1 from session s where s.id_hash = session_hash and s.person_id = given_person
      and s.ended_at is null and s.signed_in_by = 'link' and s.created_at > app_now() - interval '15 minutes') then
    return false;
  end if;
  update person set password_hash = new_hash
    where id = given_person and disabled_at is null and (verified_hash is null or password_hash = verified_hash);
  if not found then return false; end if;
  update session set ended_at = app_now() where person_id = given_person and ended_at is null;
  delete from sign_in_link where person_id = given_person and used_at is null;
  return true;
end $$;

-- Null when the address has an account already.
create function app.create_person(given_email text, given_name text, given_language text, given_hash text) returns uuid
language sql security definer set search_path = public, pg_temp as $$
  insert into person (email, name, language, password_hash) values (given_email, given_name, given_language, given_hash)
    on conflict (email) do nothing returning id;
$$;

-- Bars a person from the next request on: sessions, tokens and links end.
create function app.disable_person(given_person uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person set disabled_at = app_now() where id = given_person and disabled_at is null;
  if not found then return false; end if;
  update session set ended_at = app_now() where person_id = given_person and ended_at is null;
  update api_token set revoked_at = app_now() where person_id = given_person and revoked_at is null;
  delete from sign_in_link where person_id = given_person and used_at is null;
  return true;
end $$;

-- Sessions and tokens that ended stay ended.
create function app.enable_person(given_person uuid) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  update person set disabled_at = null where id = given_person and disabled_at is not null returning true;
$$;

-- What the invited person reads before accepting.
create function app.open_invitation(given_token_hash text)
  returns table (id uuid, region text, email text, name text, language text, roles text[], expires_at timestamptz, has_account boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.region, i.email::text, i.name, i.language, i.roles, i.expires_at, exists (select 1 from person p where p.email = i.email)
  from invitation i
  where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now();
$$;

-- Accepts once: finds or makes the person and gives the roles. An existing account keeps its name, language and password. No row when
-- the invitation no longer holds, or the account is disabled: the caller then rolls back.
create function app.accept_invitation(given_token_hash text, given_name text, given_language text, given_hash text)
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

revoke execute on function app.authenticate, app.count_attempt, app.begin_sign_in, app.start_session, app.end_session,
  app.begin_sign_in_link, app.use_sign_in_link, app.change_password, app.create_person, app.disable_person, app.enable_person,
  app.open_invitation, app.accept_invitation from public;
grant execute on function app.authenticate, app.begin_sign_in, app.start_session, app.end_session, app.begin_sign_in_link,
  app.use_sign_in_link, app.change_password, app.create_person, app.disable_person, app.enable_person, app.open_invitation,
  app.accept_invitation to regioloket_app;
