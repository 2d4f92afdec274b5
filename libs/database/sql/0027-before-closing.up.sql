-- What applicants ask before a call closes, and drafts that begin from an earlier proposal.

-- A question about a call, answered to everyone at once. `words` is what was asked, for the desk and the asker alone; what is published
-- stands beside it, without who asked.
create table public_question (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  asked_by uuid not null references person (id),
  asked_at timestamptz not null,
  words text not null check (length(words) between 1 and 2000),
  state text not null default 'open' check (state in ('open', 'published', 'closed')),
  question_nl text check (length(question_nl) between 1 and 2000),
  answer_nl text check (length(answer_nl) between 1 and 5000),
  question_en text check (length(question_en) between 1 and 2000),
  answer_en text check (length(answer_en) between 1 and 5000),
  -- why it is not published, for the asker
  closed_reason text check (length(closed_reason) between 1 and 5000),
  handled_by uuid references person (id),
  handled_at timestamptz,
  constraint published_has_words check ((state = 'published') = (question_nl is not null and answer_nl is not null)),
  constraint both_in_english_or_neither check ((question_en is null) = (answer_en is null)),
  constraint closed_has_a_reason check ((state = 'closed') = (closed_reason is not null)),
  constraint handled_has_an_author check ((state = 'open') = (handled_by is null) and (state = 'open') = (handled_at is null))
);
call app.protect('public_question', 'select, insert, update');
create index public_question_call on public_question (call_id, state);
create index public_question_asker on public_question (asked_by, asked_at);

-- An applicant asks the secretary before closing what is still missing in a draft. `content` holds the parts that the applicant let
-- see, as they were; `gaps` the questions of the form without a usable answer. Nothing else of the draft is shown to anybody.
create table completeness_check (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  proposal_id uuid not null references proposal (id),
  asked_by uuid not null references person (id),
  asked_at timestamptz not null,
  -- last day on which the secretary answers, by the regulation
  answer_by date not null,
  parts text[] not null,
  content jsonb not null,
  gaps jsonb not null,
  -- the answer: [{path, text}]; an empty list says that nothing is missing
  missing jsonb,
  note text not null default '',
  answered_by uuid references person (id),
  answered_at timestamptz,
  constraint answered_whole check ((missing is null) = (answered_at is null) and (answered_at is null) = (answered_by is null))
);
call app.protect('completeness_check', 'select, insert, update');
create unique index completeness_check_one_open on completeness_check (proposal_id) where answered_at is null;
create index completeness_check_open on completeness_check (call_id) where answered_at is null;

-- From which proposal a draft was begun, and what did not go along. The source can lie in another region, so it is no reference.
create table proposal_origin (
  proposal_id uuid primary key references proposal (id),
  region text not null references region (code),
  source_id uuid not null,
  source_number text not null,
  -- [{label: {nl, en}, why}]
  left_out jsonb not null,
  parties integer not null check (parties >= 0)
);
call app.protect('proposal_origin', 'select, insert');
