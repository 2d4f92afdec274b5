-- That somebody objected, when, and with which words. The procedure that follows is another one (Awb hoofdstuk 6 and 7).
create table objection (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  decision_id uuid not null references decision (id),
  objected_by uuid not null references person (id),
  received_at timestamptz not null,
  -- whether it came in on or before the last day; late is registered too, because it can be excusable (Awb 6:11)
  in_time boolean not null,
  reasons text not null check (length(reasons) between 1 and 20000),
  unique (decision_id, objected_by)
);
call app.protect('objection', 'select, insert');
create index objection_proposal on objection (proposal_id);
