-- What a move of the round reads: subject, roles and facts in one call each, after the locks. A function that is volatile takes a new
-- snapshot per statement, so facts are read after the wait for a lock.
alter table proposal add column reviews_counted integer;
alter table proposal add column total_exact text;
alter table proposal add column total numeric;
alter table proposal add column criteria_exact jsonb;
-- What is typed changes the revision, what is moved the version: transitions and versions stay in step.
alter table proposal add column revision integer not null default 1;
alter table review add column revision integer not null default 1;
alter table ranking_entry add column meets_threshold boolean not null default true;
create index proposal_call_number on proposal (call_id, number);
create index review_proposal on review (proposal_id, phase);

create function app.iso(at timestamptz) returns text language sql immutable parallel safe as
  $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- Staff roles that a person holds in a region now.
create function app.staff_roles(p_region text, p_actor uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(distinct role), '[]') from role_assignment where region = p_region and person_id = p_actor
    and role in ('secretary', 'chair', 'coordinator', 'decider')
    and valid_from <= app_now() and (valid_until is null or valid_until > app_now())
$$;

-- In which region a subject lies; null when there is none. It tells nothing else, so that a request can name its region before it may read.
create function app.region_of(p_kind text, p_id uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case p_kind
    when 'call' then (select region from call where id = p_id)
    when 'proposal' then (select region from proposal where id = p_id)
    when 'review' then (select region from review where id = p_id)
    when 'seat' then (select region from seat where id = p_id)
  end
$$;

-- Regions in which a person takes part without a role: as lead applicant or in a committee.
create function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
$$;

-- The frozen rules behind a hash, with the texts of the newest call that uses them: texts may be corrected, rules may not.
create function app.pack_of(p_rules_hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('rules', r.content, 'texts', t.content) from call c
    join frozen_pack r on r.hash = c.rules_hash join frozen_pack t on t.hash = c.texts_hash
  where c.rules_hash = p_rules_hash order by c.created_at desc limit 1
$$;
revoke all on function app.region_of, app.regions_taking_part, app.pack_of from public;
grant execute on function app.region_of, app.regions_taking_part, app.pack_of to regioloket_app, regioloket_worker;

-- The instant at which a call ends: its closing with the hidden grace minutes, or the moment at which it was closed early.
create function app.call_ends_at(c call) returns timestamptz language sql immutable parallel safe as
  $$ select least(c.closes_at + make_interval(mins => c.grace_minutes), c.closed_at) $$;

-- A call that is closed early ends at that moment; grace does not count then.
create function app.call_facts(c call) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'opensAt', app.iso(c.opens_at),
    'closesAt', app.iso(least(c.closes_at, c.closed_at)),
    'endsAt', app.iso(app.call_ends_at(c)),
    'draftsExpireAt', app.iso(app.call_ends_at(c) + interval '1 minute'),
    'announced', c.announced_at is not null,
    'preparedBy', c.prepared_by,
    'reviewsPerProposal', (c.parameters ->> 'reviewsPerProposal')::int,
    'reviewTerm', c.parameters ->> 'reviewTerm')
$$;

-- Roles towards one proposal. A declared interest takes away every role but that of applicant: no access to the file (Awb 2:4).
create function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when p.lead_applicant = p_actor then '["lead-applicant"]'::jsonb else '[]'::jsonb end ||
    case when exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = p_actor) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;

-- Roles towards one review; the reviewer keeps the own review also after declaring an interest, to see that it ended.
create function app.review_roles(r review, p_actor uuid) returns jsonb language sql stable as $$
  select case when r.reviewer_id = p_actor then '["assigned-reviewer"]'::jsonb else '[]'::jsonb end ||
    case when exists (select 1 from interest i where i.proposal_id = r.proposal_id and i.person_id = p_actor) then '[]'::jsonb
    else app.staff_roles(r.region, p_actor) end
$$;

