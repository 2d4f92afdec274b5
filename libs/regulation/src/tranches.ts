import type { Transaction } from '#lib/database';
import { DomainError } from '#lib/kernel';
import type { RegulationFile } from './regulation-file.js';

/** Every tranche of the regulation has its call. Withdraw one of them, or adopt a regulation with more. */
export class NoTrancheLeft extends DomainError {
  readonly code = 'no-tranche-left';
  constructor(tranches: number) {
    super('Every tranche of this regulation has its call.', { tranches });
  }
}

/** Which of the tranches of its regulation a call is: each has the ceiling of one. */
export interface Tranche {
  readonly number: number;
  readonly of: number;
}

/** Calls of one regulation follow each other, so that two are never the same tranche. */
const LOCK = { name: 'lock-tranches', text: `select pg_advisory_xact_lock(hashtext('tranches'), hashtext($1))` };
const TAKEN = {
  name: 'tranches-taken',
  text: `select (parameters #>> '{tranche,number}')::int as number from call where regulation_id = $1 and phase <> 'ended'`,
};

/** The next tranche of a regulation; null where it has none. Throws NoTrancheLeft. */
export async function nextTranche(
  tx: Transaction,
  regulationId: string,
  { distribution: { tranches } }: RegulationFile,
): Promise<Tranche | null> {
  if (tranches === undefined) return null;
  await tx.query(LOCK, [regulationId]);
  const taken = await tx.query<{ number: number | null }>(TAKEN, [regulationId]);
  if (taken.length >= tranches) throw new NoTrancheLeft(tranches);
  const free = Array.from({ length: tranches }, (_, i) => i + 1).find(
    (one) => !taken.some(({ number }) => number === one),
  );
  return { number: free ?? taken.length + 1, of: tranches };
}
