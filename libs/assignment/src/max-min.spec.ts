import { beforeAll, describe, expect, it } from '@jest/globals';
import type { IntegerSolver } from '#lib/kernel';
import { highsSolver } from '#lib/solver';
import { contestedAssignment } from '#lib/testing';
import { orderedProblem } from './assignment-input.js';
import { improveFairly } from './fair-program.js';
import { assign, inputFaults, UNWATCHED } from './index.js';
import { maximiseTotal } from './maximise-total.js';
import type { AssignmentProblem } from './problem.js';
import { setsWorth } from './review-sets.js';
import { searchSets } from './set-search.js';

let solver: IntegerSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

/** What is known before any search: the largest total, and a bound that nothing reaches. */
const unsearched = (problem: AssignmentProblem) => {
  const first = maximiseTotal(problem, '0', UNWATCHED);
  if ('broken' in first) return null;
  return { assignment: first.assignment, proven: false, bound: 3_000, nodes: 0, mostNodes: 20_000 };
};

describe('max-min', () => {
  it('is proven for 80 proposals and 20 reviewers who are wanted by all', () => {
    const answer = assign(
      {
        input: contestedAssignment({ proposals: 80, reviewers: 20, reviewsPerProposal: 3 }, 'hard'),
        objective: 'max-min',
        seat: null,
        seed: '0',
      },
      solver,
      UNWATCHED,
    );
    if (!answer.feasible) throw new Error(JSON.stringify(answer.blocking));
    expect(answer).toMatchObject({ proven: true, bound: answer.worst });
  });

  it('is the same whether columns stand for pairs or for whole sets of reviewers', () => {
    let compared = 0;
    for (let seed = 0; seed < 24; seed++) {
      const input = contestedAssignment(
        { proposals: 8, reviewers: 6, reviewsPerProposal: 2 + (seed % 2) },
        String(seed),
      );
      const seat = seed % 3 === 0 ? 'stakeholder' : null;
      const faults = inputFaults(input, seat);
      const { problem } = orderedProblem(input, seat);
      const known = faults.length > 0 ? null : unsearched(problem);
      if (known === null) continue;
      const [bySets, byPairs] = [
        searchSets(problem, '0', known, solver)!,
        improveFairly(problem, '0', known, solver),
      ].map(({ assignment: { worst, total }, proven, bound }) => ({ worst, total, proven, bound }));
      expect(bySets).toEqual(byPairs);
      expect(bySets).toMatchObject({ proven: true, bound: bySets!.worst });
      compared += 1;
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('gives way to columns for pairs where the sets are too many', () => {
    const { problem } = orderedProblem(
      contestedAssignment({ proposals: 4, reviewers: 6, reviewsPerProposal: 3 }, '1'),
      null,
    );
    const all = setsWorth(problem, '0', { least: 0, most: 1_000 })!;
    expect(all.every(({ pairs }) => new Set(pairs).size === 3)).toBe(true);
    expect(setsWorth(problem, '0', { least: 0, most: all.length - 1 })).toBeNull();
    expect(setsWorth(problem, '0', { least: 1_500, most: 1_000 })).toHaveLength(
      all.filter(({ worth }) => worth >= 1_500).length,
    );
  });
});
