-- One member's review of one proposal. Scores live in a table of their own: no query for someone without the right touches them.
create table review (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  proposal_id uuid not null references proposal (id),
  reviewer_id uuid not null references person (id),
  workflow text not null default 'review',
  state text not null,
  phase text not null check (phase in ('preparing', 'submitted', 'screening', 'in-review', 'ranked', 'advised', 'decided', 'announced',
    'running', 'settled', 'ended')),
  version integer not null default 1,
  accepted_at timestamptz,
  declined_reason text,
  submitted_at timestamptz,
  created_at timestamptz not null default app_now(),
  unique (proposal_id, reviewer_id),
  constraint submitted_has_a_time check (phase <> 'submitted' or submitted_at is not null)
);
call app.protect('review');
create index review_reviewer on review (reviewer_id, phase);
create index review_call on review (call_id, phase);

create table review_score (
  review_id uuid not null references review (id),
  region text not null references region (code),
  criterion text not null,
  score numeric,
  reason text not null default '',
  primary key (review_id, criterion)
);
call app.protect('review_score');

-- A person who declared an interest in a proposal cannot hold an open review of it, whichever code asks.
create function app.refuse_conflicted_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from interest i where i.proposal_id = new.proposal_id and i.person_id = new.reviewer_id)
     and new.phase in ('preparing', 'in-review', 'submitted') then
    raise exception 'reviewer has an interest in this proposal' using errcode = '23514', constraint = 'reviewer_without_interest';
  end if;
  return new;
end $$;
create trigger reviewer_without_interest before insert or update of reviewer_id, phase on review
  for each row execute function app.refuse_conflicted_review();
