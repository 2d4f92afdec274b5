import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from '#lib/kernel';
import { generatedAssignment } from '#lib/testing';
import {
  assign,
  readChange,
  UNWATCHED,
  type AssignAnswer,
  type AssignmentInput,
  type FeasibleAnswer,
} from './index.js';

const ask = (input: AssignmentInput, more: Partial<Parameters<typeof assign>[0]> = {}): AssignAnswer =>
  assign({ input, objective: 'total', seat: 'stakeholder', seed: '0', ...more }, null, UNWATCHED);

const feasible = (answer: AssignAnswer): FeasibleAnswer => {
  if (!answer.feasible) throw new Error(JSON.stringify(answer.blocking));
  return answer;
};

const committee = (seed: string, proposals = 12, reviewers = 10): AssignmentInput =>
  generatedAssignment({ proposals, reviewers }, seed);

describe('why a reviewer is not on a proposal', () => {
  it('costs what a solution with the pair forced in is worth less', () => {
    const reasons = new Set<string>();
    const input = { ...committee('why'), maxLoad: 4 };
    const best = feasible(ask(input));
    for (let p = 0; p < 12; p++)
      for (let r = 0; r < 10; r++) {
        const { whyNot } = feasible(ask(input, { whyNot: [p, r] }));
        reasons.add(whyNot!.reason);
        const isListed = input.pairs.some(([q, s]) => q === p && s === r);
        expect(whyNot!.reason === 'conflict').toBe(!isListed);
        if (!isListed) continue;
        const forced = ask({ ...input, fixed: [[p, r]] });
        expect(whyNot!.loss).toBe(forced.feasible ? best.total - forced.total : null);
        expect(whyNot!.blocking.length > 0).toBe(!forced.feasible);
      }
    expect([...reasons].sort()).toEqual(['assigned', 'conflict', 'load', 'seat', 'utility']);
  });

  it('is a rule when the rules cannot hold with it', () => {
    const input: AssignmentInput = {
      ...{ reviewsPerProposal: 1, minLoad: 0, maxLoad: 1, seats: ['stakeholder', 'expert'] },
      pairs: [
        [0, 0, 10],
        [0, 1, 900],
      ],
    };
    const { whyNot } = feasible(ask(input, { whyNot: [0, 1] }));
    expect([whyNot!.reason, whyNot!.loss, whyNot!.blocking.map(({ kind }) => kind)]).toEqual([
      'seat',
      null,
      ['reviews', 'seat', 'fixed'],
    ]);
    expect(whyNot!.sentence.en).toBe(
      'The places on proposal 0 are taken, except the one kept for seat stakeholder. With this pair the rules cannot all hold any more.',
    );
  });
});

describe('after a drop-out', () => {
  const situation = fc.record({ seed: fc.nat({ max: 10_000 }), dropped: fc.integer({ min: 0, max: 9 }) });

  it('finished reviews stay, and no assignment would keep more of the others', () => {
    fc.assert(
      fc.property(situation, ({ seed, dropped }) => {
        const input = committee(String(seed));
        const random = new SeededRandom(String(seed));
        const previous = feasible(ask(input)).assignment as [number, number][];
        const finished = previous.filter(() => random.integer(3) === 0);
        const answer = ask(input, { change: { previous, finished, dropped: [dropped] } });
        if (!answer.feasible) return;
        const now = answer.assignment.map(String);
        for (const pair of finished) expect(now).toContain(String(pair));
        const isDone = (pair: readonly number[]): boolean => finished.map(String).includes(String(pair));
        expect(answer.assignment.filter((pair) => pair[1] === dropped && !isDone(pair as [number, number]))).toEqual(
          [],
        );
        expect(answer.rebalance!.kept).toBe(previous.filter((pair) => now.includes(String(pair))).length);
        expect(answer.rebalance!.kept).toBe(mostKept(input, previous, finished, dropped));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  /** How many pairs can stay at most: the same question with 1 for a pair that was and 0 for one that was not. */
  const mostKept = (
    input: AssignmentInput,
    previous: readonly [number, number][],
    finished: readonly [number, number][],
    dropped: number,
  ): number => {
    const [was, done] = [new Set(previous.map(String)), new Set(finished.map(String))];
    const left = input.pairs.filter(([p, r]) => r !== dropped || done.has(`${p},${r}`));
    const pairs = left.map(([p, r]) => [p, r, Number(was.has(`${p},${r}`))] as const);
    const loads = input.seats.map((_, r) => (r === dropped ? { min: 0 } : {}));
    return feasible(ask({ ...input, pairs, loads, fixed: finished })).total;
  };

  it('nothing moves when nobody of weight left', () => {
    const input = committee('still');
    const previous = feasible(ask(input)).assignment as [number, number][];
    const change = { previous, finished: previous, dropped: [3] };
    const { rebalance, assignment } = feasible(ask(input, { change }));
    expect([rebalance, assignment]).toEqual([{ kept: previous.length, added: [], removed: [] }, previous]);
  });

  it('names every fault of what is said to have happened', () => {
    const input: AssignmentInput = {
      ...committee('names', 3, 3),
      proposals: ['A', 'B', 'C'],
      reviewers: ['x', 'y', 'z'],
    };
    const read = readChange(input, {
      previous: [
        ['A', 'x'],
        ['A', 'x'],
        ['Q', 'x'],
      ],
      finished: [['B', 'y']],
      dropped: ['w'],
    });
    expect('faults' in read && read.faults.map(({ pointer }) => pointer)).toEqual([
      '/previous/2/0',
      '/dropped/0',
      '/previous/1',
      '/finished/0',
    ]);
  });
});
