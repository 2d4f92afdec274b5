-- A submitted proposal that its applicant took back into the own hands before the closing. What is not submitted anew stands again at the closing as
-- it was submitted: that text is in its receipt, who took part then is here, and so is what had been written since.
create table taken_back (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  transition_id uuid not null unique,
  taken_at timestamptz not null,
  -- the rows of party as they were
  parties jsonb not null,
  -- what had been written when the submitted version stood again; null: it was submitted anew, or withdrawn
  title text,
  content jsonb,
  set_aside_at timestamptz,
  constraint set_aside_is_whole check (num_nulls(title, content, set_aside_at) in (0, 3))
);
call app.protect('taken_back', 'select, insert, update');
create index taken_back_proposal on taken_back (proposal_id, taken_at);

-- As in 0020, and what was sent after a taking back is kept with the text that was set aside.
create or replace function app.unneeded_files(ids uuid[]) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id from unnest(ids) as f(id) left join attachment a on a.id = f.id
  where a.id is null or a.state = 'infected' or (a.removed_at is not null
    and not exists (select 1 from receipt r where r.proposal_id = a.proposal_id and position(a.id::text in r.content::text) > 0)
    and not exists (select 1 from taken_back b where b.proposal_id = a.proposal_id and position(a.id::text in b.content::text) > 0))
$$;
