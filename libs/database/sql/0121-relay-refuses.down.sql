drop function app.relay_refused, app.relay_took;

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
    from lost l where l.status = 'failed' and not l.forgets on conflict do nothing;
  with due as (
    select o.id from outbox o where not app.work_is_paused() and o.status in ('new', 'uncertain') and o.next_attempt_at <= app_now()
    order by o.next_attempt_at limit most for update skip locked)
  update outbox o set status = 'sending', begun = false, attempts = o.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where o.id = due.id returning o.id, o.region;
$$;

alter table outbox drop column refused_at;
alter table installation drop column relay_refuses_since, drop column relay_probe_at, drop column relay_probe, drop column relay_refusals,
  drop column relay_reason, drop column relay_said, drop column relay_took_again_at;
