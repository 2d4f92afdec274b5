import type { ArrivalRow, Arrivals } from '#lib/decision';
import { arrivalLine, type ArrivalStand, type LineVerdict } from '#lib/funding';
import type { Language } from '#lib/kernel';
import { plainDate } from '../moments.js';
import { standingKey } from '../proposal/standing.js';

interface Words {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly euro: (cents: number) => string;
}

const UNDECIDED: readonly string[] = ['submitted', 'screening', 'in-review', 'ranked', 'advised'];

/** What would become of each undecided proposal when everybody before it passes. */
function standsOf({ rows, availableCents }: Arrivals): ReadonlyMap<string, ArrivalStand> {
  const waiting = rows.flatMap(({ id, day, lot, claimCents, passes, phase }) =>
    day === null || !UNDECIDED.includes(phase) ? [] : [{ id, day, lot, cents: claimCents, passes }],
  );
  return arrivalLine(waiting, availableCents);
}

/** What the committee advises: pass or fail. The order decides about the money. */
export function passVerdicts({ rows }: Arrivals): readonly LineVerdict[] {
  return rows.map(({ id, claimCents, passes }) => ({
    ...{ id, cents: claimCents, ground: passes === true ? null : ('threshold' as const) },
  }));
}

/** What the order of arrival says about the money, as far as it is certain. */
export function moneyVerdicts(arrivals: Arrivals): readonly LineVerdict[] {
  const stands = standsOf(arrivals);
  return arrivals.rows.flatMap(({ id, claimCents }): LineVerdict[] => {
    const stand = stands.get(id);
    if (stand === undefined || stand === 'lots' || stand === 'waits') return [];
    return [{ id, cents: claimCents, ground: stand === 'fits' ? null : stand }];
  });
}

/** The first day on which lots must decide; null when there is none. */
export function dayOfLots(arrivals: Arrivals): string | null {
  const stands = standsOf(arrivals);
  return arrivals.rows.find(({ id }) => stands.get(id) === 'lots')?.day ?? null;
}

/** The order of arrival as its page shows it: figures and table. */
export function arrivalView(arrivals: Arrivals, words: Words): object {
  const { rows, ceilingCents, availableCents } = arrivals;
  const { say, euro, language } = words;
  const stands = standsOf(arrivals);
  const waiting = rows.filter(({ id }) => stands.has(id));
  const claimed = waiting.reduce((sum, { claimCents }) => sum + claimCents, 0);
  const incomplete = rows.filter(({ day, phase }) => day === null && UNDECIDED.includes(phase)).length;
  const lots = dayOfLots(arrivals);
  return {
    kpis: [
      { k: say('arrival.budget'), v: euro(ceilingCents) },
      { k: say('arrival.left'), v: euro(availableCents), warn: claimed > availableCents },
      { k: say('arrival.claimed'), v: euro(claimed), s: say('start.how-many', { count: waiting.length }) },
      { k: say('arrival.incomplete'), v: say('start.how-many', { count: incomplete }) },
    ],
    rows: rows.map((row, i) => rowView(row, { place: i + 1, stand: stands.get(row.id) }, words)),
    lotsText: lots === null ? null : say('arrival.lots-needed', { day: plainDate(language, lots) }),
  };
}

interface Stands {
  readonly place: number;
  readonly stand: ArrivalStand | undefined;
}

function rowView(row: ArrivalRow, { place, stand }: Stands, { say, euro, language }: Words): object {
  const { id, number, title, organisation, day, lot, claimCents, amountCents, outcome } = row;
  return {
    ...{ id, number, title, organisation, place: day === null ? '–' : place },
    day: day === null ? say('arrival.not-complete') : plainDate(language, day),
    lot: lot === null ? null : say('arrival.lot', { place: lot }),
    amount: euro(amountCents ?? claimCents),
    kind: row.phase === 'ended' ? 'no' : badgeOf(outcome, stand),
    status: say(row.phase === 'ended' ? standingKey(row) : statusOf(outcome, stand, row.phase)),
  };
}

function badgeOf(outcome: string | null, stand: ArrivalStand | undefined): 'yes' | 'no' | 'talk' {
  if (outcome !== null) return outcome === 'granted' ? 'yes' : 'no';
  if (stand === 'threshold' || stand === 'ceiling') return 'no';
  return stand === 'fits' ? 'yes' : 'talk';
}

/** Key of the words for where a proposal stands. */
function statusOf(outcome: string | null, stand: ArrivalStand | undefined, phase: string): string {
  if (outcome !== null) return `ranking.decided-${outcome}`;
  return stand === undefined ? `proposal.phase-${phase}` : `arrival.stand-${stand}`;
}
