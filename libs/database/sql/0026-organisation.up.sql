-- The registry of actors: networks, councils, platforms, and whoever can be a partner. National, without personal data. An organisation that
-- stopped is ended, never deleted, because proposals name it.
create table organisation (
  id uuid primary key default gen_random_uuid(),
  -- names it in the file that is imported and exported
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  name text not null check (length(name) between 1 and 200 and name !~ '[[:cntrl:]]'),
  kind text not null check (kind ~ '^[A-Z][A-Z_]{1,39}$'),
  -- Chamber of Commerce number, 8 digits with leading zeros (domain.md B.10)
  kvk text unique check (kvk ~ '^[0-9]{8}$'),
  place text not null default '' check (length(place) <= 100),
  province text not null default '' check (length(province) <= 40),
  -- networks it works with; empty: nationwide
  regions text[] not null default '{}',
  -- lower case without accents: what a person types is compared with this
  words text not null,
  ended_on date,
  revision integer not null default 1,
  changed_by uuid references person (id),
  changed_at timestamptz not null default app_now()
);
call app.share('organisation', 'select, insert, update');
create index organisation_words on organisation using gin (words gin_trgm_ops);
