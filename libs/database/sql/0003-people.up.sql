-- Persons belong to no region; their roles do. Only hashes of secrets are stored, and the application reads them through named
-- functions alone.
create table person (
  id uuid primary key default gen_random_uuid(),
  email citext not null unique check (email ~ '^[^\s<>"@]+@[^\s<>"@]+$'),
  name text not null check (length(name) between 1 and 200),
  language text not null default 'nl' check (language in ('nl', 'en')),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null default app_now()
);
grant select (id, email, name, language, disabled_at), insert, update (name, language, password_hash, disabled_at) on person
  to regioloket_app, regioloket_worker;

create table session (
  id_hash text primary key check (length(id_hash) = 64),
  person_id uuid not null references person (id),
  csrf_secret text not null,
  created_at timestamptz not null default app_now(),
  last_seen_at timestamptz not null default app_now(),
  ended_at timestamptz
);
create index session_person on session (person_id) where ended_at is null;
grant insert, select (person_id, ended_at), update (ended_at) on session to regioloket_app;

create table api_token (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique check (length(token_hash) = 64),
  person_id uuid not null references person (id),
  name text not null,
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
grant insert, select (id, person_id, name, created_at, expires_at, revoked_at), update (revoked_at) on api_token to regioloket_app;

create table role_assignment (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  person_id uuid not null references person (id),
  role text not null check (role in ('member', 'chair', 'secretary', 'coordinator', 'decider', 'national-office', 'auditor',
    'platform-admin')),
  granted_by uuid,
  granted_at timestamptz not null default app_now(),
  ended_at timestamptz
);
call app.protect('role_assignment', 'select, insert, update');
create unique index role_assignment_one on role_assignment (person_id, region, role) where ended_at is null;

create table invitation (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  token_hash text not null unique check (length(token_hash) = 64),
  email citext not null,
  name text not null default '',
  language text not null default 'nl' check (language in ('nl', 'en')),
  roles text[] not null default '{}',
  invited_by uuid,
  invited_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references person (id)
);
call app.protect('invitation', 'select, insert, update');

-- Failed attempts, for throttling; the address is kept as a hash.
create table sign_in_attempt (
  id bigint generated always as identity primary key,
  email_hash text not null,
  address_hash text not null,
  at timestamptz not null default app_now()
);
create index sign_in_attempt_email on sign_in_attempt (email_hash, at);
create index sign_in_attempt_address on sign_in_attempt (address_hash, at);
grant insert, select, delete on sign_in_attempt to regioloket_app;

-- Who sends this request, and when it arrived: one call per request, on the reserved pool. The clock comes first, whatever follows.
-- A session ends after 30 minutes of silence and after 12 hours; a disabled person is nobody.
create function app.authenticate(session_hash text, given_token_hash text)
  returns table (received_at timestamptz, person_id uuid, name text, language text, csrf_secret text, roles jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  arrived timestamptz := app_now();
  who uuid;
  csrf text;
begin
  if session_hash is not null then
    select s.person_id, s.csrf_secret into who, csrf from session s
    where s.id_hash = session_hash and s.ended_at is null
      and s.last_seen_at > arrived - interval '30 minutes' and s.created_at > arrived - interval '12 hours';
    update session s set last_seen_at = arrived
      where s.id_hash = session_hash and who is not null and s.last_seen_at < arrived - interval '1 minute';
  elsif given_token_hash is not null then
    select t.person_id into who from api_token t
    where t.token_hash = given_token_hash and t.revoked_at is null and t.expires_at > arrived;
  end if;
  return query select arrived, p.id, p.name, p.language, csrf,
      coalesce((select jsonb_agg(jsonb_build_object('region', r.region, 'role', r.role) order by r.region, r.role)
        from role_assignment r where r.person_id = p.id and r.ended_at is null), '[]'::jsonb)
    from (select 1) one left join person p on p.id = who and p.disabled_at is null;
end $$;

-- For the sign-in form: the hash to compare with, and whether too many attempts failed in the last 15 minutes (5 an account, 20 an address).
create function app.sign_in_candidate(given_email text, given_email_hash text, given_address_hash text)
  returns table (person_id uuid, password_hash text, throttled boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.password_hash,
    (select count(*) from sign_in_attempt a where a.email_hash = given_email_hash and a.at > app_now() - interval '15 minutes') >= 5
    or (select count(*) from sign_in_attempt a where a.address_hash = given_address_hash and a.at > app_now() - interval '15 minutes') >= 20
  from (select 1) one left join person p on p.email = given_email::citext and p.disabled_at is null;
$$;

-- The region of an open invitation, so that it can be accepted inside a unit of work of that region.
create function app.invitation_region(given_token_hash text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from invitation where token_hash = given_token_hash and accepted_at is null and expires_at > app_now();
$$;

revoke execute on function app.authenticate, app.sign_in_candidate, app.invitation_region from public;
grant execute on function app.authenticate, app.sign_in_candidate, app.invitation_region to regioloket_app;
