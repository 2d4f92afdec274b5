import { proposalCount, type AssignmentInput, type Id } from './assignment-input.js';

/** What is wrong at a place of the input (JSON Pointer, RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

/** A broken file could hold millions. */
const MOST_FAULTS = 1_001;

/** Faults of an input that has the right shape: names, positions and loads that do not fit together. At most 1,001. */
export function inputFaults(input: AssignmentInput, seat: string | null): readonly Fault[] {
  const faults = [
    ...repeatedIds(input.proposals, '/proposals'),
    ...repeatedIds(input.reviewers, '/reviewers'),
    ...lengthFaults(input),
    ...loadFaults(input),
    ...pairFaults(input),
  ];
  if (seat !== null && !input.seats.includes(seat))
    faults.push({ pointer: '/seats', message: `No reviewer has the seat ${seat} that --seat asks for.` });
  return faults;
}

function repeatedIds(ids: readonly Id[] | undefined, at: string): Fault[] {
  const seen = new Map<string, number>();
  return (ids ?? []).flatMap((id, i) => {
    const first = seen.get(String(id));
    if (first === undefined) seen.set(String(id), i);
    return first === undefined
      ? []
      : [{ pointer: `${at}/${i}`, message: `The id ${id} stands at ${at}/${first} too.` }];
  });
}

function lengthFaults({ reviewers, loads, seats }: AssignmentInput): Fault[] {
  return Object.entries({ reviewers, loads }).flatMap(([key, list]) =>
    list === undefined || list.length === seats.length
      ? []
      : [
          {
            pointer: `/${key}`,
            message: `There are ${seats.length} seats, so ${seats.length} reviewers, and ${list.length} ${key} here.`,
          },
        ],
  );
}

function loadFaults({ minLoad, maxLoad, loads = [] }: AssignmentInput): Fault[] {
  const above = { message: 'The least load is above the most.' };
  const faults = minLoad > maxLoad ? [{ pointer: '/minLoad', ...above }] : [];
  loads.forEach(({ min = minLoad, max = maxLoad }, i) => {
    if (min > max && !(min === minLoad && max === maxLoad)) faults.push({ pointer: `/loads/${i}`, ...above });
  });
  return faults;
}

/** Positions that do not exist, pairs that stand twice, and fixed pairs that are conflicts. */
function pairFaults(input: AssignmentInput): Fault[] {
  const [proposals, reviewers] = [proposalCount(input), input.seats.length];
  const faults: Fault[] = [];
  const place = (at: string, p: number, r: number): number => {
    if (p >= proposals)
      faults.push({ pointer: `${at}/0`, message: `There are ${proposals} proposals, counted from 0.` });
    if (r >= reviewers)
      faults.push({ pointer: `${at}/1`, message: `There are ${reviewers} reviewers, counted from 0.` });
    return p < proposals && r < reviewers ? p * reviewers + r : -1;
  };
  const [isListed, isFixed] = [new Uint8Array(proposals * reviewers), new Uint8Array(proposals * reviewers)];
  const mark = (marks: Uint8Array, at: string, found: number): void => {
    if (marks[found] === 1) faults.push({ pointer: at, message: 'This pair stands here twice.' });
    marks[found] = 1;
  };
  for (let i = 0; i < input.pairs.length && faults.length < MOST_FAULTS; i++) {
    const [p, r] = input.pairs[i]!;
    mark(isListed, `/pairs/${i}`, place(`/pairs/${i}`, p, r));
  }
  (input.fixed ?? []).forEach(([p, r], i) => {
    const found = place(`/fixed/${i}`, p, r);
    if (found >= 0 && isListed[found] === 0)
      faults.push({
        pointer: `/fixed/${i}`,
        message: 'This pair is not among the pairs: it is a conflict and cannot be fixed.',
      });
    mark(isFixed, `/fixed/${i}`, found);
  });
  return faults;
}
