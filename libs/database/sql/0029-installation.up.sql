-- The installation itself, as one row: whether its work stands still, and whether its examples are complete. A restored copy starts
-- paused, so that no mail leaves and no term acts until the operator says so.
create table installation (
  id boolean primary key default true check (id),
  work_paused_at timestamptz,
  work_paused_because text,
  demo text check (demo in ('loading', 'loaded')),
  check ((work_paused_at is null) = (work_paused_because is null))
);
insert into installation default values;
grant select on installation to regioloket_app, regioloket_worker;

create function app.work_is_paused() returns boolean language sql stable parallel safe as
  'select work_paused_at is not null from public.installation';

-- As in 0002, and nothing is claimed while the work is paused.
create or replace function app.claim_outbox(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with lost as (
    update outbox set status = case when not begun then 'new' when lost_leases < 4 then 'uncertain' else 'failed' end,
      lost_leases = lost_leases + begun::integer, last_error = case when begun then 'lease ran out' else last_error end,
      next_attempt_at = case when begun then app_now() + make_interval(secs => 2 ^ lost_leases) else next_attempt_at end,
      secret = case when begun and lost_leases >= 4 then null else secret end, lease_until = null, leased_by = null, begun = false
    where status = 'sending' and lease_until < app_now() returning *)
  insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select l.region, 'mail-not-delivered', 'secretary', 'mail', l.id, jsonb_build_object('template', l.template, 'status', 'failed')
    from lost l where l.status = 'failed' on conflict do nothing;
  with due as (
    select o.id from outbox o where not app.work_is_paused() and o.status in ('new', 'uncertain') and o.next_attempt_at <= app_now()
    order by o.next_attempt_at limit most for update skip locked)
  update outbox o set status = 'sending', begun = false, attempts = o.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where o.id = due.id returning o.id, o.region;
$$;

create or replace function app.claim_terms(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select t.id from term t where not app.work_is_paused() and t.state = 'running' and t.due_at <= app_now()
      and (t.lease_until is null or t.lease_until < app_now())
    order by t.due_at limit most for update skip locked)
  update term t set attempts = t.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where t.id = due.id returning t.id, t.region;
$$;

create or replace function app.claim_reminders(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select r.id from term_reminder r
    where not app.work_is_paused() and r.status = 'new' and r.due_at <= app_now() and (r.lease_until is null or r.lease_until < app_now())
    order by r.due_at limit most for update skip locked)
  update term_reminder r set leased_by = worker, lease_until = app_now() + lease from due where r.id = due.id returning r.id, r.region;
$$;

create or replace function app.claim_commands(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select c.id from command c
    where not app.work_is_paused() and c.status = 'new' and c.next_attempt_at <= app_now()
      and (c.lease_until is null or c.lease_until < app_now())
    order by c.next_attempt_at limit most for update skip locked)
  update command c set attempts = c.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where c.id = due.id returning c.id, c.region;
$$;

-- Transactions count from the beginning of a cluster. The chain of the audit trail relies on their order, so a copy in a younger cluster
-- adds a base that lifts its own above every one that came along; restoring sets it.
create function app.transaction_base() returns bigint language sql immutable parallel safe as 'select 0::bigint';
alter table audit_entry alter column transaction
  set default (((pg_current_xact_id())::text::bigint + app.transaction_base())::text)::xid8;
-- Every transaction before this one has ended.
create function app.transactions_ended() returns xid8 language sql stable as
  $$ select ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + app.transaction_base())::text)::xid8 $$;
