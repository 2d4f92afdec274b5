import { describe, expect, it } from '@jest/globals';
import { generatedAssignment } from '#lib/testing';
import { orderedProblem } from './assignment-input.js';
import { assignmentNetwork } from './network.js';
import { cheapestFlow } from './network-simplex.js';
import { drawnCosts } from './tie-break.js';
import { AssignmentCancelled, UNWATCHED } from './tools.js';

const committee = (seed: string): readonly [ReturnType<typeof assignmentNetwork>, Float64Array] => {
  const { problem } = orderedProblem(generatedAssignment({ proposals: 60, reviewers: 15 }, seed), 'stakeholder');
  const network = assignmentNetwork(problem);
  const cost = new Float64Array(network.source.length);
  cost.set(drawnCosts(problem, problem.pairs.utility, '1', network.nodes));
  return [network, cost];
};

describe('the cheapest flow', () => {
  it.each(['a', 'b', 'c'])('is proven by its dual prices, for every pair (%s)', (seed) => {
    const [{ source, target, lower, upper, nodes }, cost] = committee(seed);
    const { flow, potential } = cheapestFlow({ source, target, lower, upper, nodes }, cost, UNWATCHED);
    const balance = new Int32Array(nodes);
    for (let arc = 0; arc < cost.length; arc++) {
      expect(flow[arc]! >= lower[arc]! && flow[arc]! <= upper[arc]!).toBe(true);
      const reduced = cost[arc]! + potential[source[arc]!]! - potential[target[arc]!]!;
      // More could flow only where it costs, less only where it saves nothing.
      if (flow[arc]! < upper[arc]!) expect(reduced).toBeGreaterThanOrEqual(0);
      if (flow[arc]! > lower[arc]!) expect(reduced).toBeLessThanOrEqual(0);
      balance[source[arc]!]! -= flow[arc]!;
      balance[target[arc]!]! += flow[arc]!;
    }
    expect(balance.every((left) => left === 0)).toBe(true);
  });

  it('keeps all sums below 2^53, and lets no draw outweigh a unit of utility', () => {
    const [{ nodes }, cost] = committee('a');
    const most = cost.reduce((max, one) => Math.max(max, Math.abs(one)), 0);
    expect(8 * nodes * most).toBeLessThan(2 ** 53);
    expect(cost.every((one) => Number.isSafeInteger(one))).toBe(true);
  });

  it('stops when it is asked to', () => {
    const [network, cost] = committee('a');
    const tools = { progress: () => undefined, isCancelled: () => true };
    expect(() => cheapestFlow(network, cost, tools)).toThrow(AssignmentCancelled);
  });
});
