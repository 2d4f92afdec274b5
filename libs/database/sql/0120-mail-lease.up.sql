-- A worker that lives renews the claims of what it is sending, because a relay may think for ten minutes after the final dot (RFC 5321,
-- 4.5.3.2.6); what it claimed and did not begin it gives back when it stops.
create function app.renew_outbox(ids uuid[], worker text, lease interval) returns void
language sql security definer set search_path = public, pg_temp as $$
  update outbox set lease_until = app_now() + lease where id = any (ids) and status = 'sending' and leased_by = worker;
$$;

create function app.release_outbox(ids uuid[], worker text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update outbox set status = case when lost_leases > 0 then 'uncertain' else 'new' end, attempts = attempts - 1, lease_until = null, leased_by = null
    where id = any (ids) and status = 'sending' and leased_by = worker and not begun;
$$;

revoke execute on function app.renew_outbox, app.release_outbox from public;
grant execute on function app.renew_outbox, app.release_outbox to regioloket_worker;
