import type { Invariant } from '#lib/engine';

/** What must hold of a round at every moment. */
export const ROUND_INVARIANTS: readonly Invariant[] = [
  {
    code: 'awards-fit-the-ceiling',
    rule: 'The awards of a call that nobody waived add up to what its ledger says, and to no more than its ceiling.',
    sql: `select c.region, c.call_id as id from ceiling c where c.awarded_cents <> coalesce((select sum(d.amount_cents) from decision d
      where d.call_id = c.call_id and d.undone_at is null and d.waived_at is null), 0) or c.awarded_cents > c.total_cents`,
  },
  {
    code: 'granted-has-a-decision',
    rule: 'A decided proposal has one decision in force with the same outcome and amount.',
    sql: `select p.region, p.id from proposal p left join decision d on d.proposal_id = p.id and d.undone_at is null
      where p.phase = 'decided' and (d.id is null or d.outcome <> p.outcome or d.amount_cents is distinct from p.amount_cents)`,
  },
  {
    code: 'waived-keeps-its-decision',
    rule: 'What was granted and is over was waived: its announced decision stays in force, with the same outcome and amount.',
    sql: `select p.region, p.id from proposal p left join decision d on d.proposal_id = p.id and d.undone_at is null
      where (p.phase = 'ended' and p.outcome = 'granted') <> coalesce(d.waived_at is not null and d.outcome = 'granted', false)
        or d.waived_at is not null and (p.phase <> 'ended' or p.outcome is distinct from d.outcome
          or p.amount_cents is distinct from d.amount_cents or not exists (select 1 from app.announcement_of(p.id)))`,
  },
  {
    code: 'announced-decision-stays',
    rule: 'A decision that was announced is undone only by a newer one that takes its place.',
    sql: `select d.region, d.id from decision d where d.undone_at is not null
      and exists (select 1 from announcement a where a.call_id = d.call_id and coalesce(a.decision_id, d.id) = d.id
        and a.announced_at <= d.undone_at)
      and not exists (select 1 from decision n where n.proposal_id = d.proposal_id and n.id <> d.id and n.decided_at >= d.undone_at)`,
  },
  {
    code: 'not-processed-has-a-decision',
    rule: 'What is not processed has a decision that says so, with a last day to object.',
    sql: `select p.region, p.id from proposal p left join decision d on d.proposal_id = p.id and d.undone_at is null
      where p.outcome = 'not-processed' and (d.id is null or d.outcome <> 'not-processed'
        or not exists (select 1 from announcement a where a.decision_id = d.id))`,
  },
  {
    code: 'awards-lie-between-minimum-and-request',
    rule: 'No award is below the minimum workable amount or above what was asked for.',
    sql: `select d.region, d.id from decision d join proposal p on p.id = d.proposal_id where d.undone_at is null and d.amount_cents is not null
      and (d.amount_cents < (p.content #>> '{budget,minimumCents}')::bigint or d.amount_cents > (p.content #>> '{budget,requestedCents}')::bigint)`,
  },
  {
    code: 'reserve-follows-the-ranking',
    rule: 'Places on the reserve list of a call run from 1 without a gap.',
    sql: `select min(region) as region, call_id as id from decision where reserve_place is not null group by call_id
      having count(*) <> max(reserve_place)`,
  },
  {
    code: 'announced-decision-is-a-document',
    rule: 'Every decision that was announced is kept as a document.',
    sql: `select d.region, d.id from decision d join announcement a on a.call_id = d.call_id and coalesce(a.decision_id, d.id) = d.id
      where d.undone_at is null and not exists (select 1 from document t where t.kind = 'decision' and t.source_id = d.id)`,
  },
  {
    code: 'document-says-what-was-decided',
    rule: 'A kept decision says the outcome, the amount and the place on the reserve list that its row says.',
    sql: `select d.region, d.id from decision d join document t on t.kind = 'decision' and t.source_id = d.id
      where t.figures ->> 'outcome' <> d.outcome or (t.figures ->> 'amountCents')::bigint is distinct from d.amount_cents
        or (t.figures ->> 'reservePlace')::int is distinct from d.reserve_place`,
  },
  {
    code: 'four-eyes',
    rule: 'Who prepared a decision did not take it.',
    sql: `select region, id from decision where prepared_by = decided_by`,
  },
  {
    code: 'order-of-arrival-announces-each',
    rule: 'Where money is given in order of arrival every decision has its own announcement.',
    sql: `select d.region, d.id from decision d join call c on c.id = d.call_id where app.in_order_of_arrival(c)
      and not exists (select 1 from announcement a where a.decision_id = d.id)`,
  },
  {
    code: 'lots-can-be-recomputed',
    rule: 'The seed of drawn lots is the committed secret with the public value, and every participant has one place.',
    sql: `select l.region, l.id from lots_draw l where l.commitment <> encode(sha256(convert_to(l.secret, 'UTF8')), 'hex')
      or l.drawn_at is not null and (l.seed <> l.secret || ':' || l.public_value
        or l.seed_commitment <> encode(sha256(convert_to(l.seed, 'UTF8')), 'hex')
        or (select array_agg(p.number order by p.number) from lots_entry e join proposal p on p.id = e.proposal_id where e.draw_id = l.id)
          is distinct from (select array_agg(n order by n) from unnest(l.participants) n))`,
  },
  {
    code: 'no-review-with-an-interest',
    rule: 'Nobody holds a review of an own proposal, or of one with an interest that was declared before its decision was told.',
    sql: `select r.region, r.id from review r join proposal p on p.id = r.proposal_id where r.phase in ('preparing', 'in-review', 'submitted')
      and (p.lead_applicant = r.reviewer_id
        or exists (select 1 from interest i where i.proposal_id = r.proposal_id and i.person_id = r.reviewer_id
          and not exists (select 1 from announcement a left join decision d on d.id = a.decision_id
            where a.call_id = p.call_id and (d.id is null or d.proposal_id = p.id) and a.announced_at <= i.declared_at)))`,
  },
  {
    code: 'advice-names-what-it-rests-on',
    rule: 'What was announced on an advice rests on the scores of that advice.',
    sql: `select d.region, d.id from decision d join document t on t.kind = 'decision' and t.source_id = d.id
      join advice v on v.id = (t.inputs ->> 'advice')::uuid join proposal p on p.id = d.proposal_id
      where v.scores_hash is not null and v.scores_hash is distinct from p.scores_hash`,
  },
  {
    code: 'reviewer-has-a-seat',
    rule: 'Every reviewer has a seat in the call.',
    sql: `select r.region, r.id from review r where not exists
      (select 1 from seat s where s.call_id = r.call_id and s.person_id = r.reviewer_id)`,
  },
  {
    code: 'submitted-has-a-receipt',
    rule: 'Every submitted proposal has a receipt of what was received.',
    sql: `select p.region, p.id from proposal p where p.submitted_at is not null and not exists
      (select 1 from receipt r where r.proposal_id = p.id)`,
  },
  {
    code: 'scores-only-on-a-review-begun',
    rule: 'Scores stand on reviews that were accepted.',
    sql: `select s.region, s.review_id as id from review_score s join review r on r.id = s.review_id where r.accepted_at is null`,
  },
];
