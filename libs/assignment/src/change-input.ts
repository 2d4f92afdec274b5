import type { Change } from './assign.js';
import { proposalCount, type AssignmentInput, type Id } from './assignment-input.js';
import type { Fault } from './input-faults.js';

/** What `--rebalance` reads; proposals and reviewers as an answer names them, so that `previous` is an earlier answer's `assignment`. */
export interface ChangeInput {
  readonly previous: readonly (readonly [proposal: Id, reviewer: Id])[];
  readonly finished?: readonly (readonly [proposal: Id, reviewer: Id])[];
  readonly dropped: readonly Id[];
}

/** Where the proposals and reviewers of an input stand, by the name that an answer gives them; -1 for one that is not there. */
export class Positions {
  private readonly proposals: ReadonlyMap<string, number>;
  private readonly reviewers: ReadonlyMap<string, number>;

  constructor(input: AssignmentInput) {
    const hasIds = input.proposals !== undefined && input.reviewers !== undefined;
    this.proposals = places(hasIds ? input.proposals : undefined, proposalCount(input));
    this.reviewers = places(hasIds ? input.reviewers : undefined, input.seats.length);
  }

  proposal(name: Id): number {
    return this.proposals.get(String(name)) ?? -1;
  }

  reviewer(name: Id): number {
    return this.reviewers.get(String(name)) ?? -1;
  }
}

/** The change by position, or every name that is unknown, pair that stands twice and finished review that nobody was asked for. */
export function readChange(
  input: AssignmentInput,
  { previous, finished = [], dropped }: ChangeInput,
): { readonly change: Change } | { readonly faults: readonly Fault[] } {
  const positions = new Positions(input);
  const faults: Fault[] = [];
  const at = (pointer: string, position: number, what: string): number => {
    if (position < 0) faults.push({ pointer, message: `There is no such ${what}.` });
    return position;
  };
  const pairs = (key: string, list: ChangeInput['previous']): (readonly [number, number])[] =>
    list.map(([p, r], i) => [
      at(`/${key}/${i}/0`, positions.proposal(p), 'proposal'),
      at(`/${key}/${i}/1`, positions.reviewer(r), 'reviewer'),
    ]);
  const change = {
    previous: pairs('previous', previous),
    finished: pairs('finished', finished),
    dropped: dropped.map((r, i) => at(`/dropped/${i}`, positions.reviewer(r), 'reviewer')),
  };
  faults.push(...pairFaults(input, change));
  return faults.length === 0 ? { change } : { faults };
}

function pairFaults(input: AssignmentInput, { previous, finished }: Change): Fault[] {
  const key = ([p, r]: readonly [number, number]): number => p * input.seats.length + r;
  const [was, allowed] = [new Set(previous.map(key)), new Set(input.pairs.map(([p, r]) => key([p, r])))];
  const twice = (name: string, pairs: Change['previous']): Fault[] => {
    const seen = new Set<number>();
    return pairs.flatMap((pair, i) => {
      const isNew = seen.size < seen.add(key(pair)).size;
      return isNew ? [] : [{ pointer: `/${name}/${i}`, message: 'This pair stands here twice.' }];
    });
  };
  const unusable = finished.flatMap((pair, i) => {
    if (!was.has(key(pair))) return [{ pointer: `/finished/${i}`, message: 'This pair is not in previous.' }];
    if (allowed.has(key(pair))) return [];
    return [{ pointer: `/finished/${i}`, message: 'This pair is not among the pairs: it is a conflict.' }];
  });
  return [...twice('previous', previous), ...twice('finished', finished), ...unusable];
}

function places(ids: readonly Id[] | undefined, count: number): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: count }, (_, i) => [String(ids?.[i] ?? i), i]));
}
