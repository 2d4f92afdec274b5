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
      'committee', jsonb_build_object('quorum', (c.parameters ->> 'quorum')::int, 'unconflicted', app.unconflicted_members(p)),
      'decision', coalesce((select jsonb_build_object('prepared', true, 'preparedBy', d.prepared_by, 'outcome', d.outcome,
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

drop trigger keep_standing on proposal;
drop function app.keep_standing();
drop function app.only_once(proposal, call);
drop function app.eligible(proposal, call, uuid);
drop function app.once_verdict(proposal, call, uuid);
drop function app.has_applicant(proposal, call);
drop function app.standing_before(proposal, call, uuid);
drop function app.counts_for_once(proposal, text, uuid);
drop function app.same_applicant(text, text);
alter table proposal drop column stood_before;
