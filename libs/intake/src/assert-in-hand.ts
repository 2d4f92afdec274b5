import { appliesTo, writes } from '#lib/access';
import type { Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { DomainError, type Instant, type Text } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import type { StateDefinition } from '#lib/workflow';
import { INFECTED } from './attachment/attachment.js';
import { STANDINGS, type Standing } from './party/taking-part.js';

/** Nobody can change it where it stands now: it was submitted, or it is over. `state` is what its applicant reads there. */
export class ProposalNotInYourHands extends DomainError {
  readonly code = 'proposal-not-in-your-hands';
  constructor(number: string, state: Text) {
    super('This proposal cannot be changed where it stands now.', { number, state });
  }
}

export interface InHand {
  readonly number: string;
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly phase: string;
  readonly completionAskedFor: unknown;
  /** From then on no new substance is taken: the end of a tender with its hidden grace; null where nobody is compared. */
  readonly substanceUntil: Instant | null;
  /** Files in which a virus was found, by id. */
  readonly infected: readonly string[];
  readonly parties: readonly Standing[];
  readonly revision: number;
  readonly rulesHash: string;
}

const SUBSTANCE_UNTIL = `case when not app.in_order_of_arrival(c) then (app.moments_of(c)).ends_at end`;
const lock = (name: string, who: string): { readonly name: string; readonly text: string } => ({
  name,
  text: `select p.number, p.title, p.content, p.state, p.phase, p.workflow, p.revision, c.rules_hash as "rulesHash",
      p.completion_asked_for as "completionAskedFor", ${INFECTED} as infected, ${STANDINGS} as parties,
      app.iso(${SUBSTANCE_UNTIL}) as "substanceUntil"
    from proposal p join call c on c.id = p.call_id where p.id = $1 and ${who} for update of p`,
});
const APPLICANTS = lock('lock-own-proposal', appliesTo('p'));
const WRITERS = lock('lock-written-proposal', writes('p'));

const TAKES = {
  name: 'takes-substance',
  text: `select coalesce($2 < ${SUBSTANCE_UNTIL}, true) as takes from proposal p join call c on c.id = p.call_id where p.id = $1`,
};

/** Whether new substance would be taken at this moment, by the moment that nobody is told: for what a page lets somebody do, never for its words. */
export async function takesSubstance(tx: Transaction, id: string, at: Instant): Promise<boolean> {
  const [found] = await tx.query<{ takes: boolean }>(TAKES, [id, at]);
  return found?.takes === true;
}

/** Locks a proposal that the actor applies with, while it waits for the applicant. Throws SubjectNotFound, ProposalNotInYourHands. */
export async function lockInHand(tx: Transaction, frozen: FrozenRules, id: string): Promise<InHand> {
  return lockWith(APPLICANTS, { tx, frozen, id });
}

/** As `lockInHand`, also for a colleague who writes along: for the answers and their files. */
export async function lockToWrite(tx: Transaction, frozen: FrozenRules, id: string): Promise<InHand> {
  return lockWith(WRITERS, { tx, frozen, id });
}

async function lockWith(
  statement: ReturnType<typeof lock>,
  { tx, frozen, id }: { readonly tx: Transaction; readonly frozen: FrozenRules; readonly id: string },
): Promise<InHand> {
  const [found] = await tx.query<InHand & { state: string; workflow: string }>(statement, [id]);
  if (found === undefined) throw new SubjectNotFound('proposal', id);
  const { definition } = await frozen.workflow(found.rulesHash, found.workflow);
  const state = definition.states[found.state];
  if (state === undefined || !takesAnswers(state)) throw new ProposalNotInYourHands(found.number, toldState(state));
  return found;
}

const UNKNOWN: Text = { nl: '–', en: '–' };

function toldState(state: StateDefinition | undefined): Text {
  return state?.public ?? state?.label ?? UNKNOWN;
}

/** Whether who applies can hand in answers in this state: a draft or a completion, not a hearing. */
export function takesAnswers({ actions = {} }: StateDefinition): boolean {
  return Object.values(actions).some(
    ({ by, then = [] }) => by.includes('lead-applicant') && then.includes('freeze-answers'),
  );
}
