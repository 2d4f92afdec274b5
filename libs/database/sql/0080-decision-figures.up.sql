-- Who advised is written down with the advice (Awb 3:8): who has a seat later, or no seat any more, advised no less or more for it.
alter table advice add column members jsonb;

-- Names of the members who advise on a proposal now, the chair first: with a seat, without an interest, and on no applicant's side.
create function app.advisers_of(p proposal) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(jsonb_agg(m.name order by s.is_chair desc, m.name), '[]') from seat s join person m on m.id = s.person_id
    where s.call_id = p.call_id and s.ended_at is null and s.person_id <> p.lead_applicant
      and not exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = s.person_id)
      and not p.id = any (app.bound_proposals(s.person_id)));
end $$;
revoke all on function app.advisers_of from public;
grant execute on function app.advisers_of to regioloket_app, regioloket_worker;

-- What is known of an advice given before this: the seats of its moment.
alter table advice disable trigger stays_as_issued;
update advice v set members = (select coalesce(jsonb_agg(m.name order by s.is_chair desc, m.name), '[]')
  from proposal p join seat s on s.call_id = p.call_id join person m on m.id = s.person_id
  where p.id = v.proposal_id and s.created_at <= v.given_at and (s.ended_at is null or s.ended_at > v.given_at) and s.person_id <> p.lead_applicant
    and not exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = s.person_id));
alter table advice enable trigger stays_as_issued;
alter table advice alter column members set not null;

-- The decisions in force of a call in figures, with what each rests on: all of them, or that on one proposal. A letter is made of these alone. What
-- became of others (`line`) is known with the announcement of the call; who prepares it (`p_shows_line`) sees it before.
create function app.decision_figures(p_call uuid, p_proposal uuid, p_shows_line boolean)
returns table (decision uuid, proposal uuid, figures jsonb, inputs jsonb) language sql stable as $$
  with newest as materialized (select id, result_hash from ranking where call_id = p_call order by made_at desc limit 1),
  size as materialized (select count(*) as n from ranking_entry e join newest r on r.id = e.ranking_id),
  line as materialized (select e.position, e.total_exact from ranking_entry e join newest r on r.id = e.ranking_id
    join decision o on o.proposal_id = e.proposal_id and o.undone_at is null and o.outcome = 'granted'
    where p_shows_line or exists (select 1 from announcement n where n.call_id = p_call and n.decision_id is null)
    order by e.position desc limit 1)
  select d.id, p.id, jsonb_build_object(
      'number', p.number, 'title', p.title, 'organisation', p.organisation, 'applicant', l.name, 'language', l.language,
      'call', jsonb_build_object('number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en)),
      'outcome', d.outcome, 'ground', d.ground, 'amountCents', d.amount_cents, 'reasons', d.reasons, 'deviationReason', d.deviation_reason,
      'decidedAt', app.iso(d.decided_at), 'announcedAt', app.iso(a.announced_at), 'objectionLastDay', a.objection_last_day,
      'objectionBecause', a.objection_because, 'reservePlace', d.reserve_place, 'regime', c.parameters ->> 'regime',
      'score', case when p.total_exact is not null then jsonb_build_object('total', p.total_exact, 'criteria', p.criteria_exact) end,
      'rank', case when e.proposal_id is not null then jsonb_build_object('position', e.position, 'of', (select n from size),
        'wasPassed', case when p_proposal is null then coalesce((select n.position >= e.position from line n), false) else app.was_passed(e) end) end,
      'advice', case when v.id is not null then jsonb_build_object('outcome', v.outcome, 'amountCents', v.amount_cents, 'reasons', v.reasons,
        'members', v.members) end,
      'line', (select jsonb_build_object('position', n.position, 'total', n.total_exact) from line n),
      'arrival', arrival.told,
      'requestedCents', (p.content #>> '{budget,requestedCents}')::bigint, 'totalCents', (p.content #>> '{budget,totalCents}')::bigint,
      'minimumCents', (p.content #>> '{budget,minimumCents}')::bigint, 'receivedAt', app.iso(p.received_at),
      'askedFor', case when d.outcome = 'not-processed' then p.completion_asked_for end,
      'isPromotion', exists (select 1 from decision b where b.proposal_id = p.id and b.reserve_place is not null and b.undone_at is not null),
      'closesAt', app.iso((app.moments_of(c)).closes_at),
      'unmet', case when d.ground is distinct from 'condition' then '[]' when app.only_once(p, c) then '["once"]'
        else (select coalesce(jsonb_agg(u ->> 'condition'), '[]') from jsonb_array_elements(p.eligibility) u where u ->> 'verdict' = 'not-met') end),
    jsonb_build_object('decision', d.id, 'transition', d.transition_id, 'advice', v.id, 'contentHash', p.content_hash,
      'ranking', (select jsonb_build_object('id', r.id, 'hash', r.result_hash) from newest r), 'rulesHash', c.rules_hash, 'textsHash', c.texts_hash)
  from decision d join proposal p on p.id = d.proposal_id join call c on c.id = d.call_id join person l on l.id = p.lead_applicant
    left join lateral app.announcement_of(p.id) a on true
    left join ranking_entry e on e.proposal_id = p.id and e.ranking_id = (select id from newest)
    left join lateral (select x.* from advice x where x.proposal_id = p.id order by x.given_at desc limit 1) v on true
    -- Who stood before it, without names: on an earlier day, or drawn before it on the same day; what they got is public once it was announced.
    left join lateral (
      select jsonb_build_object('day', app.arrival_day(p.arrived_at), 'lot', k.place, 'place', jsonb_array_length(b.rows) + 1, 'before', b.rows) as told
      from (select 1) one left join lots_entry k on k.proposal_id = p.id cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('day', app.arrival_day(o.arrived_at), 'lot', ok.place, 'awardedCents', n.amount)
            order by app.arrival_day(o.arrived_at), ok.place, o.arrived_at), '[]') as rows
          from proposal o left join lots_entry ok on ok.proposal_id = o.id left join lateral (
            select od.amount_cents as amount from decision od join announcement oe on oe.decision_id = od.id
              where od.proposal_id = o.id and od.undone_at is null) n on true
          where o.call_id = p.call_id and o.id <> p.id and o.arrived_at is not null and (o.phase <> 'ended' or o.outcome = 'granted') and (
            app.arrival_day(o.arrived_at) < app.arrival_day(p.arrived_at)
            or app.arrival_day(o.arrived_at) = app.arrival_day(p.arrived_at) and ok.place < k.place)) b
      where p.arrived_at is not null) arrival on true
  where d.call_id = p_call and d.undone_at is null and (p_proposal is null or p.id = p_proposal)
$$;

-- Documents of what was announced before this: as it stands on this day.
select app.issue_document('decision', f.decision, a.call_id, f.proposal, a.announced_at, f.figures, f.inputs || '{"issuedLater": true}')
  from announcement a cross join lateral app.decision_figures(a.call_id, (select proposal_id from decision where id = a.decision_id), false) f
  where not exists (select 1 from document t where t.kind = 'decision' and t.source_id = f.decision)
  and (a.decision_id is null and not exists (select 1 from announcement own where own.decision_id = f.decision) or a.decision_id = f.decision);
