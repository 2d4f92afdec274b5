import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from '#lib/kernel';
import { generatedAssignment } from '#lib/testing';
import { Circulation } from './circulation.js';
import { orderedProblem, type AssignmentInput } from './assignment-input.js';
import { explainBlocking } from './blocking.js';
import { whatBlocks } from './feasibility.js';
import type { Rule } from './irreducible-rules.js';
import { assignmentNetwork, UNBOUNDED, type AssignmentNetwork } from './network.js';
import type { AssignmentProblem } from './problem.js';

const RUNS = process.env['FULL'] === '1' ? 2_000 : 500;

/** Tight committees, most of them without any assignment. */
const tight = fc
  .record({ seed: fc.nat(), proposals: fc.integer({ min: 1, max: 8 }), reviewers: fc.integer({ min: 1, max: 6 }) })
  .map(({ seed, proposals, reviewers }): AssignmentInput => {
    const random = new SeededRandom(String(seed));
    const all = Array.from(
      { length: proposals * reviewers },
      (_, i) => [Math.floor(i / reviewers), i % reviewers, 1] as const,
    );
    const pairs = all.filter(() => random.integer(10) < 6);
    const minLoad = random.integer(3);
    return {
      ...{ reviewsPerProposal: 1 + random.integer(2), minLoad, maxLoad: minLoad + random.integer(3) },
      seats: Array.from({ length: reviewers }, () => (random.integer(3) === 0 ? 'field' : 'expert')),
      proposals: Array.from({ length: proposals }, (_, p) => `P${p}`),
      reviewers: Array.from({ length: reviewers }, (_, r) => `R${r}`),
      pairs,
      fixed: pairs.filter(() => random.integer(8) === 0).map(([p, r]) => [p, r] as const),
    };
  });

/** Whether an assignment keeps these rules and no others: by a network that holds only them, from scratch. */
const canHold = (network: AssignmentNetwork, rules: readonly Rule[]): boolean => {
  const held = (kinds: readonly string[], arc: number): boolean =>
    rules.some((rule) => rule.arc === arc && kinds.includes(rule.kind));
  const lower = network.lower.map((least, arc) => (held(['reviews', 'seat', 'min-load', 'fixed'], arc) ? least : 0));
  const upper = network.upper.map((most, arc) =>
    arc < network.seatArcs || held(['reviews', 'max-load'], arc) ? most : UNBOUNDED,
  );
  const circulation = new Circulation({ ...network, lower, upper });
  return Array.from(lower.keys()).every((arc) => circulation.repair(arc));
};

const problemOf = (input: AssignmentInput, seat: string | null): [AssignmentProblem, AssignmentNetwork] => {
  const { problem } = orderedProblem(input, seat);
  return [problem, assignmentNetwork(problem)];
};

describe('rules that cannot hold together', () => {
  it('cannot, and dropping any one of them makes the rest possible', () => {
    const kinds = new Set<string>();
    let found = 0;
    fc.assert(
      fc.property(tight, fc.constantFrom(null, 'field'), (input, seat) => {
        const [problem, network] = problemOf(input, seat);
        const broken = whatBlocks(problem, network);
        if (broken === null) return;
        found += 1;
        broken.rules.forEach(({ kind }) => kinds.add(kind));
        expect(broken.need).toBeGreaterThan(broken.have);
        expect(canHold(network, broken.rules)).toBe(false);
        broken.rules.forEach((rule) => {
          expect(
            canHold(
              network,
              broken.rules.filter((other) => other !== rule),
            ),
          ).toBe(true);
        });
      }),
      { seed: 1, numRuns: RUNS },
    );
    expect(found).toBeGreaterThan(RUNS / 4);
    expect([...kinds].sort()).toEqual(['fixed', 'max-load', 'min-load', 'reviews', 'seat']);
  });

  it('are none too many in a committee of 400 proposals with too few stakeholders either', () => {
    const input = { ...generatedAssignment({ proposals: 400, reviewers: 60, candidates: 20 }, 'few'), maxLoad: 22 };
    const seats = input.seats.map((_, r) => (r % 4 === 0 ? 'stakeholder' : 'expert'));
    const [problem, network] = problemOf({ ...input, seats }, 'stakeholder');
    const broken = whatBlocks(problem, network);
    expect(broken).not.toBeNull();
    expect(canHold(network, broken!.rules)).toBe(false);
    for (let i = 0; i < broken!.rules.length; i += 7)
      expect(
        canHold(
          network,
          broken!.rules.filter((_, other) => other !== i),
        ),
      ).toBe(true);
  });
});

describe('the sentences', () => {
  const explain = (
    input: AssignmentInput,
    seat: string | null = null,
  ): readonly (readonly [string, string, string])[] => {
    const [problem, network] = problemOf(input, seat);
    const broken = whatBlocks(problem, network);
    return explainBlocking(problem, network, broken!, seat ?? '').map(({ kind, sentence }) => [
      kind,
      sentence.nl,
      sentence.en,
    ]);
  };
  const named = { proposals: ['A', 'B'], reviewers: ['Kees', 'Mia'], seats: ['field', 'expert'] };

  it('name a proposal with too few reviewers', () => {
    const input = {
      ...named,
      reviewsPerProposal: 2,
      minLoad: 0,
      maxLoad: 9,
      pairs: [
        [0, 0, 1],
        [1, 0, 1],
        [1, 1, 1],
      ] as const,
    };
    expect(explain({ ...input })).toEqual([
      [
        'reviews',
        'Aanvraag A moet precies 2 beoordelingen krijgen. Er is er maar 1 mogelijk.',
        'Proposal A must get exactly 2 reviews. Only 1 can be had.',
      ],
    ]);
  });

  it('name proposals and the loads that stand in their way', () => {
    const input = {
      ...named,
      reviewsPerProposal: 2,
      minLoad: 0,
      maxLoad: 1,
      pairs: [
        [0, 0, 1],
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 1],
      ] as const,
    };
    expect(explain(input).map(([, , en]) => en)).toEqual([
      'Proposals A and B must get exactly 2 reviews each, 4 together. Together these rules ask for 4 reviews, and 3 are possible.',
      'Reviewer Mia may do at most 1 review.',
    ]);
  });

  it('name the seat', () => {
    const input = {
      ...named,
      reviewsPerProposal: 1,
      minLoad: 0,
      maxLoad: 1,
      pairs: [
        [0, 0, 1],
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 1],
      ] as const,
    };
    expect(explain(input, 'field').map(([kind, nl]) => [kind, nl])).toEqual([
      [
        'seat',
        'De aanvragen A en B moeten elk een beoordelaar van de zetel field hebben. Samen vragen deze regels 2 beoordelingen, en er zijn er 1 mogelijk.',
      ],
      ['max-load', 'Beoordelaar Kees mag hoogstens 1 beoordeling doen.'],
    ]);
  });
});
