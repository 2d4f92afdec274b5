import { assign, inputFaults, UNWATCHED } from '#lib/assignment';
import { highsSolver } from '#lib/solver';
import { contestedAssignment } from '#lib/testing';
import type { Results } from './table.js';

/** 80 proposals and 20 reviewers, the largest committees that are to be proven, with so many reviews per proposal. */
const REVIEWS = [2, 3, 4] as const;

/** The worst-off proposal first, where everybody wants the same reviewers: CPU seconds, nodes of branch and bound, proof. */
export async function benchMaxMin(): Promise<Results> {
  const solver = await highsSolver();
  const rows = REVIEWS.map((reviewsPerProposal) => {
    const input = contestedAssignment({ proposals: 80, reviewers: 20, reviewsPerProposal }, 'bench');
    if (inputFaults(input, null).length > 0) throw new Error('the generated committee has faults');
    const started = process.cpuUsage();
    const answer = assign({ input, objective: 'max-min', seat: null, seed: '0' }, solver, UNWATCHED);
    const { user, system } = process.cpuUsage(started);
    if (!answer.feasible) throw new Error('the generated committee has no assignment');
    const { worst, bound, proven, nodes } = answer;
    return [
      ...[String(reviewsPerProposal), String(worst), String(bound), proven ? 'yes' : 'no', String(nodes)],
      ((user + system) / 1e6).toFixed(1),
    ];
  });
  return {
    title: 'The worst-off proposal first, 80 x 20',
    about: 'A committee in which everybody wants the same reviewers and all loads are alike; one thread.',
    rows: [['reviews per proposal', 'worst sum', 'bound', 'proven', 'nodes', 'CPU s'], ...rows],
  };
}
