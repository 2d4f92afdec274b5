-- The ground every table stands on: one clock, the transaction's regions and actor, and how a table is protected.
-- Roles (made by the launcher or the operator): regioloket_owner runs this file and owns everything; _app, _worker and _sealer own nothing.

create extension if not exists citext;
create schema app;
grant usage on schema app to regioloket_app, regioloket_worker, regioloket_sealer;
revoke create on schema public from public;
grant usage on schema public to regioloket_app, regioloket_worker, regioloket_sealer;

-- The one clock: deadlines are judged with it, never with a process's own clock.
create function app_now() returns timestamptz language sql volatile parallel safe as 'select clock_timestamp()';

-- The regions this transaction may touch. Unset raises: "0 rows" would look like an answer.
create function app.regions() returns text[] language plpgsql stable parallel safe as $$
declare list text := current_setting('app.regions', true);
begin
  if list is null or list = '' then
    raise exception 'tenant list not set' using errcode = '42501';
  end if;
  return string_to_array(list, ',');
end $$;

-- The person who acts in this transaction; null for the system itself.
create function app.actor() returns uuid language sql stable parallel safe as
  'select nullif(current_setting(''app.actor'', true), '''')::uuid';

-- Makes a table with a column `region` a tenant table: rows of other regions do not exist for app and worker.
-- The sub-select makes the list one call per statement instead of one per row.
create procedure app.protect(name regclass, rights text default 'select, insert, update, delete') language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy regions_of_the_transaction on %s to regioloket_app, regioloket_worker
                  using (region = any ((select app.regions())::text[])) with check (region = any ((select app.regions())::text[]))', name);
  -- FORCE binds the owner too; its functions (claiming, nationwide uniqueness) are the named exceptions.
  execute format('create policy named_functions_of_the_owner on %s to regioloket_owner using (true) with check (true)', name);
  execute format('grant %s on %s to regioloket_app, regioloket_worker', rights, name);
end $$;

-- Gives app and worker the named rights on a table that belongs to no region.
create procedure app.share(name regclass, rights text) language plpgsql as $$
begin
  execute format('grant %s on %s to regioloket_app, regioloket_worker', rights, name);
end $$;

-- A region is data: a new one needs no code and no restart. `landelijk` is the national desk's own.
create table region (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,30}$'),
  name_nl text not null,
  name_en text not null,
  created_at timestamptz not null default app_now()
);
call app.share('region', 'select, insert, update');
insert into region (code, name_nl, name_en) values ('landelijk', 'Landelijk loket', 'National desk');

-- Which file made the schema what it is: a changed file is refused instead of silently ignored.
create table migration_file (name text primary key, sha256 text not null, ran_at timestamptz not null default app_now());
