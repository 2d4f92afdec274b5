-- Who asked to be told when a call opens: of one call, or of the next one of a network. Nobody needs an account for it; without one it counts
-- once the link in a mail was used, within three days. The mail that tells it ends it: the row is gone then, and the address with it.
create table opening_request (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid references call (id),
  email citext not null check (length(email) <= 254),
  language text not null check (language in ('nl', 'en')),
  -- of the link that confirms it and ends it
  token_hash text not null unique,
  -- of the link in the newest mail about another call, which ends everything of the address
  end_hash text,
  asked_at timestamptz not null default app_now(),
  confirmed_at timestamptz,
  constraint opening_request_once unique nulls not distinct (email, region, call_id)
);
call app.protect('opening_request');
create index opening_request_of_call on opening_request (call_id, email) where call_id is not null;
create index opening_request_of_region on opening_request (region, confirmed_at) where call_id is null;
create index opening_request_end on opening_request (end_hash) where end_hash is not null;

-- Asking mails an address that a stranger may have typed, so it is counted for a day: ten for one address, two hundred (and twenty in a
-- minute) from one network, twenty thousand in all. Refused attempts do not prolong it.
create table opening_attempt (
  id bigint generated always as identity primary key,
  account_hash text not null,
  network_hash text not null,
  at timestamptz not null
);
create index opening_attempt_account on opening_attempt (account_hash, at);
create index opening_attempt_network on opening_attempt (network_hash, at);
create index opening_attempt_at on opening_attempt (at);

create function app.begin_opening(given_email text, given_address inet) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  arrived timestamptz := app_now();
  account text := encode(sha256(convert_to(lower(given_email), 'UTF8')), 'hex');
  network text := encode(sha256(convert_to(case family(given_address)
    when 6 then network(set_masklen(given_address, 64))::text else host(given_address) end, 'UTF8')), 'hex');
begin
  perform pg_advisory_xact_lock(7120315, hashtext(account));
  perform pg_advisory_xact_lock(7120316, hashtext(network));
  delete from opening_attempt
    where id in (select a.id from opening_attempt a where a.at <= arrived - interval '1 day' for update skip locked);
  if (select count(*) from opening_attempt a where a.network_hash = network and a.at > arrived - interval '1 minute') >= 20
      or (select count(*) from opening_attempt a where a.network_hash = network) >= 200
      or (select count(*) from opening_attempt) >= 20000 then
    return 'network-throttled';
  end if;
  if (select count(*) from opening_attempt a where a.account_hash = account) >= 10 then
    return 'account-throttled';
  end if;
  insert into opening_attempt (account_hash, network_hash, at) values (account, network, arrived);
  return 'allowed';
end $$;

-- Whether anything can still be told: the call is published and not open yet, or it is the next one of a network.
create function app.opens_later(p_call uuid) returns boolean language sql stable as $$
  select p_call is null or exists (select 1 from call c where c.id = p_call and c.phase = 'submitted' and c.published_at is not null
    and (app.moments_of(c)).opens_at > app_now())
$$;

-- What a link is about: the request that it was mailed for, or everything that is left of the address of a mail that told something.
create function app.openings_by_link(p_hash text) returns table (id uuid, region jsonb, call jsonb, "callId" uuid, confirmed boolean, "opensLater" boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, jsonb_build_object('nl', g.name_nl, 'en', g.name_en),
    case when c.id is not null then jsonb_build_object('nl', c.name_nl, 'en', c.name_en) end, c.id, o.confirmed_at is not null, app.opens_later(o.call_id)
  from opening_request o join region g on g.code = o.region left join call c on c.id = o.call_id
  where (o.token_hash = p_hash or o.end_hash = p_hash) and (o.confirmed_at is not null or o.asked_at > app_now() - interval '3 days')
$$;

-- As often as it is pressed; false when there is nothing to confirm any more.
create function app.confirm_opening(p_hash text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update opening_request set confirmed_at = coalesce(confirmed_at, app_now()) where token_hash = p_hash
    and (confirmed_at is not null or asked_at > app_now() - interval '3 days') and app.opens_later(call_id);
  return found;
end $$;

create function app.end_openings(p_hash text) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from opening_request where token_hash = p_hash or end_hash = p_hash
$$;

-- What waits for somebody with an account, however it was asked: by the address.
create function app.openings_of(p_person uuid) returns table (id uuid, region jsonb, "regionCode" text, call jsonb, "callId" uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, jsonb_build_object('nl', g.name_nl, 'en', g.name_en), o.region,
    case when c.id is not null then jsonb_build_object('nl', c.name_nl, 'en', c.name_en) end, c.id
  from person p join opening_request o on o.email = p.email join region g on g.code = o.region left join call c on c.id = o.call_id
  where p.id = p_person and o.confirmed_at is not null order by o.asked_at, o.id limit 200
$$;
create function app.end_own_opening(p_person uuid, p_id uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from opening_request o using person p where p.id = p_person and o.email = p.email and o.id = p_id
$$;
-- The link of a mail that told something ends what is left of its address, in every region.
create function app.keep_end_of_openings(p_links jsonb) returns void
language sql security definer set search_path = public, pg_temp as $$
  update opening_request o set end_hash = l.hash from jsonb_to_recordset(p_links) l(email citext, hash text) where o.email = l.email
$$;

-- Whether a call has opened and still takes proposals in; a call that nobody could read tells nothing.
create function app.has_opened(c call) returns boolean language sql stable as $$
  select c.phase = 'submitted' and c.published_at is not null and m.opens_at <= app_now() and app_now() < m.closes_at from app.moments_of(c) m
$$;
create function app.openings_to_tell() returns table (id uuid, region text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.region from call c where not app.work_is_paused() and c.phase = 'submitted' and app.has_opened(c) and (
    exists (select 1 from opening_request o where o.call_id = c.id and o.confirmed_at is not null)
    or exists (select 1 from opening_request o where o.call_id is null and o.region = c.region and o.confirmed_at < (app.moments_of(c)).opens_at))
$$;
-- What will never be told: not confirmed in time, of a call that ended or was withdrawn, or older than two years.
create function app.drop_openings() returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from opening_request o where (o.confirmed_at is null and o.asked_at <= app_now() - interval '3 days')
    or (o.asked_at <= app_now() - interval '2 years')
    or (o.call_id is not null and not app.opens_later(o.call_id)
      and not exists (select 1 from call c where c.id = o.call_id and app.has_opened(c) and o.confirmed_at is not null))
$$;

revoke all on function app.begin_opening, app.openings_by_link, app.confirm_opening, app.end_openings, app.openings_of, app.end_own_opening,
  app.keep_end_of_openings, app.openings_to_tell, app.drop_openings from public;
grant execute on function app.begin_opening, app.openings_by_link, app.confirm_opening, app.end_openings, app.openings_of, app.end_own_opening
  to regioloket_app;
grant execute on function app.keep_end_of_openings, app.openings_to_tell, app.drop_openings to regioloket_app, regioloket_worker;

-- A mail to somebody who is nobody to us: once it is sent or given up, its address is not kept, and nobody is asked to look after it.
alter table outbox add column forgets boolean not null default false;
create function app.forget_address() returns trigger language plpgsql as $$
begin
  if new.forgets and new.status in ('sent', 'failed', 'bounced', 'cancelled') then
    new.to_address := '';
    new.to_name := '';
  end if;
  return new;
end $$;
create trigger forget_address before update on outbox for each row when (new.forgets) execute function app.forget_address();

-- As in 0029, and a mail that forgets raises no task.
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
