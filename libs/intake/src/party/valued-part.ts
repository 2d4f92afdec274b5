import { DomainError, formatCents, type Text } from '#lib/kernel';
import type { Part } from './party.js';

/** Hours of who takes part count at the rate of the regulation: goods make the value higher, never lower. */
export class HoursAreWorthMore extends DomainError {
  readonly code = 'hours-are-worth-more';
  constructor(hours: number, rateCents: number) {
    super('The value lies below that of the hours at the rate of the regulation.', {
      hours,
      rate: inWords(rateCents),
      least: inWords(hours * rateCents),
    });
  }
}

/**
 * A part with its hours valued: what is left empty is the hours at the rate of the regulation. Where the regulation has no rate, or there are
 * no hours, it stays as it was written. Throws HoursAreWorthMore.
 */
export function valuedPart(part: Part, rateCents: number | undefined): Part {
  const { hours, inKindCents } = part;
  if (rateCents === undefined || hours === null) return part;
  const worth = hours * rateCents;
  if (inKindCents !== null && inKindCents < worth) throw new HoursAreWorthMore(hours, rateCents);
  return { ...part, inKindCents: inKindCents ?? worth };
}

function inWords(cents: number): Text {
  return { nl: formatCents(BigInt(cents), 'nl'), en: formatCents(BigInt(cents), 'en') };
}
