-- Whether the mail relay takes our mail. When it refuses us, or cannot be reached, every mail would meet that: all wait, and one is tried now and
-- then, after 15 seconds at first and five minutes at most. The first that it takes lets the others go on.
alter table installation
  add column relay_refuses_since timestamptz,
  add column relay_probe_at timestamptz,
  add column relay_probe uuid,
  add column relay_refusals integer not null default 0,
  add column relay_reason text,
  add column relay_said text,
  add column relay_took_again_at timestamptz,
  add check ((relay_refuses_since is null) = (relay_probe_at is null));
-- When the relay refused this mail by a refusal that may have been of us all.
alter table outbox add column refused_at timestamptz;

-- As in 0110, and while the relay refuses us it gives out one mail at a time, rather one that was not refused yet.
create or replace function app.claim_outbox(worker text, most integer, lease interval) returns table (id uuid, region text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  probe timestamptz;
  chosen uuid;
begin
  with lost as (
    update outbox set status = case when not begun then 'new' when lost_leases < 4 then 'uncertain' else 'failed' end,
      lost_leases = lost_leases + begun::integer, last_error = case when begun then 'lease ran out' else last_error end,
      next_attempt_at = case when begun then app_now() + make_interval(secs => 2 ^ lost_leases) else next_attempt_at end,
      secret = case when begun and lost_leases >= 4 then null else secret end, lease_until = null, leased_by = null, begun = false
    where status = 'sending' and lease_until < app_now() returning *)
  insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select l.region, 'mail-not-delivered', 'secretary', 'mail', l.id, jsonb_build_object('template', l.template, 'status', 'failed', 'reason', 'no-answer')
    from lost l where l.status = 'failed' and not l.forgets on conflict do nothing;
  if app.work_is_paused() then return; end if;
  select relay_probe_at into probe from installation;
  if probe is null then
    return query with due as (
      select o.id from outbox o where o.status in ('new', 'uncertain') and o.next_attempt_at <= app_now()
      order by o.next_attempt_at limit most for update skip locked)
    update outbox o set status = 'sending', begun = false, attempts = o.attempts + 1, leased_by = worker, lease_until = app_now() + lease
      from due where o.id = due.id returning o.id, o.region;
    return;
  end if;
  if probe > app_now() then return; end if;
  select o.id into chosen from outbox o where o.status in ('new', 'uncertain') and o.next_attempt_at <= app_now()
    order by o.refused_at nulls first, o.next_attempt_at limit least(most, 1) for update skip locked;
  if chosen is null then return; end if;
  -- Of several workers one tries; should it vanish, another does when its lease has passed.
  update installation set relay_probe = chosen, relay_probe_at = app_now() + lease where relay_probe_at = probe;
  if not found then return; end if;
  return query update outbox o set status = 'sending', begun = false, attempts = o.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    where o.id = chosen returning o.id, o.region;
end $$;

-- Returns in how many seconds the relay is tried again; nothing when others of the same moment told it already. Who operates gets a task when the first
-- try was refused as well: a relay that is started again is no news.
create function app.relay_refused(mail uuid, reason text, said text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  pause integer;
begin
  update installation set relay_refuses_since = coalesce(relay_refuses_since, app_now()), relay_refusals = relay_refusals + 1, relay_probe = null,
      relay_reason = reason, relay_said = said, relay_probe_at = app_now() + make_interval(secs => least(15 * 2 ^ least(relay_refusals, 10), 300))
    where relay_probe_at is null or relay_probe = mail
    returning extract(epoch from relay_probe_at - app_now())::integer into pause;
  insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select 'landelijk', 'relay-refuses', 'platform-admin', 'relay', '00000000-0000-0000-0000-000000000000',
      jsonb_build_object('reason', reason, 'said', said)
    from installation where pause is not null and relay_refusals > 1
    on conflict do nothing;
  return pause;
end $$;

create function app.relay_took() returns boolean
language sql security definer set search_path = public, pg_temp as $$
  update task set done_at = app_now() where kind = 'relay-refuses' and done_at is null;
  with again as (
    update installation set relay_refuses_since = null, relay_probe_at = null, relay_probe = null, relay_refusals = 0, relay_reason = null,
      relay_said = null, relay_took_again_at = app_now()
    where relay_probe_at is not null returning 1)
  select count(*) > 0 from again;
$$;

revoke execute on function app.relay_refused, app.relay_took from public;
grant execute on function app.relay_refused, app.relay_took to regioloket_worker;
