import type { BoardRow } from '#lib/decision';
import { drawLine, tiedAtLine, type LineVerdict, type PlacedEntry, type Shortage } from '#lib/funding';
import type { CallRules } from '#lib/regulation';

/** Those that take part, best first. */
export function rankedOf(rows: readonly BoardRow[]): readonly BoardRow[] {
  return rows.filter(({ position, phase }) => position !== null && phase !== 'ended');
}

/**
 * What each ranked proposal gets: what was decided, drafted or advised on it; of the others, when what is left is given out from the top.
 * What people chose takes its money wherever it stands, and what they refused takes none.
 */
export function verdictsOf(rows: readonly BoardRow[], rules: CallRules): readonly LineVerdict[] {
  const drawn = drawLine(openOf(rows, rules), leftFor(rows, rules), shortageOf(rules));
  return rankedOf(rows).map((row) => {
    const cents = amountOf(row);
    const open = { id: row.id, cents, ground: row.meetsThreshold === true ? 'ceiling' : 'threshold' } as const;
    if (isChosen(row)) return isGranted(row) ? { ...open, ground: null } : open;
    return drawn.find(({ id }) => id === row.id) ?? open;
  });
}

/** Equal totals of which the money reaches some, nobody advised on yet: the committee chooses among them, with a reason. */
export function tiedIn(rows: readonly BoardRow[], rules: CallRules): ReadonlySet<string> {
  return tiedAtLine(openOf(rows, rules), leftFor(rows, rules), shortageOf(rules));
}

/** Those whose verdict waits for a choice: the tied, and where the line skips whoever could get what the choice leaves. */
export function waitingIn(rows: readonly BoardRow[], rules: CallRules): ReadonlySet<string> {
  const tied = tiedIn(rows, rules);
  const open = openOf(rows, rules);
  const first = open.findIndex(({ id }) => tied.has(id));
  if (first < 0 || shortageOf(rules) === 'stop') return tied;
  return new Set(open.slice(first).flatMap(({ id, meetsThreshold }) => (meetsThreshold ? [id] : [])));
}

/** Those that nobody chose for or against, down to where the line has stopped. */
function openOf(rows: readonly BoardRow[], rules: CallRules): readonly PlacedEntry[] {
  const stop = stopOf(rows, rules);
  return rankedOf(rows)
    .filter((row) => !isChosen(row) && (row.position ?? 0) <= stop)
    .map((row) => ({
      id: row.id,
      position: row.position ?? 0,
      meetsThreshold: row.meetsThreshold === true,
      cents: amountOf(row),
    }));
}

/** The place at which the line has stopped: of the first that was refused and would not have fitted. Refused for another reason it stops nothing. */
function stopOf(rows: readonly BoardRow[], rules: CallRules): number {
  if (shortageOf(rules) === 'skip') return Infinity;
  const ranked = rankedOf(rows);
  const refused = ranked.filter((row) => row.meetsThreshold === true && isChosen(row) && !isGranted(row));
  const outOfMoney = refused.find((row) => {
    const before = ranked.filter(({ position }) => (position ?? 0) <= (row.position ?? 0));
    return amountOf(row) > leftFor(before, rules);
  });
  return outOfMoney?.position ?? Infinity;
}

function leftFor(rows: readonly BoardRow[], { regulation }: CallRules): number {
  const granted = rankedOf(rows).filter(isGranted);
  return granted.reduce((left, row) => left - amountOf(row), regulation.distribution.ceilingCents);
}

function shortageOf({ regulation }: CallRules): Shortage {
  return regulation.distribution.atShortage === 'skip' ? 'skip' : 'stop';
}

function isChosen({ outcome, draft, advice }: BoardRow): boolean {
  return outcome !== null || draft !== null || advice !== null;
}

/** The latest word on it: decided, drafted, advised. */
function isGranted({ outcome, draft, advice }: BoardRow): boolean {
  if (outcome !== null) return outcome === 'granted';
  return (draft ?? advice)?.outcome === 'grant';
}

function amountOf({ outcome, amountCents, draft, advice, requestedCents }: BoardRow): number {
  const chosen = outcome === 'granted' ? amountCents : (draft?.amountCents ?? advice?.amountCents ?? null);
  return chosen ?? requestedCents ?? 0;
}
