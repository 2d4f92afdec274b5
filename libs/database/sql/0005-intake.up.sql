-- A proposal: what an initiator submits to a call. `content` holds the answers as facts (schools, partners, budget, plan, file); the
-- evidence columns are tied to the phase, so that no code path can leave a state without its proof.
create table proposal (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  number text not null,
  title text not null check (length(title) between 1 and 300),
  lead_applicant uuid not null references person (id),
  organisation text not null default '',
  content jsonb not null default '{}',
  content_hash text,
  workflow text not null default 'proposal-tender',
  state text not null,
  phase text not null check (phase in ('preparing', 'submitted', 'screening', 'in-review', 'ranked', 'advised', 'decided', 'announced',
    'running', 'settled', 'ended')),
  version integer not null default 1,
  submitted_by uuid,
  submitted_at timestamptz,
  received_at timestamptz,
  completion_asked_for jsonb,
  heard_at timestamptz,
  advised_by uuid,
  advised_at timestamptz,
  prepared_by uuid,
  decided_by uuid,
  decided_at timestamptz,
  outcome text check (outcome in ('granted', 'refused', 'not-processed')),
  ground text check (ground in ('condition', 'threshold', 'ceiling', 'late', 'incomplete')),
  amount_cents bigint check (amount_cents > 0),
  created_at timestamptz not null default app_now(),
  unique (call_id, number),
  constraint submitted_has_a_time check (phase in ('preparing', 'ended') or (submitted_at is not null and received_at is not null)),
  constraint advised_has_an_author check (phase <> 'advised' or (advised_by is not null and advised_at is not null)),
  constraint decided_has_an_author check (phase <> 'decided' or (decided_by is not null and decided_at is not null and outcome is not null)),
  constraint granted_has_an_amount check ((outcome = 'granted') is not true or amount_cents is not null),
  constraint refused_has_a_ground check ((outcome = 'refused') is not true or ground is not null),
  constraint only_granted_has_an_amount check (amount_cents is null or outcome = 'granted')
);
call app.protect('proposal');
create index proposal_call on proposal (call_id, phase);
create index proposal_lead on proposal (lead_applicant);

-- Numbers follow each other within a call; the row is locked by whoever takes the next.
create table proposal_counter (
  call_id uuid primary key references call (id),
  region text not null references region (code),
  last integer not null default 0
);
call app.protect('proposal_counter');

-- What was received, as it was received: proves time and content.
create table receipt (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  transition_id uuid not null unique,
  received_at timestamptz not null,
  in_time boolean not null,
  content jsonb not null,
  content_hash text not null
);
call app.protect('receipt', 'select, insert');
create index receipt_proposal on receipt (proposal_id);

-- Whether every part is answered, and whether the conditions of the regulation are met: judged when the answers are saved, by the frozen
-- rules. Null: they cannot be judged.
alter table proposal add column complete boolean not null default false;
alter table proposal add column eligible boolean;
alter table proposal add column eligibility jsonb not null default '[]';
