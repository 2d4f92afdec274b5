import { appliesTo, scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant, Text } from '#lib/kernel';
import type { MissingPoint } from './answer-check.js';

/** An early check as its applicant sees it. */
export interface OwnCheck {
  readonly id: string;
  readonly askedAt: Instant;
  readonly answerBy: CalendarDate;
  readonly parts: readonly string[];
  /** Null until there is an answer; an empty list says that nothing is missing. */
  readonly missing: readonly MissingPoint[] | null;
  readonly note: string;
  readonly answeredAt: Instant | null;
}

/** An early check as the secretary sees it: what was asked, what the form says is missing, and the parts that were let see. */
export interface CheckToAnswer {
  readonly id: string;
  readonly number: string;
  readonly askedAt: Instant;
  readonly answerBy: CalendarDate;
  readonly parts: readonly string[];
  readonly content: Readonly<Record<string, unknown>>;
  readonly gaps: {
    readonly asked: readonly string[];
    /** Of these, what holds an answer. */
    readonly given: readonly string[];
    readonly faults: readonly { readonly path: string; readonly message: Text }[];
  };
  readonly answeredAt: Instant | null;
}

const OWN = {
  name: 'own-completeness-checks',
  text: `select k.id, k.asked_at as "askedAt", k.answer_by::text as "answerBy", k.parts, k.missing, k.note, k.answered_at as "answeredAt"
    from completeness_check k join proposal p on p.id = k.proposal_id
    where k.proposal_id = $1 and ${appliesTo('p')} and ${scopeOf('proposal', 'p')} order by k.asked_at desc limit 20`,
};
/** A draft that was submitted meanwhile is checked as a proposal, so its early check is over. */
const OPEN = (
  more: string,
): string => `select k.id, p.number, k.asked_at as "askedAt", k.answer_by::text as "answerBy", k.parts, k.content, k.gaps,
    k.answered_at as "answeredAt" from completeness_check k join proposal p on p.id = k.proposal_id
  where k.call_id = $1 and p.phase = 'preparing' and k.answered_at is null and app.staff_roles(k.region, app.actor()) ? 'secretary' ${more}`;
const OF_CALL = { name: 'open-completeness-checks', text: OPEN('order by k.answer_by, k.asked_at limit 200') };
const ONE = { name: 'completeness-check-of-call', text: OPEN('and k.id = $2') };

/** The viewer's own, newest first. */
export async function listOwnChecks(tx: Transaction, proposalId: string): Promise<readonly OwnCheck[]> {
  return tx.query<OwnCheck>(OWN, [proposalId]);
}

/** For the secretary of the region, soonest first; empty for others. */
export async function listChecks(tx: Transaction, callId: string): Promise<readonly CheckToAnswer[]> {
  return tx.query<CheckToAnswer>(OF_CALL, [callId]);
}

/** Null when it is answered, over, or not for this viewer. */
export async function readCheck(tx: Transaction, callId: string, id: string): Promise<CheckToAnswer | null> {
  const [check] = await tx.query<CheckToAnswer>(ONE, [callId, id]);
  return check ?? null;
}
