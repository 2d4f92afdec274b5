-- How often one applicant may apply, or be granted (`once` of a regulation). What counts are other proposals, so it cannot be judged
-- when answers are saved: it is looked at whenever somebody reads or moves a proposal, until the proposal leaves the intake.

-- The numbers of those that stood before it when it left the intake; null until then.
alter table proposal add column stood_before text[];

-- Calls of before know no programme year, and proposals and awards in them count.
update call c set parameters = c.parameters || jsonb_build_object('year', g.content -> 'year')
  from regulation r join programme g on g.code = r.programme where r.id = c.regulation_id and not c.parameters ? 'year';

-- The numbers that are one applicant with a school or board: a school through its mergers; a board with all its schools, now and before.
create function app.same_applicant(p_institution text, p_per text) returns text[] language sql stable as $$
  with recursive board as (
    select case when p_institution ~ '^[0-9]{5}$' then p_institution
      else (select s.board from school_site s where s.brin = app.current_brin(p_institution) limit 1) end as number),
  own as (
    select app.current_brin(p_institution) as brin where p_institution !~ '^[0-9]{5}$'
    union select s.brin from school_site s join board b on p_per = 'board' and s.board = b.number
      where not exists (select 1 from school_merger g where g.old_brin = s.brin)
    union select g.old_brin from own join school_merger g on g.new_brin = own.brin)
  select array(select brin from own union select p_institution union select number from board where p_per = 'board' and number is not null)
$$;

-- What counts of another proposal: that it was granted, or that it is on its way or was judged on its merits. To the applicant (p_viewer) a
-- decision counts from its announcement.
create function app.counts_for_once(o proposal, p_counts text, p_viewer uuid) returns boolean language sql stable as $$
  select case
    when p_viewer is not null and not exists (select 1 from app.announcement_of(o.id)) then p_counts = 'proposals' and o.phase <> 'ended'
    when p_counts = 'awards' then coalesce(o.outcome = 'granted', false) and o.phase <> 'ended'
    else o.phase <> 'ended' and coalesce(o.ground, '') not in ('condition', 'late', 'incomplete') end
$$;

