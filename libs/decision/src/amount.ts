import type { MoveContext } from '#lib/engine';
import { proposalContext } from '#lib/intake';
import { DomainError, formatCents, type Text } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { PayloadIsWrong } from '#lib/workflow';

/** Below this the plan cannot be carried out, as its applicant said; refuse instead. */
export class AmountBelowMinimum extends DomainError {
  readonly code = 'amount-below-minimum';
  constructor(minimumCents: number) {
    super('Less than the minimum workable amount cannot be granted.', { minimum: inWords(minimumCents) });
  }
}

/** The regulation of this region grants the whole amount that was asked for, or nothing. */
export class PartialAwardNotAllowed extends DomainError {
  readonly code = 'partial-award-not-allowed';
  constructor(requestedCents: number) {
    super('This regulation allows no partial awards.', { requested: inWords(requestedCents) });
  }
}

/** An award stays within the amount that the committee advised. */
export class AmountAboveAdvice extends DomainError {
  readonly code = 'amount-above-advice';
  constructor(advisedCents: number) {
    super('More than was advised cannot be granted.', { advised: inWords(advisedCents) });
  }
}

/** Between which amounts an award lies, in cents; null: no such bound. */
interface AwardLimits {
  readonly requested: number | null;
  /** The lower of what was asked for and what the regulation allows. */
  readonly most: number | null;
  readonly minimum: number | null;
  readonly advised: number | null;
  readonly allowsPartial: boolean;
}

const ADVISED = {
  name: 'advised-amount',
  text: `select amount_cents::float8 as "amountCents" from advice where proposal_id = $1 order by given_at desc limit 1`,
};

/** What the newest advice says about the amount; null when there is none, or it is to refuse. */
export async function advisedAmount({ tx, subject }: MoveContext): Promise<number | null> {
  const [advice] = await tx.query<{ amountCents: number | null }>(ADVISED, [subject.id]);
  return advice?.amountCents ?? null;
}

export async function limitsOf(
  context: MoveContext,
  frozen: FrozenRules,
  advised: number | null,
): Promise<AwardLimits> {
  const { requestedCents: requested, minimumCents: minimum } = proposalContext(context);
  const { regulation } = await frozen.rules(context.opened.rulesHash);
  const { maximumCents } = regulation.request;
  const most = requested === null ? null : Math.min(requested, maximumCents);
  return { requested, most, minimum, advised, allowsPartial: regulation.distribution.partialAwards };
}

/** The amount as given, else as advised, else the most. Throws what assertAwardable throws. */
export function amountOf({ payload }: MoveContext, limits: AwardLimits): number {
  const given = payload['amountCents'];
  const amount = typeof given === 'number' ? given : (limits.advised ?? limits.most);
  if (amount === null) throw new PayloadIsWrong([{ field: 'amountCents', fault: 'missing' }]);
  assertAwardable(amount, limits);
  return amount;
}

/** Throws PayloadIsWrong, AmountBelowMinimum, PartialAwardNotAllowed, AmountAboveAdvice. */
export function assertAwardable(
  cents: number,
  { requested, most, minimum, advised, allowsPartial }: AwardLimits,
): void {
  if (most !== null && cents > most) throw new PayloadIsWrong([{ field: 'amountCents', fault: 'too-high' }]);
  if (advised !== null && cents > advised) throw new AmountAboveAdvice(advised);
  if (!allowsPartial && most !== null && cents < most) throw new PartialAwardNotAllowed(requested ?? most);
  if (minimum !== null && cents < minimum) throw new AmountBelowMinimum(minimum);
}

function inWords(cents: number): Text {
  return { nl: formatCents(BigInt(cents), 'nl'), en: formatCents(BigInt(cents), 'en') };
}
