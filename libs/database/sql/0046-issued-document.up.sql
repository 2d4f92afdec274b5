-- What the network issues (a decision, a receipt, an advice, a ranking, the confirmation of a waiver) is kept as it was issued: figures at the moment of the
-- act, words in both languages and printed bytes made from those figures alone. Nothing here is ever changed; a later version is a row of its own
-- that names the one before (Awb 3:41: a decision is what was announced).
create function app.hash_of(p_value jsonb) returns text language sql stable parallel safe as
  $$ select encode(sha256(convert_to(p_value::text, 'UTF8')), 'hex') $$;

create table document (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  -- null for what is about the whole call
  proposal_id uuid references proposal (id),
  kind text not null check (kind in ('decision', 'receipt', 'advice', 'ranking', 'waiver')),
  -- the row it tells of: the decision, the receipt, the advice, the ranking
  source_id uuid not null,
  version integer not null check (version > 0),
  replaces uuid unique references document (id),
  issued_at timestamptz not null,
  figures jsonb not null,
  figures_hash text not null check (length(figures_hash) = 64),
  -- what it rests on: ids and hashes by name
  inputs jsonb not null,
  unique (kind, source_id),
  check ((version = 1) = (replaces is null))
);
call app.protect('document', 'select, insert');
create index document_of_proposal on document (proposal_id, kind, version) where proposal_id is not null;
create index document_of_call on document (call_id, kind, version) where proposal_id is null;

-- A letter in words (libs/documents, `Letter`), as the text whose SHA-256 stands beside it.
create table document_text (
  document_id uuid not null references document (id),
  region text not null references region (code),
  language text not null check (language in ('nl', 'en')),
  letter text not null,
  sha256 text not null check (length(sha256) = 64),
  made_at timestamptz not null default app_now(),
  primary key (document_id, language)
);
call app.protect('document_text', 'select, insert');

create table document_print (
  document_id uuid not null,
  region text not null references region (code),
  language text not null,
  pdf bytea not null,
  sha256 text not null check (length(sha256) = 64),
  -- signs that no font has, and what stands for them (libs/documents, `Replaced`)
  replaced jsonb not null default '[]',
  made_at timestamptz not null default app_now(),
  primary key (document_id, language),
  -- what is printed are the kept words
  foreign key (document_id, language) references document_text (document_id, language)
);
call app.protect('document_print', 'select, insert');

-- Documents of which the words or the prints are still to be made.
create table document_due (
  document_id uuid primary key references document (id),
  region text not null references region (code),
  next_attempt_at timestamptz not null default app_now(),
  attempts integer not null default 0,
  last_error text
);
call app.protect('document_due');
create index document_due_at on document_due (next_attempt_at);

-- As in the other queues (0002): over all regions, as the owner; a lease that ran out is claimed again.
create function app.claim_documents(most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select d.document_id from document_due d where not app.work_is_paused() and d.next_attempt_at <= app_now()
      order by d.next_attempt_at limit most for update skip locked)
  update document_due d set next_attempt_at = app_now() + lease, attempts = d.attempts + 1
    from due where d.document_id = due.document_id returning d.document_id, d.region;
$$;
revoke execute on function app.claim_documents from public;
grant execute on function app.claim_documents to regioloket_worker;

-- Issues one document: its version is the next of its kind about the same proposal, or about the same call.
create function app.issue_document(p_kind text, p_source uuid, p_call uuid, p_proposal uuid, p_issued_at timestamptz, p_figures jsonb, p_inputs jsonb)
returns uuid language plpgsql as $$
declare
  made uuid := gen_random_uuid();
  before document;
begin
  select * into before from document d where d.kind = p_kind
    and case when p_proposal is null then d.call_id = p_call and d.proposal_id is null else d.proposal_id = p_proposal end
    order by d.version desc limit 1;
  insert into document (id, region, call_id, proposal_id, kind, source_id, version, replaces, issued_at, figures, figures_hash, inputs)
    select made, c.region, p_call, p_proposal, p_kind, p_source, coalesce(before.version, 0) + 1, before.id, p_issued_at,
      p_figures || jsonb_build_object('replacesIssuedAt', app.iso(before.issued_at)),
      app.hash_of(p_figures || jsonb_build_object('replacesIssuedAt', app.iso(before.issued_at))), p_inputs
    from call c where c.id = p_call;
  insert into document_due (document_id, region) select made, c.region from call c where c.id = p_call;
  return made;
end $$;

-- Whoever asks: what was issued stays as it is, also for the owner of the database.
create function app.stays_as_issued() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % was issued and never changes', tg_table_name using errcode = 'RL001';
end $$;
create trigger stays_as_issued before update or delete on document for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on document_text for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on document_print for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on receipt for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on ranking for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on ranking_entry for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on advice for each row execute function app.stays_as_issued();
create trigger stays_as_issued before update or delete on announcement for each row execute function app.stays_as_issued();
