-- Who sits on the committee of a call, and who may not judge which proposal.
create table seat (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  person_id uuid not null references person (id),
  kind text not null check (kind in ('expert', 'field')),
  is_chair boolean not null default false,
  created_at timestamptz not null default app_now(),
  ended_at timestamptz,
  unique (call_id, person_id)
);
call app.protect('seat');
create unique index seat_one_chair on seat (call_id) where is_chair and ended_at is null;
create index seat_person on seat (person_id);

-- A declared interest in one proposal (Awb 2:4): no access to the file, its scores or its discussion.
create table interest (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  proposal_id uuid not null references proposal (id),
  person_id uuid not null references person (id),
  reason text not null default '',
  declared_by uuid not null,
  declared_at timestamptz not null default app_now(),
  unique (proposal_id, person_id)
);
call app.protect('interest');
create index interest_person on interest (person_id, call_id);
