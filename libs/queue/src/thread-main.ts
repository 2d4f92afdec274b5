import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { ComputationTools } from './thread-pool.js';

/** What a thread of the pool runs: one computation, whose module and input came with it. */
interface Given {
  readonly module: string;
  readonly input: unknown;
  readonly cancelled: Int32Array;
}

const { module, input, cancelled } = workerData as Given;
const tools: ComputationTools = {
  progress: (share) => parentPort?.postMessage({ progress: share }),
  isCancelled: () => Atomics.load(cancelled, 0) === 1,
};

try {
  const address = module.startsWith('file:') ? module : pathToFileURL(module).href;
  const { compute } = (await import(address)) as { compute: (input: unknown, tools: ComputationTools) => unknown };
  parentPort?.postMessage({ answer: await compute(input, tools) });
} catch (error) {
  parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) });
}
