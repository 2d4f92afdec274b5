/** Work that rows in PostgreSQL describe. `run` takes on what is due now and says how many rows that were. */
export interface Chore {
  readonly name: string;
  run(): Promise<number>;
}

export interface ChoreRunnerOptions {
  readonly chores: readonly Chore[];
  /** How often each chore looks by itself: the timer finds whatever the bell lost. */
  readonly everyMs?: number;
  readonly onError?: (chore: string, error: unknown) => void;
}

const EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

interface Post {
  readonly chore: Chore;
  running: Promise<void> | undefined;
  /** Rung while it was running: it looks once more. */
  again: boolean;
  failures: number;
  resumeAt: number;
}

/** Runs chores, each one at a time in this process, woken by a ring or by a plain timer. Other processes share through SKIP LOCKED. */
export class ChoreRunner {
  private readonly posts: ReadonlyMap<string, Post>;
  private timer: NodeJS.Timeout | undefined;
  private draining = false;

  constructor(private readonly options: ChoreRunnerOptions) {
    const post = (chore: Chore): Post => ({ chore, running: undefined, again: false, failures: 0, resumeAt: 0 });
    this.posts = new Map(options.chores.map((chore) => [chore.name, post(chore)]));
  }

  start(): void {
    const lookAtAll = (): void => this.posts.forEach((_, name) => this.wake(name));
    this.timer = setInterval(lookAtAll, this.options.everyMs ?? EVERY_MS);
    lookAtAll();
  }

  /** Has a chore look now; a ring for an unknown chore is none of this process's. */
  wake(name: string): void {
    const post = this.posts.get(name);
    if (post === undefined || this.draining) return;
    post.again = true;
    if (post.running !== undefined || performance.now() < post.resumeAt) return;
    post.running = this.work(post).finally(() => {
      post.running = undefined;
    });
  }

  /** Takes on nothing new and waits for what is under way, at most `ms`. Returns whether everything ended in time. */
  async drain(ms: number): Promise<boolean> {
    this.draining = true;
    clearInterval(this.timer);
    const busy = [...this.posts.values()].flatMap(({ running }) => (running === undefined ? [] : [running]));
    let timeout: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      timeout = setTimeout(() => resolve(false), ms);
    });
    const ended = await Promise.race([Promise.all(busy).then(() => true), tooLate]);
    clearTimeout(timeout);
    return ended;
  }

  private async work(post: Post): Promise<void> {
    while (post.again && !this.draining) {
      post.again = false;
      try {
        const handled = await post.chore.run();
        post.failures = 0;
        if (handled > 0) post.again = true;
      } catch (error) {
        this.pause(post, error);
        return;
      }
    }
  }

  /** Waits longer after each failure, so that a database that is away is not hammered. */
  private pause(post: Post, error: unknown): void {
    post.failures += 1;
    post.resumeAt = performance.now() + Math.min(LONGEST_PAUSE_MS, 250 * 2 ** post.failures);
    this.options.onError?.(post.chore.name, error);
  }
}
