-- What a durable move writes beside its subject (docs/architecture.md, "A move"). Subjects are named by kind and id; the tables of the
-- subjects themselves belong to the libraries that own them.

-- A request that creates or moves is done once per person, route and key; a duplicate waits here for the first.
create table idempotency (
  person_id uuid not null,
  route text not null,
  key text not null check (length(key) between 8 and 200),
  body_hash text not null,
  subject_id uuid,
  created_at timestamptz not null default app_now(),
  primary key (person_id, route, key)
);
call app.share('idempotency', 'select, insert, update, delete');

create table transition (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  subject_kind text not null,
  subject_id uuid not null,
  version integer not null check (version > 0),
  action text not null,
  from_state text not null,
  to_state text not null,
  from_phase text not null,
  to_phase text not null,
  actor uuid,
  received_at timestamptz not null,
  at timestamptz not null default app_now(),
  rules_hash text not null,
  facts jsonb not null,
  payload jsonb not null default '{}',
  unique (subject_id, version)
);
call app.protect('transition', 'select, insert');

-- Append-only. Persons appear by key only, so that erasing a person does not break the chain.
create table audit_entry (
  id bigint generated always as identity primary key,
  region text not null references region (code),
  transaction xid8 not null default pg_current_xact_id(),
  at timestamptz not null default app_now(),
  actor uuid,
  act text not null,
  subject_kind text not null,
  subject_id uuid,
  data jsonb not null default '{}'
);
call app.protect('audit_entry', 'select, insert');
create index audit_entry_unsealed on audit_entry (region, transaction, id);
create index audit_entry_subject on audit_entry (subject_id) where subject_id is not null;

-- The sealer's chain per region: a Merkle root over a batch, hashed together with the previous root. Leaves stay, so that a verifier
-- can name the entry that was changed.
create table audit_batch (
  region text not null references region (code),
  number integer not null check (number > 0),
  size integer not null check (size > 0),
  previous_root text not null,
  root text not null,
  -- every entry of a transaction before this one is sealed; what turns up later with an older transaction was inserted by hand
  sealed_below xid8 not null,
  sealed_at timestamptz not null default app_now(),
  primary key (region, number)
);
create table audit_leaf (
  region text not null,
  batch integer not null,
  position integer not null check (position >= 0),
  entry_id bigint not null unique,
  leaf text not null,
  primary key (region, batch, position),
  foreign key (region, batch) references audit_batch (region, number)
);
call app.protect('audit_batch', 'select');
call app.protect('audit_leaf', 'select');
create index audit_leaf_entry on audit_leaf (entry_id);
grant select on audit_entry, region to regioloket_sealer;
grant select, insert on audit_batch, audit_leaf to regioloket_sealer;
create policy everything_to_the_sealer on audit_entry for select to regioloket_sealer using (true);
create policy everything_to_the_sealer on audit_batch to regioloket_sealer using (true) with check (true);
create policy everything_to_the_sealer on audit_leaf to regioloket_sealer using (true) with check (true);

create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;
create trigger append_only before update or delete or truncate on audit_entry for each statement execute function app.refuse_change();
create trigger append_only before update or delete or truncate on audit_batch for each statement execute function app.refuse_change();
create trigger append_only before update or delete or truncate on audit_leaf for each statement execute function app.refuse_change();
create trigger append_only before update or delete or truncate on transition for each statement execute function app.refuse_change();

-- Mail to send. `view` is the typed view model, written with the recipient's rights; `subject`, `html` and `text` are stored before the
-- first attempt, so that a second attempt is byte for byte the same. `secret` (a login link) is rendered at send and wiped.
create table outbox (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  event_id uuid not null,
  recipient_key text not null,
  template text not null,
  language text not null check (language in ('nl', 'en')),
  to_address text not null,
  to_name text not null default '',
  view jsonb not null,
  secret jsonb,
  status text not null default 'new'
    check (status in ('held', 'new', 'sending', 'sent', 'failed', 'bounced', 'uncertain', 'cancelled')),
  hold_id uuid,
  message_id text not null unique,
  subject text,
  html text,
  text text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default app_now(),
  leased_by text,
  lease_until timestamptz,
  -- whether the present attempt has begun to speak to the mail server, and how often a worker vanished after it had
  begun boolean not null default false,
  lost_leases integer not null default 0,
  last_error text,
  created_at timestamptz not null default app_now(),
  sent_at timestamptz,
  unique (event_id, recipient_key, template),
  check ((status = 'sent') = (sent_at is not null)),
  check ((status = 'held') <= (hold_id is not null)),
  check ((status = 'sending') = (lease_until is not null))
);
call app.protect('outbox');
create index outbox_due on outbox (next_attempt_at) where status in ('new', 'uncertain');
create index outbox_leased on outbox (lease_until) where status = 'sending';
create index outbox_held on outbox (hold_id) where status = 'held';

