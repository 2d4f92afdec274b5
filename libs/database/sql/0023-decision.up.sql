-- Completing, hearing and deciding as the Awb has it: what may still be repaired, what an applicant said before a refusal (4:7-4:12), not
-- processing as a decision (4:5), and places on the reserve list.
alter table proposal add column repairable boolean not null default false;
comment on column proposal.repairable is 'Whether an open answer may still be repaired after the closing of a tender.';
alter table proposal add column hearing_about text;
alter table proposal add column hearing_view text;

alter table decision_draft drop constraint decision_draft_outcome_check, drop constraint decision_draft_ground_check,
  drop constraint decision_draft_check, drop constraint decision_draft_check1;
alter table decision_draft
  add constraint known_outcome check (outcome in ('grant', 'refuse', 'not-process')),
  add constraint known_ground check (ground in ('condition', 'threshold', 'ceiling', 'late', 'incomplete')),
  add constraint only_an_award_has_an_amount check ((outcome = 'grant') = (amount_cents is not null)),
  add constraint no_award_has_a_ground check ((outcome = 'grant') = (ground is null)),
  add constraint not_processed_is_incomplete check ((outcome = 'not-process') = (ground is not distinct from 'incomplete'));

-- A decision that does not wait for the announcement of its call tells its own day: not processing, and what is decided afterwards.
alter table decision add column announced_at timestamptz;
alter table decision add column objection_last_day date;
alter table decision add column objection_because jsonb;
alter table decision add column reserve_place integer check (reserve_place > 0);
alter table decision
  add constraint announced_has_a_last_day check ((announced_at is null) = (objection_last_day is null)),
  add constraint reserve_is_a_refusal_for_money check (reserve_place is null or (outcome = 'refused' and ground = 'ceiling'));
-- Never given twice, also not after a promotion.
create unique index decision_reserve on decision (call_id, reserve_place) where reserve_place is not null;

-- By the rules that the call froze.
create function app.allows_partial_awards(c call) returns boolean language sql stable as $$
  select coalesce((f.content #>> '{regulation,distribution,partialAwards}')::boolean, false) from frozen_pack f where f.hash = c.rules_hash
$$;

-- The place of a refused proposal on the reserve list, and how many before it still wait whose amount fits in what is left.
create function app.reserve_facts(p proposal) returns jsonb language sql stable as $$
  select jsonb_build_object('place', d.reserve_place, 'ahead', (
    select count(*) from decision o join proposal w on w.id = o.proposal_id join call c on c.id = o.call_id join ceiling l on l.call_id = o.call_id
    where o.call_id = p.call_id and o.undone_at is null and o.reserve_place < d.reserve_place
      and (case when app.allows_partial_awards(c) then coalesce((w.content #>> '{budget,minimumCents}')::bigint, 1)
        else (w.content #>> '{budget,requestedCents}')::bigint end) <= l.total_cents - l.awarded_cents))
  from decision d where d.proposal_id = p.id and d.undone_at is null and d.reserve_place is not null
$$;

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
      'requestedCents', p.content #> '{budget,requestedCents}', 'minimumCents', p.content #> '{budget,minimumCents}',
      'callName', jsonb_build_object('nl', c.name_nl, 'en', c.name_en), 'regionName', jsonb_build_object('nl', g.name_nl, 'en', g.name_en),
      'lead', (select jsonb_build_object('key', l.id, 'name', l.name, 'address', l.email, 'language', l.language)
        from person l where l.id = p.lead_applicant and l.disabled_at is null)))
    from proposal p join call c on c.id = p.call_id join region g on g.code = p.region where p.id = p_id);
end $$;
