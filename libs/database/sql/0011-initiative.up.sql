-- An initiative: an idea before any proposal, that needs support, partners or money. It belongs to no call, so it carries the hash of the
-- workflow that held when it was started.
create table initiative_counter (region text primary key references region (code), last integer not null);
call app.protect('initiative_counter');

create table initiative (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  number text not null unique,
  started_by uuid not null references person (id),
  title text not null check (length(title) between 1 and 200),
  content jsonb not null,
  -- fields that partners may read; whatever is not named here stays between the initiator and the desk
  consent text[] not null default '{}',
  -- regions whose desks are consulted
  consulted text[] not null default '{}',
  workflow text not null default 'initiative',
  rules_hash text not null references frozen_pack (hash),
  state text not null,
  phase text not null check (phase in ('preparing', 'submitted', 'settled', 'ended')),
  version integer not null default 1,
  revision integer not null default 1,
  registered_at timestamptz,
  outcome text,
  outcome_by uuid,
  proposal_id uuid references proposal (id),
  created_at timestamptz not null default app_now(),
  constraint registered_has_a_time check (phase = 'preparing' or registered_at is not null or phase = 'ended'),
  constraint settled_has_an_outcome check (phase <> 'settled' or outcome is not null)
);
call app.protect('initiative');
create index initiative_owner on initiative (started_by);
create index initiative_open on initiative (region, phase);

-- What a partner offers. Without an account it counts only after the link in a mail was used.
create table help_offer (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  initiative_id uuid references initiative (id),
  organisation text not null check (length(organisation) between 1 and 200),
  kind text not null,
  what text not null check (what in ('hours', 'expertise', 'materials', 'money', 'place')),
  amount text not null default '',
  description text not null default '',
  contact_name text not null,
  email citext not null,
  language text not null default 'nl' check (language in ('nl', 'en')),
  token_hash text unique check (length(token_hash) = 64),
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  offered_at timestamptz not null default app_now()
);
call app.protect('help_offer');
create index help_offer_initiative on help_offer (initiative_id);

create table offer_match (
  initiative_id uuid not null references initiative (id),
  offer_id uuid not null references help_offer (id),
  region text not null references region (code),
  matched_by uuid not null,
  matched_at timestamptz not null default app_now(),
  primary key (initiative_id, offer_id)
);
call app.protect('offer_match');

-- One network leads, the others are asked what they think.
create table consultation (
  initiative_id uuid not null references initiative (id),
  region text not null references region (code),
  asked_by uuid not null,
  asked_at timestamptz not null default app_now(),
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (initiative_id, region),
  check ((answer is null) = (answered_at is null))
);
call app.protect('consultation');

-- Who mans the desk of a region: its coordinator and secretary; at the national desk the national office.
create function app.is_desk(p_region text, p_actor uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from role_assignment a where a.person_id = p_actor and a.region = p_region
    and (a.role in ('coordinator', 'secretary') or (p_region = 'landelijk' and a.role = 'national-office'))
    and a.valid_from <= app_now() and (a.valid_until is null or a.valid_until > app_now()))
$$;
-- Whether the actor mans the desk of a region that was consulted; rows of that region are not visible in a unit of work of the leading one.
create function app.is_consulted(p_initiative uuid, p_actor uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from consultation k where k.initiative_id = p_initiative and app.is_desk(k.region, p_actor))
$$;
create function app.confirm_offer(p_hash text) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  update help_offer set confirmed_at = coalesce(confirmed_at, app_now()) where token_hash = p_hash and withdrawn_at is null
    and offered_at > app_now() - interval '14 days' returning help_offer.id, help_offer.region
$$;
-- The workflow definitions of the programme as they hold today, for what belongs to no call.
create function app.current_workflow(p_name text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select content -> 'workflows' -> p_name from programme where content -> 'workflows' ? p_name order by loaded_at limit 1
$$;
revoke all on function app.is_desk, app.is_consulted, app.confirm_offer, app.current_workflow from public;
grant execute on function app.is_desk, app.is_consulted, app.confirm_offer, app.current_workflow to regioloket_app, regioloket_worker;

create or replace function app.region_of(p_kind text, p_id uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case p_kind
    when 'call' then (select region from call where id = p_id)
    when 'proposal' then (select region from proposal where id = p_id)
    when 'review' then (select region from review where id = p_id)
    when 'seat' then (select region from seat where id = p_id)
    when 'initiative' then (select region from initiative where id = p_id)
  end
$$;
create or replace function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
    union select region from initiative where started_by = p_person
$$;
-- A pack that no call uses (an initiative's) has its texts inside.
create or replace function app.pack_of(p_rules_hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select jsonb_build_object('rules', r.content, 'texts', t.content) from call c
      join frozen_pack r on r.hash = c.rules_hash join frozen_pack t on t.hash = c.texts_hash
    where c.rules_hash = p_rules_hash order by c.created_at desc limit 1),
    (select jsonb_build_object('rules', r.content, 'texts', '{}'::jsonb) from frozen_pack r where r.hash = p_rules_hash))
$$;

create function app.open_initiative(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
begin
  if p_locks is not null then perform 1 from initiative where id = p_id for update; end if;
  return (select jsonb_build_object('region', i.region, 'state', i.state, 'phase', i.phase, 'version', i.version, 'workflow', i.workflow,
    'rulesHash', i.rules_hash,
    'roles', case when i.started_by = p_actor then '["owner"]'::jsonb else '[]'::jsonb end ||
      case when app.is_desk(i.region, p_actor) then '["desk"]'::jsonb else '[]'::jsonb end,
    'facts', jsonb_build_object('initiative', jsonb_build_object(
      'matches', (select count(*) from offer_match m where m.initiative_id = i.id),
      'converted', i.proposal_id is not null)),
    'context', jsonb_build_object('number', i.number, 'title', i.title,
      'regionName', jsonb_build_object('nl', g.name_nl, 'en', g.name_en),
      'owner', (select jsonb_build_object('key', o.id, 'name', o.name, 'address', o.email, 'language', o.language)
        from person o where o.id = i.started_by and o.disabled_at is null)))
    from initiative i join region g on g.code = i.region where i.id = p_id);
end $$;
