import { createHmac } from 'node:crypto';
import { DomainError, sha256 } from '#lib/kernel';

/** Lots are drawn among ids that differ. */
export class LotTwice extends DomainError {
  readonly code = 'lot-twice';
  constructor(ids: readonly string[]) {
    super('An id takes part twice.', { ids });
  }
}

export interface Lot {
  readonly id: string;
  /** HMAC-SHA256 of the id under the seed, hex. */
  readonly ticket: string;
}

/** Lots that anybody with the seed draws the same way. */
export interface DrawnLots {
  /** SHA-256 of the seed, hex. */
  readonly commitment: string;
  /** First drawn first: by ascending ticket. */
  readonly order: readonly Lot[];
}

/**
 * Draws lots (contract `draw`): the tickets decide, and the order in which the ids are given does not matter. An outsider recomputes a
 * ticket with `printf %s ID | openssl dgst -sha256 -hmac SEED`. Throws LotTwice.
 */
export function drawLots(seed: string, ids: readonly string[]): DrawnLots {
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length > 0) throw new LotTwice(twice);
  const order = ids.map((id) => ({ id, ticket: createHmac('sha256', seed).update(id, 'utf8').digest('hex') }));
  order.sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
  return { commitment: sha256(seed), order };
}

/** The seed of a draw that was committed to: the secret was fixed before the public value existed. */
export function seedOf(secret: string, publicValue: string): string {
  return `${secret}:${publicValue}`;
}
