import { assign, inputFaults, UNWATCHED, type AssignmentInput } from '#lib/assignment';
import { generatedAssignment } from '#lib/testing';

/** One assignment in a process of its own, so that its memory can be told: `proposals reviewers [candidates]`; 0 candidates: all pairs. */
const [proposals = 0, reviewers = 0, candidates = 0] = process.argv.slice(2).map(Number);
const size = { proposals, reviewers, ...(candidates === 0 ? {} : { candidates }) };
const text = JSON.stringify(generatedAssignment(size, 'bench'));
globalThis.gc?.();

const started = performance.now();
const input = JSON.parse(text) as AssignmentInput;
const faults = inputFaults(input, 'stakeholder');
const [read, usedBefore] = [performance.now(), process.cpuUsage()];
const answer = assign({ input, objective: 'total', seat: 'stakeholder', seed: '0' }, null, UNWATCHED);
const [solved, used] = [performance.now(), process.cpuUsage(usedBefore)];
if (faults.length > 0 || !answer.feasible) throw new Error('the generated committee has no assignment');
process.stdout.write(
  JSON.stringify({
    pairs: input.pairs.length,
    total: answer.total,
    readMs: read - started,
    solveMs: solved - read,
    cpuMs: (used.user + used.system) / 1_000,
    megabytes: process.resourceUsage().maxRSS / 1_024,
  }),
);
