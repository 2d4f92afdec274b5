import type { BoardRow } from '#lib/decision';
import { drawLine, shortageOf, tiedAtLine, type LineVerdict, type PlacedEntry } from '#lib/funding';
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
  const drawn = drawLine(openOf(rows, rules), leftFor(rows, rules), shortageIn(rules));
  return rankedOf(rows).map((row) => {
    const cents = amountOf(row);
    const open = { id: row.id, cents, ground: row.meetsThreshold === true ? 'ceiling' : 'threshold' } as const;
    if (isChosen(row)) return isGranted(row) ? { ...open, ground: null } : open;
    return drawn.find(({ id }) => id === row.id) ?? open;
  });
}

/** Equal totals of which the money reaches some, nobody advised on yet: the committee chooses among them, with a reason. */
export function tiedIn(rows: readonly BoardRow[], rules: CallRules): ReadonlySet<string> {
  const open = openOf(rows, rules);
  const tied = tiedAtLine(open, leftFor(rows, rules), shortageIn(rules));
  const places = new Set(open.filter(({ id }) => tied.has(id)).map(({ position }) => position));
  return new Set(open.filter((one) => one.meetsThreshold && places.has(one.position)).map(({ id }) => id));
}

/** Those whose verdict waits for a choice: the tied, and where the line skips whoever could get what the choice leaves. */
export function waitingIn(rows: readonly BoardRow[], rules: CallRules): ReadonlySet<string> {
  const tied = tiedIn(rows, rules);
  const open = openOf(rows, rules);
  const first = open.findIndex(({ id }) => tied.has(id));
  if (first < 0 || shortageIn(rules) !== 'skip') return tied;
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
      minimumCents: row.minimumCents ?? undefined,
      hasEquals: rows.some((one) => one.id !== row.id && one.position === row.position && isGranted(one)),
    }));
}

/**
 * The place at which the line has stopped: of the first that was refused and does not fit beside those above it and its equals. Refused for
 * another reason it stops nothing.
 */
function stopOf(rows: readonly BoardRow[], rules: CallRules): number {
  if (shortageIn(rules) === 'skip') return Infinity;
  const ranked = rankedOf(rows);
  const refused = ranked.filter((row) => row.meetsThreshold === true && isChosen(row) && !isGranted(row));
  const outOfMoney = refused.find((row) => {
    const before = ranked.filter((one) => one.meetsThreshold === true && (one.position ?? 0) <= (row.position ?? 0));
    const wanted = before
      .filter((one) => !isChosen(one) || isGranted(one))
      .reduce((all, one) => all + amountOf(one), 0);
    return wanted + amountOf(row) > rules.regulation.distribution.ceilingCents;
  });
  return outOfMoney?.position ?? Infinity;
}

function leftFor(rows: readonly BoardRow[], { regulation }: CallRules): number {
  const granted = rankedOf(rows).filter(isGranted);
  return granted.reduce((left, row) => left - amountOf(row), regulation.distribution.ceilingCents);
}

function shortageIn({ regulation }: CallRules): ReturnType<typeof shortageOf> {
  return shortageOf(regulation.distribution.atShortage);
}

/** Whether people have spoken on it. An advice that was given back, or that holds no more, stands on the board and counts no more. */
export function isChosen({ outcome, phase, advice }: BoardRow): boolean {
  return outcome !== null || (phase === 'advised' && advice?.holds !== false);
}

/** By the latest word: decided, drafted, advised. */
function isGranted(row: BoardRow): boolean {
  const { outcome, draft, advice } = row;
  if (outcome !== null) return outcome === 'granted';
  return isChosen(row) && (draft ?? advice)?.outcome === 'grant';
}

function amountOf(row: BoardRow): number {
  const { outcome, amountCents, draft, advice, requestedCents } = row;
  if (outcome === 'granted') return amountCents ?? requestedCents ?? 0;
  const advised = isChosen(row) ? (draft?.amountCents ?? advice?.amountCents ?? null) : null;
  return advised ?? requestedCents ?? 0;
}
