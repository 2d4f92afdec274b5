-- From reviews to a decision. A ranking is a snapshot with its hash; advice belongs to the committee, the decision to the decider.
create table ranking (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  made_by uuid not null,
  made_at timestamptz not null default app_now(),
  model text not null check (model in ('mean')),
  result jsonb not null,
  result_hash text not null
);
call app.protect('ranking', 'select, insert');
create index ranking_call on ranking (call_id, made_at);

create table ranking_entry (
  ranking_id uuid not null references ranking (id),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  position numeric not null check (position >= 1),
  reviews integer not null,
  -- the exact mean as a fraction n/d, and rounded for sorting and print
  total_exact text,
  total numeric,
  primary key (ranking_id, proposal_id)
);
call app.protect('ranking_entry', 'select, insert');
create index ranking_entry_proposal on ranking_entry (proposal_id);

create table advice (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  transition_id uuid not null unique,
  outcome text not null check (outcome in ('grant', 'refuse')),
  amount_cents bigint check (amount_cents > 0),
  reasons jsonb not null,
  present integer not null,
  given_by uuid not null,
  given_at timestamptz not null default app_now(),
  check ((outcome = 'grant') = (amount_cents is not null))
);
call app.protect('advice', 'select, insert');
create index advice_proposal on advice (proposal_id, given_at desc);

-- What the preparer lays before the decider; the decider is another person (constraint on the decision).
create table decision_draft (
  proposal_id uuid primary key references proposal (id),
  region text not null references region (code),
  outcome text not null check (outcome in ('grant', 'refuse')),
  ground text check (ground in ('condition', 'threshold', 'ceiling', 'late')),
  amount_cents bigint check (amount_cents > 0),
  reasons text not null default '',
  deviation_reason text not null default '',
  rests_on_others_facts boolean not null default false,
  prepared_by uuid not null,
  prepared_at timestamptz not null default app_now(),
  check ((outcome = 'grant') = (amount_cents is not null)),
  check ((outcome = 'refuse') = (ground is not null))
);
call app.protect('decision_draft');

create table decision (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  proposal_id uuid not null references proposal (id),
  transition_id uuid not null unique,
  outcome text not null check (outcome in ('granted', 'refused', 'not-processed')),
  ground text,
  amount_cents bigint,
  reasons text not null,
  deviation_reason text not null default '',
  prepared_by uuid not null,
  decided_by uuid not null,
  decided_at timestamptz not null default app_now(),
  undone_at timestamptz,
  constraint four_eyes check (prepared_by <> decided_by),
  constraint granted_has_an_amount check ((outcome = 'granted') = (amount_cents is not null))
);
call app.protect('decision', 'select, insert, update');
create unique index decision_one_in_force on decision (proposal_id) where undone_at is null;
create index decision_call on decision (call_id) where undone_at is null;

-- The ledger of a call's ceiling: one row to lock, so that two awards cannot both take the last euro.
create table ceiling (
  call_id uuid primary key references call (id),
  region text not null references region (code),
  total_cents bigint not null check (total_cents >= 0),
  awarded_cents bigint not null default 0 check (awarded_cents >= 0),
  constraint never_above_the_ceiling check (awarded_cents <= total_cents)
);
call app.protect('ceiling');

-- Decisions become visible by joining this row, never by an update per decision (Awb 3:41; the objection term starts the day after).
create table announcement (
  call_id uuid primary key references call (id),
  region text not null references region (code),
  announced_by uuid not null,
  announced_at timestamptz not null default app_now(),
  objection_last_day date not null,
  objection_because jsonb not null default '[]'
);
call app.protect('announcement', 'select, insert');