create function app.open_call(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
begin
  if p_locks is not null then
    perform 1 from call where id = p_id for update;
    if 'seat' = any (p_locks) then perform 1 from seat where call_id = p_id order by id for share; end if;
  end if;
  return (select jsonb_build_object('region', c.region, 'state', c.state, 'phase', c.phase, 'version', c.version,
    'workflow', c.workflow, 'rulesHash', c.rules_hash, 'roles', app.staff_roles(c.region, p_actor),
    'facts', jsonb_build_object(
      'call', app.call_facts(c) || jsonb_build_object('ranked', exists (select 1 from ranking r where r.call_id = c.id)),
      'committee', jsonb_build_object('complete', not exists (
        select 1 from jsonb_each_text(c.parameters -> 'seats') needed
        where (select count(*) from seat s where s.call_id = c.id and s.kind = needed.key and s.ended_at is null) < needed.value::int)),
      'proposals', (select jsonb_build_object(
          'undecided', count(*) filter (where p.phase in ('submitted', 'screening', 'in-review', 'ranked', 'advised')),
          'inReview', count(*) filter (where p.phase = 'in-review')) from proposal p where p.call_id = c.id)),
    'context', jsonb_build_object('regulation', c.regulation_id, 'regime', c.parameters ->> 'regime',
      'closesOn', app.iso(c.closes_at), 'ceilingCents', c.parameters -> 'ceilingCents'))
    from call c where c.id = p_id);
end $$;

create function app.open_proposal(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare the_call uuid;
begin
  if p_locks is not null then
    select call_id into the_call from proposal where id = p_id;
    -- always: an announcement waits for moves of its proposals, and they for it
    perform 1 from call where id = the_call for share;
    if 'seat' = any (p_locks) then perform 1 from seat where call_id = the_call order by id for share; end if;
    perform 1 from proposal where id = p_id for update;
    if 'review' = any (p_locks) then perform 1 from review where proposal_id = p_id order by id for share; end if;
    if 'ledger' = any (p_locks) then perform 1 from ceiling where call_id = the_call for update; end if;
  end if;
  return (select jsonb_build_object('region', p.region, 'state', p.state, 'phase', p.phase, 'version', p.version,
    'workflow', p.workflow, 'rulesHash', c.rules_hash,
    'roles', app.proposal_roles(p, p_actor),
    'facts', jsonb_build_object(
      'proposal', jsonb_build_object('complete', p.complete, 'heard', p.heard_at is not null),
      'eligibility', jsonb_build_object('met', p.eligible),
      'call', app.call_facts(c) || jsonb_build_object('availableCents',
        (select total_cents - awarded_cents from ceiling where call_id = c.id)),
      'regulation', jsonb_build_object('decisionTerm', c.parameters ->> 'decisionTerm',
        'decisionTermSource', c.parameters ->> 'decisionTermSource', 'completionTerm', c.parameters ->> 'completionTerm',
        'completionTermSource', c.parameters ->> 'completionTermSource'),
      'reviews', (select jsonb_build_object('submitted', count(*) filter (where r.phase = 'submitted'),
        'open', count(*) filter (where r.phase in ('preparing', 'in-review'))) from review r where r.proposal_id = p.id),
      'committee', jsonb_build_object('quorum', (c.parameters ->> 'quorum')::int, 'unconflicted',
        (select count(*) from seat s where s.call_id = c.id and s.ended_at is null
          and not exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = s.person_id))),
      'decision', coalesce((select jsonb_build_object('prepared', true, 'preparedBy', d.prepared_by, 'outcome', d.outcome,
          'amountCents', d.amount_cents, 'deviationReason', d.deviation_reason, 'restsOnOthersFacts', d.rests_on_others_facts,
          'followsAdvice', coalesce((select a.outcome = d.outcome and a.amount_cents is not distinct from d.amount_cents from advice a
            where a.proposal_id = p.id order by a.given_at desc limit 1), true))
        from decision_draft d where d.proposal_id = p.id), '{"prepared": false}')),
    'context', jsonb_build_object('call', c.id, 'number', p.number, 'title', p.title, 'organisation', p.organisation,
      'regime', c.parameters ->> 'regime', 'contentHash', p.content_hash, 'submittedAt', app.iso(p.submitted_at),
      'requestedCents', p.content #> '{budget,requestedCents}',
      'callName', jsonb_build_object('nl', c.name_nl, 'en', c.name_en), 'regionName', jsonb_build_object('nl', g.name_nl, 'en', g.name_en),
      'lead', (select jsonb_build_object('key', l.id, 'name', l.name, 'address', l.email, 'language', l.language)
        from person l where l.id = p.lead_applicant and l.disabled_at is null)))
    from proposal p join call c on c.id = p.call_id join region g on g.code = p.region where p.id = p_id);
end $$;

create function app.open_review(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare it review;
begin
  if p_locks is not null then
    select * into it from review where id = p_id;
    perform 1 from call where id = it.call_id for share;
    perform 1 from seat where call_id = it.call_id and person_id = it.reviewer_id for share;
    perform 1 from proposal where id = it.proposal_id for share;
    perform 1 from review where id = p_id for update;
  end if;
  return (select jsonb_build_object('region', r.region, 'state', r.state, 'phase', r.phase, 'version', r.version,
    'workflow', r.workflow, 'rulesHash', c.rules_hash,
    'roles', app.review_roles(r, p_actor),
    'facts', jsonb_build_object(
      'review', jsonb_build_object('complete', not exists (
        select 1 from jsonb_array_elements(c.parameters #> '{rubric,criteria}') needed where not exists (
          select 1 from review_score s where s.review_id = r.id and s.criterion = needed ->> 'key' and s.score is not null and s.reason <> ''))),
      'proposal', jsonb_build_object('inReview', p.phase = 'in-review'),
      'reviewer', jsonb_build_object('hasInterest', exists (
        select 1 from interest i where i.proposal_id = p.id and i.person_id = r.reviewer_id)),
      'call', app.call_facts(c)),
    'context', jsonb_build_object('call', c.id, 'proposal', p.id, 'reviewer', r.reviewer_id))
    from review r join proposal p on p.id = r.proposal_id join call c on c.id = r.call_id where r.id = p_id);
end $$;

-- What a move opens: the subject with its terms that are running or suspended. The subject is an argument, so it is locked first; a
-- volatile function takes a new snapshot, so the terms are those of after the wait.
create function app.with_terms(opened jsonb, p_id uuid) returns jsonb language plpgsql volatile as $$
begin
  return opened || jsonb_build_object('terms', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'state', t.state,
      'started_on', t.started_on, 'period', t.period, 'source', t.source, 'suspensions', (select coalesce(jsonb_agg(jsonb_build_object(
        'from', s.from_day, 'until', s.until_day)), '[]') from term_suspension s where s.term_id = t.id))), '[]')
    from term t where t.subject_id = p_id and t.state in ('running', 'suspended')));
end $$;

-- Work that waits, over all regions: volumes only, for the metrics.
create function app.backlog() returns table (kind text, waiting bigint, oldest_seconds double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  select 'mail', count(*), coalesce(extract(epoch from app_now() - min(next_attempt_at)), 0) from outbox
    where status in ('new', 'uncertain') and next_attempt_at <= app_now()
  union all select 'mail-held', count(*), 0 from outbox where status = 'held'
  union all select 'terms', count(*), coalesce(extract(epoch from app_now() - min(due_at)), 0) from term where state = 'running' and due_at <= app_now()
  union all select 'commands', count(*), coalesce(extract(epoch from app_now() - min(next_attempt_at)), 0) from command
    where status = 'new' and next_attempt_at <= app_now()
$$;
revoke all on function app.backlog from public;
grant execute on function app.backlog to regioloket_app;
