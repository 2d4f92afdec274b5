/** An undecided proposal in its order of arrival. */
export interface Arrival {
  readonly id: string;
  /** Day on which it was complete; those of one day are equals until lots are drawn. */
  readonly day: string;
  /** Place that lots gave it among those of its day; null when none were drawn. */
  readonly lot: number | null;
  /** What it can get, in cents. */
  readonly cents: number;
  /** Null as long as it was not judged. */
  readonly passes: boolean | null;
}

/**
 * What would become of it when everybody before it passes: `fits`; `lots` decide among those of its day; `waits` for the outcome of those
 * lots; or no money because of the `threshold` or the `ceiling`.
 */
export type ArrivalStand = 'fits' | 'lots' | 'waits' | 'threshold' | 'ceiling';

/**
 * How far the money reaches in order of arrival (Kaderregeling subsidies OCW, SZW en VWS 2.2). What does not fit is passed over and the
 * next may fit, because only what would exceed the ceiling is refused (Awb 4:25). `arrivals` are sorted by day, then lot.
 */
export function arrivalLine(arrivals: readonly Arrival[], availableCents: number): ReadonlyMap<string, ArrivalStand> {
  const stands = new Map<string, ArrivalStand>();
  let [left, isOpen] = [availableCents, false];
  for (const group of groupsOf(arrivals)) {
    const claims = group.filter(({ passes }) => passes !== false);
    for (const { id } of group) stands.set(id, 'threshold');
    const total = claims.reduce((sum, { cents }) => sum + cents, 0);
    const isShort = claims.length > 1 && total > left && claims.some(({ cents }) => cents <= left);
    for (const { id, cents } of claims) {
      const stand = isOpen ? 'waits' : standOf(cents, left, isShort);
      stands.set(id, stand);
      if (stand === 'fits') left -= cents;
    }
    isOpen = isOpen || isShort;
  }
  return stands;
}

function standOf(cents: number, left: number, isShort: boolean): ArrivalStand {
  if (cents > left) return 'ceiling';
  return isShort ? 'lots' : 'fits';
}

/** Those of one day together; each that has a lot stands alone. */
function groupsOf(arrivals: readonly Arrival[]): readonly (readonly Arrival[])[] {
  const groups: Arrival[][] = [];
  for (const arrival of arrivals) {
    const last = groups.at(-1) ?? [];
    const isEqual = last[0]?.day === arrival.day && last[0].lot === null && arrival.lot === null;
    if (isEqual) last.push(arrival);
    else groups.push([arrival]);
  }
  return groups;
}
