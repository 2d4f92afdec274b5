-- What a call freezes: packs by the hash of their canonical form. Written once, never changed.
create table frozen_pack (
  hash text primary key check (length(hash) = 64),
  kind text not null check (kind in ('rules', 'texts')),
  content jsonb not null,
  frozen_at timestamptz not null default app_now()
);
call app.share('frozen_pack', 'select, insert');
create trigger append_only before update or delete or truncate on frozen_pack for each statement execute function app.refuse_change();

create table programme (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,40}$'),
  source text not null,
  content jsonb not null,
  loaded_at timestamptz not null default app_now()
);
call app.share('programme', 'select, insert');

create table regulation (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  programme text not null references programme (code),
  number integer not null check (number > 0),
  status text not null default 'draft' check (status in ('draft', 'adopted')),
  -- the YAML as it was written, so that an export gives the same bytes back
  source text not null,
  content jsonb not null,
  adopted_by uuid,
  adopted_at timestamptz,
  created_at timestamptz not null default app_now(),
  unique (region, programme, number),
  check ((status = 'adopted') = (adopted_at is not null))
);
call app.protect('regulation');

create table call (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  regulation_id uuid not null references regulation (id),
  number text not null,
  name_nl text not null,
  name_en text not null,
  workflow text not null default 'call',
  state text not null,
  phase text not null check (phase in ('preparing', 'submitted', 'screening', 'in-review', 'ranked', 'advised', 'decided', 'announced',
    'running', 'settled', 'ended')),
  version integer not null default 1,
  opens_at timestamptz not null,
  closes_at timestamptz not null check (closes_at > opens_at),
  grace_minutes integer not null default 0 check (grace_minutes between 0 and 120),
  -- what conditions read of the frozen rules, copied at publication so that a move does not unpack the whole pack
  parameters jsonb not null default '{}',
  rules_hash text not null references frozen_pack (hash),
  texts_hash text not null references frozen_pack (hash),
  prepared_by uuid not null,
  published_by uuid,
  published_at timestamptz,
  closed_at timestamptz,
  close_reason text,
  announced_by uuid,
  announced_at timestamptz,
  created_at timestamptz not null default app_now(),
  unique (region, number),
  constraint published_has_an_author check (phase = 'preparing' or (published_by is not null and published_at is not null)),
  constraint announced_has_an_author check (phase <> 'announced' or (announced_by is not null and announced_at is not null))
);
call app.protect('call');
create index call_phase on call (region, phase);
