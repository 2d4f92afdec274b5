import type { CalculatorTools, Fraction } from '#lib/kernel';
import type { Refusal } from './allocation-answer.js';
import { EqualShares, type Shares } from './equal-shares.js';
import type { Entry, FundingProblem } from './funding-problem.js';
import { Purse } from './purse.js';
import { belowMinimum } from './refusals.js';
import { step } from './tools.js';

export interface ProRata {
  /** By entry; 0 is no award. */
  readonly amounts: readonly number[];
  /** Those whose share is below what they can work with. */
  readonly refused: readonly Refusal[];
}

/** A share this near a whole number of units (relatively) is judged in exact fractions. */
const NEAR = 1e-9;

/**
 * Each gets the same share of what it asked, in whole units (`equal-shares.ts`). Of those below their minimum the worst ranked is refused,
 * and all is computed again. Who finds a count maximum full, going down the ranking, does not take part.
 */
export function proRata(problem: FundingProblem, tools: CalculatorTools): ProRata {
  const { entries } = problem;
  const shares = new EqualShares(problem);
  const isRefused = new Set<number>();
  const refused: Refusal[] = [];
  const countsPlaces = problem.quotas.some(({ measure, max }) => measure === 'count' && max !== undefined);
  let members = takingPart(problem, isRefused);
  for (;;) {
    step(tools, isRefused.size, entries.length);
    const among = shares.among(members);
    const worst = worstBelow(problem, members, among);
    if (worst === null) {
      const amounts = wholeUnits(problem, members, among);
      return { amounts: entries.map((_, i) => amounts.get(i) ?? 0), refused };
    }
    const { id, minimum } = entries[worst.member] as Entry;
    refused.push(belowMinimum(id, worst.amount, minimum));
    isRefused.add(worst.member);
    // Only who frees a place under a count maximum lets another in.
    members = countsPlaces ? takingPart(problem, isRefused) : members.filter((member) => member !== worst.member);
  }
}

/** Positions of the entries that share, best first. */
function takingPart(problem: FundingProblem, isRefused: ReadonlySet<number>): readonly number[] {
  const places = problem.quotas.map(({ measure, max }) => (measure === 'count' ? (max ?? Infinity) : Infinity));
  const members: number[] = [];
  problem.entries.forEach(({ quotas }, i) => {
    if (isRefused.has(i) || quotas.some((q) => places[q] === 0)) return;
    for (const q of quotas) places[q] = (places[q] ?? 0) - 1;
    members.push(i);
  });
  return members;
}

interface Below {
  readonly member: number;
  readonly amount: number;
}

/** The worst ranked of those below their minimum; whole units are computed only when a share is too near to call. */
function worstBelow(problem: FundingProblem, members: readonly number[], shares: Shares): Below | null {
  const about = shares.levels.map((level) => Number(level.toDecimal(40)));
  let exact: ReadonlyMap<number, number> | null = null;
  for (let k = members.length - 1; k >= 0; k--) {
    const member = members[k] as number;
    const { requested, minimum } = problem.entries[member] as Entry;
    const level = shares.levelOf[k] ?? 0;
    const amount = requested * (about[level] ?? 0);
    if (amount >= minimum * (1 + NEAR)) continue;
    if (amount < (minimum - 1) * (1 - NEAR))
      return { member, amount: divided(requested, shares.levels[level] as Fraction).amount };
    exact ??= wholeUnits(problem, members, shares);
    const paid = exact.get(member) ?? 0;
    if (paid < minimum) return { member, amount: paid };
  }
  return null;
}

/** The shares rounded down; what is left goes out one unit each by the largest fraction, then by rank, within money and maximums. */
function wholeUnits(problem: FundingProblem, members: readonly number[], shares: Shares): ReadonlyMap<number, number> {
  const purse = new Purse(problem);
  const amounts = new Map<number, number>();
  const parts = members.map((member, k) => {
    const entry = problem.entries[member] as Entry;
    const { amount, rest, of } = divided(entry.requested, shares.levels[shares.levelOf[k] ?? 0] as Fraction);
    amounts.set(member, amount);
    purse.pay(entry, amount);
    return { member, entry, rest, of };
  });
  parts.sort((a, b) => compare(b.rest * a.of, a.rest * b.of) || a.member - b.member);
  for (const { member, entry, rest } of parts) {
    if (rest === 0n || purse.moreFor(entry) < 1) continue;
    amounts.set(member, (amounts.get(member) ?? 0) + 1);
    purse.raise(entry, 1);
  }
  return amounts;
}

function divided(
  requested: number,
  { numerator, denominator }: Fraction,
): { amount: number; rest: bigint; of: bigint } {
  const product = BigInt(requested) * numerator;
  return { amount: Number(product / denominator), rest: product % denominator, of: denominator };
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
