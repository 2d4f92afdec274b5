import type { InputFault } from '../unusable-input.js';
import { fieldsOf, listOf, type Fields } from './loose.js';
import { pointerOf } from './pointer.js';
import { MOST_FAULTS } from './read-json.js';

/** What the rows of a panel may speak of. */
interface Known {
  readonly proposal: ReadonlySet<unknown>;
  readonly reviewer: ReadonlySet<unknown>;
  readonly criterion: ReadonlySet<unknown>;
  readonly scale: Fields;
}

/** Faults in the rows of `scores` or `reviews`, beyond their shape; it stops after more than anybody reads. */
export function rowFaults(panel: Fields): readonly InputFault[] {
  const key = 'scores' in panel ? 'scores' : 'reviews';
  const known = {
    proposal: new Set(listOf(panel['proposals'])),
    reviewer: new Set(listOf(panel['reviewers'])),
    criterion: new Set(listOf(panel['criteria']).map((criterion) => fieldsOf(criterion)['key'])),
    scale: fieldsOf(panel['scale']),
  };
  const pairs = new Set<string>();
  const faults: InputFault[] = [];
  for (const [i, row] of listOf(panel[key]).entries()) {
    const fields = fieldsOf(row);
    faults.push(...idFaults(fields, known, [key, i]), ...pairFaults(fields, pairs, [key, i]));
    faults.push(...scoreFaults(fields, known, [key, i]));
    if (faults.length > MOST_FAULTS) break;
  }
  return faults;
}

type Path = readonly [string, number];

function idFaults(row: Fields, known: Known, path: Path): InputFault[] {
  return (['proposal', 'reviewer'] as const).flatMap((who) =>
    typeof row[who] !== 'string' || known[who].has(row[who])
      ? []
      : [{ pointer: pointerOf([...path, who]), message: `This ${who} is not in the list of ${who}s.` }],
  );
}

function pairFaults({ proposal, reviewer }: Fields, pairs: Set<string>, path: Path): InputFault[] {
  if (typeof proposal !== 'string' || typeof reviewer !== 'string') return [];
  const pair = JSON.stringify([proposal, reviewer]);
  const isTwice = pairs.has(pair);
  pairs.add(pair);
  return isTwice ? [{ pointer: pointerOf(path), message: 'This reviewer scores this proposal twice.' }] : [];
}

function scoreFaults(row: Fields, { criterion, scale: { min, max } }: Known, path: Path): InputFault[] {
  const scores: [string[], unknown][] = Object.entries(fieldsOf(row['criteria'])).map(([key, score]) => [
    ['criteria', key],
    score,
  ]);
  const unknown = scores.flatMap(([at]) =>
    criterion.has(at[1]) ? [] : [{ pointer: pointerOf([...path, ...at]), message: 'There is no such criterion.' }],
  );
  if (typeof min !== 'number' || typeof max !== 'number') return unknown;
  if ('score' in row) scores.push([['score'], row['score']]);
  const offScale = scores.flatMap(([at, score]) =>
    typeof score !== 'number' || (score >= min && score <= max)
      ? []
      : [{ pointer: pointerOf([...path, ...at]), message: `${score} is not on the scale from ${min} to ${max}.` }],
  );
  return [...unknown, ...offScale];
}