-- Numbers of the proposals of the same applicant that stand before this one by the once-rule of its call. p_viewer: only those of the
-- applicant who looks, because anybody can name any school in a draft; null: all.
create function app.standing_before(p proposal, c call, p_viewer uuid) returns text[] language sql stable as $$
  -- materialized: those of one applicant are few and have their index; joined with the calls first, all proposals would be walked
  with theirs as materialized (
    select o from proposal o where o.id <> p.id and o.region = p.region and o.received_at is not null
      and (o.lead_institution = any ((select app.same_applicant(p.lead_institution, c.parameters #>> '{once,per}'))::text[])
        or p.lead_institution is null and o.lead_institution is null and o.lead_applicant = p.lead_applicant and o.content #>> '{lead,kind}' = 'PERSON'))
  select coalesce(array_agg((t.o).number order by (t.o).received_at, (t.o).number), '{}')
  from theirs t join call oc on oc.id = (t.o).call_id join regulation r on r.id = oc.regulation_id
  where r.programme = (select programme from regulation where id = c.regulation_id)
    and case c.parameters #>> '{once,within}' when 'programme' then true
      when 'year' then oc.parameters -> 'year' = c.parameters -> 'year'
      when 'last-year' then (oc.parameters ->> 'year')::int = (c.parameters ->> 'year')::int - 1
      else oc.id = c.id end
    and (c.parameters #>> '{once,counts}' = 'awards' or p.received_at is null or ((t.o).received_at, (t.o).number) < (p.received_at, p.number))
    and app.counts_for_once(t.o, c.parameters #>> '{once,counts}', p_viewer)
    and (p_viewer is null or app.applies(t.o, p_viewer))
$$;

-- Whether the rule can be judged by numbers: a company has none, and a board is no school.
create function app.has_applicant(p proposal, c call) returns boolean language sql stable as $$
  select case when p.lead_institution is null then coalesce(p.content #>> '{lead,kind}' = 'PERSON', false)
    else c.parameters #>> '{once,per}' = 'board' or p.lead_institution !~ '^[0-9]{5}$' end
$$;

-- The verdict of the once-rule, as a list of one beside those of the other conditions; an empty list where there is no such rule. What
-- numbers cannot judge is looked at by people: staff read so, the applicant can do nothing about it, and nothing waits for it. The applicant
-- reads it until the proposal is told to be past the intake: then it was admitted, and what counts no longer matters.
create function app.once_verdict(p proposal, c call, p_viewer uuid) returns jsonb language sql stable as $$
  select case when not c.parameters ? 'once' then '[]'::jsonb
    when p_viewer is not null and p.phase not in ('preparing', 'submitted', 'screening') and not (p.phase = 'decided' and p.advised_at is null
      and not exists (select 1 from app.announcement_of(p.id))) then '[]'::jsonb
    when not app.has_applicant(p, c) then case when p_viewer is null
      then '[{"condition": "once", "verdict": "cannot-be-judged", "missing": [], "others": []}]'::jsonb else '[]'::jsonb end
    else (select jsonb_build_array(jsonb_build_object('condition', 'once', 'missing', '[]'::jsonb, 'others', to_jsonb(s.numbers), 'verdict',
        case when cardinality(s.numbers) <= (c.parameters #>> '{once,most}')::int then 'met' else 'not-met' end))
      from (select coalesce(case when p_viewer is null then p.stood_before end, app.standing_before(p, c, p_viewer)) as numbers offset 0) s) end
$$;

-- Whether the once-rule is all that stands against a proposal: only then a decision says so, because it tells of another proposal.
create function app.only_once(p proposal, c call) returns boolean language sql stable as $$
  select coalesce(p.eligible, true) and app.once_verdict(p, c, null) @> '[{"verdict": "not-met"}]'
$$;

-- Whether a proposal meets every condition; null: nothing refuses, and not everything can be judged yet.
create function app.eligible(p proposal, c call, p_viewer uuid) returns boolean language sql stable as $$
  select case when app.once_verdict(p, c, p_viewer) @> '[{"verdict": "not-met"}]' then false else p.eligible end
$$;

-- What was judged stays as it was judged: a letter that says why must not change when another proposal is withdrawn a year later.
create function app.keep_standing() returns trigger language plpgsql as $$
declare the_call call;
begin
  if new.phase in ('preparing', 'submitted', 'screening') then new.stood_before := null; return new; end if;
  if old.phase not in ('submitted', 'screening') then return new; end if;
  select * into the_call from call where id = new.call_id;
  -- who was admitted stands behind nobody: people looked at what counts
  if the_call.parameters ? 'once' then
    new.stood_before := case when new.phase = 'in-review' then '{}' else app.standing_before(new, the_call, null) end;
  end if;
  return new;
end $$;
create trigger keep_standing before update of phase on proposal for each row when (old.phase is distinct from new.phase) execute function app.keep_standing();

create or replace function app.open_proposal(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
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
      'proposal', jsonb_build_object('complete', p.complete, 'repairable', p.repairable, 'heard', p.heard_at is not null),
      -- the last moment of the term for a completion, while it runs: what follows counts from that day (Awb 4:5 lid 4)
      'completion', (select jsonb_build_object('endsAt', app.iso(t.due_at - interval '1 second')) from term t
        where t.subject_id = p.id and t.name = 'completion' and t.state = 'running'),
      'reserve', case when p.phase = 'decided' then app.reserve_facts(p) end,
      'eligibility', jsonb_build_object('met', app.eligible(p, c, case when app.applies(p, p_actor) then p_actor end),
        'onlyOnce', coalesce(p.eligible, false) and app.only_once(p, c)),
      'call', app.call_facts(c) || jsonb_build_object('availableCents',
        (select total_cents - awarded_cents from ceiling where call_id = c.id)),
      'regulation', jsonb_build_object('decisionTerm', c.parameters ->> 'decisionTerm',
        'decisionTermSource', c.parameters ->> 'decisionTermSource', 'completionTerm', c.parameters ->> 'completionTerm',
        'completionTermSource', c.parameters ->> 'completionTermSource'),
      'reviews', (select jsonb_build_object('submitted', count(*) filter (where r.phase = 'submitted'),
        'open', count(*) filter (where r.phase in ('preparing', 'in-review'))) from review r where r.proposal_id = p.id),
      'committee', jsonb_build_object('quorum', (c.parameters ->> 'quorum')::int, 'unconflicted', app.unconflicted_members(p)),
      'decision', coalesce((select jsonb_build_object('prepared', true, 'preparedBy', d.prepared_by, 'outcome', d.outcome, 'ground', coalesce(d.ground, ''),
          'amountCents', d.amount_cents, 'deviationReason', d.deviation_reason, 'restsOnOthersFacts', d.rests_on_others_facts,
          -- who gave the advice that it follows or not; nobody on intake
          'advisedBy', coalesce((select a.given_by::text from advice a where a.proposal_id = p.id order by a.given_at desc limit 1), ''),
          'followsAdvice', coalesce((select a.outcome = d.outcome and a.amount_cents is not distinct from d.amount_cents from advice a
            where a.proposal_id = p.id order by a.given_at desc limit 1), true))
        from decision_draft d where d.proposal_id = p.id), '{"prepared": false}')),
    'context', jsonb_build_object('call', c.id, 'number', p.number, 'title', p.title, 'organisation', p.organisation,
      'regime', c.parameters ->> 'regime', 'contentHash', p.content_hash, 'submittedAt', app.iso(p.submitted_at),
      'requestedCents', p.content #> '{budget,requestedCents}', 'minimumCents', p.content #> '{budget,minimumCents}',
      'callName', jsonb_build_object('nl', c.name_nl, 'en', c.name_en), 'regionName', jsonb_build_object('nl', g.name_nl, 'en', g.name_en),
      'lead', (select jsonb_build_object('key', l.id, 'name', l.name, 'address', l.email, 'language', l.language)
        from person l where l.id = p.lead_applicant and l.disabled_at is null)))
    from proposal p join call c on c.id = p.call_id join region g on g.code = p.region where p.id = p_id);
end $$;
