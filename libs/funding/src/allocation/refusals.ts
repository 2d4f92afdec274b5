import { Fraction, type Text } from '#lib/kernel';
import type { Refusal } from './allocation-answer.js';
import type { Id, RankedRequest } from './allocation-input.js';

/** Not eligible when `own < share x (requested + own)`, in exact fractions; null when it is eligible. */
export function coFinancingRefusal({ id, requested, own }: RankedRequest, share: Fraction): Refusal | null {
  const [brought, costs] = [Fraction.of(BigInt(own)), Fraction.of(BigInt(requested) + BigInt(own))];
  if (brought.compare(share.times(costs)) >= 0) return null;
  return { id, reason: 'co-financing', sentence: tooLittleOwn({ requested, own }, share) };
}

function tooLittleOwn({ requested, own }: Pick<RankedRequest, 'requested' | 'own'>, share: Fraction): Text {
  const asked = share.denominator === 1n ? '1' : share.toString();
  const rest = Fraction.of(1n).subtract(share);
  const isReachable = rest.compare(Fraction.ZERO) > 0;
  const needed = isReachable ? ceiling(share.over(rest).times(Fraction.of(BigInt(requested)))) : null;
  return {
    nl: `De eigen bijdrage is ${own} van ${own + requested}; gevraagd is ten minste ${asked} van de kosten${needed === null ? '' : `, hier ${needed}`}.`,
    en: `The own contribution is ${own} of ${own + requested}; at least ${asked} of the costs is asked${needed === null ? '' : `, here ${needed}`}.`,
  };
}

/** Pro rata would give it less than it can work with. */
export function belowMinimum(id: Id, share: number, minimum: number): Refusal {
  return {
    id,
    reason: 'below-minimum',
    sentence: {
      nl: `Het evenredige deel is ${share}, minder dan het minimaal werkbare bedrag van ${minimum}.`,
      en: `The proportional share is ${share}, less than the minimum workable amount of ${minimum}.`,
    },
  };
}

function ceiling(fraction: Fraction): string {
  const floor = fraction.floor();
  return (fraction.compare(Fraction.of(floor)) > 0 ? floor + 1n : floor).toString();
}
