import { appliesTo } from '#lib/access';
import type { Transaction } from '#lib/database';
import { SubjectNotFound, type RequestKey } from '#lib/engine';
import type { CalendarDate, Instant } from '#lib/kernel';
import type { Regime } from './objection-term.js';

/** What somebody who applied asks about a decision: who, where, and when it arrived. */
export interface AskedOfDecision {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key: RequestKey;
}

/** An announced decision, with what a mail about it to the actor needs. */
export interface OwnDecision {
  readonly decisionId: string;
  /** Last day to object. */
  readonly lastDay: CalendarDate;
  readonly number: string;
  readonly title: string;
  readonly regime: Regime;
  readonly name: string;
  readonly address: string;
  readonly language: 'nl' | 'en';
  readonly region: { readonly nl: string; readonly en: string };
}

const FIND = {
  name: 'own-decision',
  text: `select d.id as "decisionId", a.objection_last_day::text as "lastDay", p.number, p.title, c.parameters ->> 'regime' as regime,
      l.name, l.email::text as address, l.language, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as region
    from proposal p join decision d on d.proposal_id = p.id and d.undone_at is null join lateral app.announcement_of(p.id) a on true
      join call c on c.id = p.call_id join region g on g.code = p.region join person l on l.id = app.actor()
    where p.id = $1 and ${appliesTo('p')}`,
};

/** The announced decision on a proposal that the actor applies with. Throws SubjectNotFound. */
export async function readOwnDecision(tx: Transaction, proposalId: string): Promise<OwnDecision> {
  const [found] = await tx.query<OwnDecision>(FIND, [proposalId]);
  if (found === undefined) throw new SubjectNotFound('decision', proposalId);
  return found;
}
