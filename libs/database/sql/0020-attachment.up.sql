-- Files that an applicant brings with a proposal. The bytes lie in the file store under the id; what a receipt proves is the answer in
-- proposal.content, a list of {id, name, sha256, bytes} at the path of the question.
create table attachment (
  id uuid primary key,
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  -- the question it answers: `answers.attachments`
  path text not null check (path ~ '^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$'),
  name text not null check (length(name) between 1 and 120 and name !~ '[[:cntrl:]/\\]'),
  media_type text not null check (length(media_type) <= 100),
  bytes integer not null check (bytes between 1 and 26214400),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- unscanned: there is no virus scanner. infected: the file was destroyed, the row says what it was.
  state text not null check (state in ('unscanned', 'quarantined', 'ready', 'infected')),
  uploaded_by uuid not null references person (id),
  uploaded_at timestamptz not null default app_now(),
  scanned_at timestamptz,
  -- what the scanner called it
  found text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default app_now(),
  last_error text,
  leased_by text,
  lease_until timestamptz,
  removed_at timestamptz,
  constraint verdict_has_a_moment check ((state in ('ready', 'infected')) = (scanned_at is not null)),
  constraint infected_says_by_what check ((state = 'infected') = (found is not null))
);
call app.protect('attachment');
create index attachment_proposal on attachment (proposal_id) where removed_at is null;
create index attachment_due on attachment (next_attempt_at) where state in ('unscanned', 'quarantined') and removed_at is null;

-- What the scanner is to look at: the quarantined first, and what came in before there was a scanner.
create function app.claim_scans(worker text, most integer, lease interval) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select a.id from attachment a
    where a.state in ('unscanned', 'quarantined') and a.removed_at is null and a.next_attempt_at <= app_now()
      and (a.lease_until is null or a.lease_until < app_now())
    order by a.next_attempt_at limit most for update skip locked)
  update attachment a set attempts = a.attempts + 1, leased_by = worker, lease_until = app_now() + lease
    from due where a.id = due.id returning a.id, a.region;
$$;

-- Of these files in the store, those that nothing needs: no row was ever committed, the file was infected, or it was taken out before
-- any receipt named it.
create function app.unneeded_files(ids uuid[]) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id from unnest(ids) as f(id) left join attachment a on a.id = f.id
  where a.id is null or a.state = 'infected' or (a.removed_at is not null and not exists
    (select 1 from receipt r where r.proposal_id = a.proposal_id and position(a.id::text in r.content::text) > 0))
$$;
revoke execute on function app.claim_scans, app.unneeded_files from public;
grant execute on function app.claim_scans, app.unneeded_files to regioloket_worker;
