/** A proposal in the order of its ranking. */
export interface LineEntry {
  readonly id: string;
  readonly meetsThreshold: boolean;
  /** What it would get, in cents. */
  readonly cents: number;
}

/** At the first that does not fit: `stop` ends there, `skip` goes on with the ones that do. */
export type Shortage = 'stop' | 'skip';

export interface LineVerdict {
  readonly id: string;
  readonly cents: number;
  /** Why there is no money; null: it is granted. */
  readonly ground: 'threshold' | 'ceiling' | null;
}

/** Gives money out from the top of a ranking until it is gone (onderlinge afweging: Kaderregeling subsidies OCW, SZW en VWS, art. 2.3). */
export function drawLine(
  entries: readonly LineEntry[],
  ceilingCents: number,
  shortage: Shortage,
): readonly LineVerdict[] {
  let [left, isStopped] = [ceilingCents, false];
  return entries.map(({ id, meetsThreshold, cents }): LineVerdict => {
    if (!meetsThreshold) return { id, cents, ground: 'threshold' };
    if (isStopped || cents > left) {
      isStopped = isStopped || shortage === 'stop';
      return { id, cents, ground: 'ceiling' };
    }
    left -= cents;
    return { id, cents, ground: null };
  });
}
