import type { Verdict } from './verdict.js';

/** What becomes of a mail after an attempt. */
export interface Fate {
  readonly status: 'sent' | 'new' | 'failed' | 'bounced' | 'uncertain';
  /** Seconds until the next attempt. */
  readonly retrySeconds: number;
  /** Whether the attempt counts: where we or the relay are to blame, it is nobody's. */
  readonly counts: boolean;
  /** Nobody knows whether it left. */
  readonly isInDoubt: boolean;
}

/** How a mail stood when its attempt began; `attempts` counts that one. */
export interface Standing {
  readonly attempts: number;
  /** How often it began to leave and nobody knows whether it did. */
  readonly lost_leases: number;
}

/** Seconds between attempts, longer each time; after the last the mail has failed (together about two days). */
const RETRY_SECONDS: readonly number[] = [60, 300, 900, 3_600, 14_400, 43_200, 86_400];
/** How often a mail may be in doubt before somebody must look (ADR 3). */
const MOST_DOUBTS = 5;
/** A relay that has too many connections has room again soon. */
const BUSY_SECONDS = 5;

export function fateOf(verdict: Verdict | null, standing: Standing): Fate {
  const counted = { retrySeconds: 0, counts: true, isInDoubt: false };
  const spared = { ...counted, status: 'new', counts: false } as const;
  switch (verdict?.blame) {
    case undefined:
      return { ...counted, status: 'sent' };
    case 'recipient':
      return { ...counted, status: 'bounced' };
    case 'mail':
      return { ...counted, status: 'failed' };
    case 'relay':
    case 'stopped':
      return spared;
    case 'busy':
      return { ...spared, retrySeconds: BUSY_SECONDS };
    case 'later':
      return { ...counted, ...again(standing) };
    case 'doubt':
    case 'doubt-stopped':
      return inDoubt(standing, verdict.blame === 'doubt-stopped');
  }
}

function again({ attempts }: Standing): Pick<Fate, 'status' | 'retrySeconds'> {
  const retrySeconds = RETRY_SECONDS[attempts - 1];
  return retrySeconds === undefined ? { status: 'failed', retrySeconds: 0 } : { status: 'new', retrySeconds };
}

/** The final dot was written and no answer came: it may have arrived, so it is tried again less often than one that cannot have (ADR 6). */
function inDoubt({ lost_leases: doubts }: Standing, isStop: boolean): Fate {
  const common = { counts: true, isInDoubt: true };
  if (doubts + 1 >= MOST_DOUBTS) return { ...common, status: 'failed', retrySeconds: 0 };
  return { ...common, status: 'uncertain', retrySeconds: isStop ? 2 ** (doubts + 1) : (RETRY_SECONDS[doubts] ?? 0) };
}
