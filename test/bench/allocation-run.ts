import { allocate, UNWATCHED, type AllocationInput, type AllocationRule } from '#lib/funding';
import { highsSolver } from '#lib/solver';
import { generatedAllocation } from '#lib/testing';

/** One allocation in a process of its own, so that its memory can be told: `rule proposals`. */
const [rule = 'skip', proposals = '0'] = process.argv.slice(2);
const input = generatedAllocation(Number(proposals), 'bench') as unknown as AllocationInput;
const solver = rule === 'optimal' ? await highsSolver() : null;
globalThis.gc?.();

const [started, usedBefore] = [performance.now(), process.cpuUsage()];
const answer = allocate({ input, rule: rule as AllocationRule, partial: true }, solver, UNWATCHED);
const [ended, used] = [performance.now(), process.cpuUsage(usedBefore)];
if ('feasible' in answer) throw new Error('the generated call has no allocation');
process.stdout.write(
  JSON.stringify({
    value: answer.value,
    awards: answer.awards.length,
    isProven: answer.proven !== false,
    ms: ended - started,
    cpuMs: (used.user + used.system) / 1_000,
    megabytes: process.resourceUsage().maxRSS / 1_024,
  }),
);
