import type { Instant } from '#lib/kernel';

/**
 * The moments of a call as everybody is told them; `app.moments_of` computes them, and with them the last moment that is taken in, which
 * is told to nobody and so has no place here.
 */
export interface CallMoments {
  readonly opensAt: Instant;
  /** The closing that was announced, or the moment at which the call was closed early. */
  readonly closesAt: Instant;
  /** The closing that had been announced, when the call was closed before it; else null. */
  readonly plannedAt: Instant | null;
}

/** SQL for the told moments of the call `c`, beside `from call c`. */
export const TOLD_MOMENTS = `(app.moments_of(c)).opens_at as "opensAt", (app.moments_of(c)).closes_at as "closesAt",
  (app.moments_of(c)).planned_at as "plannedAt"`;

/** Whether a closing still lies ahead, whatever it is that ends with it. */
export function isBeforeClosing({ closesAt }: Pick<CallMoments, 'closesAt'>, now: Instant): boolean {
  return now < closesAt;
}

/** Whether a published call can be applied to now, in time. */
export function isOpenAt(
  call: Pick<CallMoments, 'opensAt' | 'closesAt'> & { readonly phase: string },
  now: Instant,
): boolean {
  return call.phase === 'submitted' && call.opensAt <= now && isBeforeClosing(call, now);
}
