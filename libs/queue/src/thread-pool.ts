import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { DomainError } from '#lib/kernel';
import { projectFolder } from '#lib/settings';

/** A computation to run on a thread of its own. */
export interface Computation {
  /** Path or file URL of a built module that exports `compute(input, tools)`. */
  readonly module: string;
  /** Plain data; it is copied to the thread. */
  readonly input: unknown;
  /** Told a share from 0 to 1, now and then. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** What a computation gets besides its input. */
export interface ComputationTools {
  /** Tells how far it is, from 0 to 1. */
  progress(share: number): void;
  /** True when nobody wants the answer any more: it should return soon. */
  isCancelled(): boolean;
}

/** The computation was cancelled before it had an answer. */
export class ComputationCancelled extends DomainError {
  readonly code = 'computation-cancelled';
  constructor() {
    super('The computation was cancelled.');
  }
}

/** The computation failed; the text is its own. */
export class ComputationFailed extends DomainError {
  readonly code = 'computation-failed';
  constructor(reason: string) {
    super(`The computation failed: ${reason}`, { reason });
  }
}

type Message = { readonly progress: number } | { readonly answer: unknown } | { readonly failure: string };

/** A computation that does not look at `isCancelled` is ended this long after it was asked to. */
const GRACE_MS = 2_000;

/**
 * A fixed number of threads for work that would hold up the event loop. Each computation gets a fresh thread: it can be ended at any
 * moment, and nothing of it stays behind.
 */
export class ThreadPool {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly size: number) {}

  /** Threads that nobody uses now. */
  get free(): number {
    return Math.max(0, this.size - this.running);
  }

  /** The answer of the computation, when a thread was free for it. Throws ComputationCancelled, ComputationFailed. */
  async run(computation: Computation): Promise<unknown> {
    await this.turn();
    try {
      if (computation.signal?.aborted === true) throw new ComputationCancelled();
      return await onThread(computation);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    while (this.running >= this.size) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
  }
}

function onThread({ module, input, onProgress, signal }: Computation): Promise<unknown> {
  const cancelled = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(join(projectFolder(), 'dist', 'libs', 'queue', 'src', 'thread-main.js'), {
    workerData: { module, input, cancelled },
    // The thread computes and nothing else: no environment with secrets in it.
    env: {},
    execArgv: [],
  });
  return new Promise<unknown>((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      Atomics.store(cancelled, 0, 1);
      grace = setTimeout(() => void worker.terminate(), GRACE_MS);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: Message) => {
      if ('progress' in message) onProgress?.(message.progress);
      else if ('answer' in message) resolve(message.answer);
      else reject(new ComputationFailed(message.failure));
    });
    worker.on('error', (error) => reject(new ComputationFailed(String(error))));
    worker.on('exit', () => {
      clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
      reject(signal?.aborted === true ? new ComputationCancelled() : new ComputationFailed('its thread ended'));
    });
  }).finally(() => {
    // Whatever it ended with after that: nobody wanted it any more.
    if (signal?.aborted === true) throw new ComputationCancelled();
  });
}
