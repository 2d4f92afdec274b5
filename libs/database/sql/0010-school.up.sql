-- Schools as DUO publishes them: boards, schools (BRIN), sites. National, without personal data. What a later file changes or no longer
-- holds is kept: a school that is gone ends, it is never deleted, because decisions name it.
create extension if not exists pg_trgm;

create table school_import (
  id uuid primary key default gen_random_uuid(),
  sha256 text not null unique check (length(sha256) = 64),
  file_name text not null,
  as_of date not null,
  is_complete boolean not null,
  rows integer not null,
  added integer not null,
  changed integer not null,
  ended integer not null,
  imported_at timestamptz not null default app_now()
);
call app.share('school_import', 'select');

create table school_site (
  site text primary key check (site ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$'),
  brin text not null generated always as (left(site, 4)) stored,
  name text not null check (length(name) between 1 and 300),
  level text not null check (level in ('PO', 'VO', 'VMBO')),
  board text not null check (board ~ '^[0-9]{5}$'),
  board_name text not null default '',
  place text not null default '',
  municipality text not null default '',
  province text not null default '',
  first_seen date not null,
  ended_on date,
  -- lower case without accents: what a person types is compared with this
  words text not null,
  import_id uuid not null references school_import (id)
);
call app.share('school_site', 'select');
create index school_site_words on school_site using gin (words gin_trgm_ops);
create index school_site_brin on school_site (brin);
create index school_site_board on school_site (board);

-- What a site was before a later file changed it.
create table school_history (
  id bigint generated always as identity primary key,
  site text not null references school_site (site),
  was jsonb not null,
  until date not null,
  import_id uuid not null references school_import (id)
);
call app.share('school_history', 'select');
create index school_history_site on school_history (site);

-- A merger: what went on under another number. Proposals and awards of the old number count for the new one.
create table school_merger (
  old_brin text primary key check (old_brin ~ '^[0-9]{2}[A-Z]{2}$'),
  new_brin text not null check (new_brin ~ '^[0-9]{2}[A-Z]{2}$' and new_brin <> old_brin),
  on_date date not null
);
call app.share('school_merger', 'select');

-- The network of a place: the region whose adopted regulation names its province; a place that none names is for the national desk.
create function app.network_of(p_province text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select r.region from regulation r where r.status = 'adopted' and r.content -> 'provinces' ? p_province
    order by r.number desc limit 1), 'landelijk')
$$;

-- The number under which a school goes on, after any chain of mergers; the number itself when there was none.
create function app.current_brin(p_brin text) returns text language sql stable as $$
  with recursive chain as (
    select p_brin as brin, 0 as step union all
    select m.new_brin, c.step + 1 from chain c join school_merger m on m.old_brin = c.brin where c.step < 20)
  select brin from chain order by step desc limit 1
$$;
revoke all on function app.network_of from public;
grant execute on function app.network_of to regioloket_app, regioloket_worker;