-- A term is computed from start, period and the ledger of suspensions; `due_at` is the instant after its last day.
create table term (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  subject_kind text not null,
  subject_id uuid not null,
  name text not null,
  started_on date not null,
  period text not null,
  source text not null check (source in ('law', 'decree', 'ministerial-regulation', 'own-rules')),
  state text not null default 'running' check (state in ('running', 'suspended', 'ended', 'expired')),
  last_day date not null,
  due_at timestamptz not null,
  on_expiry jsonb not null,
  remind jsonb not null default '[]',
  because jsonb not null default '[]',
  attempts integer not null default 0,
  leased_by text,
  lease_until timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null default app_now()
);
call app.protect('term');
create unique index term_one_open on term (subject_id, name) where state in ('running', 'suspended');
create index term_due on term (due_at) where state = 'running';

create table term_suspension (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  term_id uuid not null references term (id),
  from_day date not null,
  until_day date check (until_day >= from_day),
  reason text not null
);
call app.protect('term_suspension');
create index term_suspension_term on term_suspension (term_id);

create table term_reminder (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  term_id uuid not null references term (id),
  code text not null,
  due_at timestamptz not null,
  status text not null default 'new' check (status in ('new', 'done', 'cancelled')),
  leased_by text,
  lease_until timestamptz,
  unique (term_id, code)
);
call app.protect('term_reminder');
create index term_reminder_due on term_reminder (due_at) where status = 'new';

-- Moves that one subject asks of another; `system` makes each once, after the asking move has been committed.
create table command (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  asked_by uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  action text not null,
  payload jsonb not null default '{}',
  status text not null default 'new' check (status in ('new', 'done', 'refused', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default app_now(),
  leased_by text,
  lease_until timestamptz,
  outcome jsonb,
  created_at timestamptz not null default app_now(),
  unique (asked_by, subject_id, action)
);
call app.protect('command');
create index command_due on command (next_attempt_at) where status = 'new';

create table task (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  kind text not null,
  for_role text not null,
  subject_kind text not null,
  subject_id uuid not null,
  data jsonb not null default '{}',
  raised_at timestamptz not null default app_now(),
  done_at timestamptz,
  done_by uuid
);
call app.protect('task');
create unique index task_one_open on task (subject_id, kind) where done_at is null;

create table job (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  kind text not null,
  input jsonb not null,
  input_hash text not null,
  status text not null default 'new' check (status in ('new', 'running', 'done', 'failed', 'cancelled')),
  progress real not null default 0 check (progress between 0 and 1),
  cancel_requested boolean not null default false,
  result jsonb,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default app_now(),
  leased_by text,
  lease_until timestamptz,
  last_error text,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  finished_at timestamptz,
  check ((status = 'running') = (lease_until is not null)),
  check ((status in ('done', 'failed', 'cancelled')) = (finished_at is not null))
);
call app.protect('job');
create index job_due on job (next_attempt_at) where status = 'new';

-- Claiming looks over all regions, so it runs as the owner and returns ids and regions only. A lease that ran out is claimed again. A
-- mail that was being sent becomes `uncertain`, because nobody knows whether it left, and is tried again behind the others: the mail
-- itself may be what ended its worker. After five such attempts somebody must look. A mail that was claimed and never begun is as new.
create function app.claim_outbox(worker text, most integer, lease interval) returns table (id uuid, region text)
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
    select o.id from outbox o where o.status in ('new', 'uncertain') and o.next_attempt_at <= app_now()
    order by o.next_attempt_at limit most for update skip locked)
  update outbox o set status = 'sending', begun = false, attempts = o.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where o.id = due.id returning o.id, o.region;
$$;

create function app.claim_terms(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select t.id from term t where t.state = 'running' and t.due_at <= app_now() and (t.lease_until is null or t.lease_until < app_now())
    order by t.due_at limit most for update skip locked)
  update term t set attempts = t.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where t.id = due.id returning t.id, t.region;
$$;

create function app.claim_reminders(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select r.id from term_reminder r
    where r.status = 'new' and r.due_at <= app_now() and (r.lease_until is null or r.lease_until < app_now())
    order by r.due_at limit most for update skip locked)
  update term_reminder r set leased_by = worker, lease_until = app_now() + lease from due where r.id = due.id returning r.id, r.region;
$$;

create function app.claim_commands(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select c.id from command c
    where c.status = 'new' and c.next_attempt_at <= app_now() and (c.lease_until is null or c.lease_until < app_now())
    order by c.next_attempt_at limit most for update skip locked)
  update command c set attempts = c.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where c.id = due.id returning c.id, c.region;
$$;

create function app.claim_jobs(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  update job set status = 'new', lease_until = null, leased_by = null where status = 'running' and lease_until < app_now();
  with due as (
    select j.id from job j where j.status = 'new' and j.next_attempt_at <= app_now()
    order by j.next_attempt_at limit most for update skip locked)
  update job j set status = 'running', attempts = j.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where j.id = due.id returning j.id, j.region;
$$;

revoke execute on function app.claim_outbox, app.claim_terms, app.claim_reminders, app.claim_commands, app.claim_jobs from public;
grant execute on function app.claim_outbox, app.claim_terms, app.claim_reminders, app.claim_commands, app.claim_jobs to regioloket_worker;
