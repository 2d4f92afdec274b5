import { DatabaseAway } from '#lib/database';

/** Work that rows in PostgreSQL describe. */
export interface Chore {
  /** The ring that wakes it. */
  readonly name: string;
  /** Takes on what is due now and says how many rows that were. The signal is aborted when the process wants to stop: then it begins no further row. */
  run(signal: AbortSignal): Promise<number>;
  /** For work that outlives `run`: resolves when none of it is under way any more. Called once, after the signal was aborted. */
  settle?(): Promise<void>;
}

export interface ChoreRunnerOptions {
  readonly chores: readonly Chore[];
  /** How often each chore looks by itself, in milliseconds: the timer finds whatever the bell lost. */
  readonly everyMs?: number;
  /** Told every fault; that the database is away only once, until it is back. */
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
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private isDatabaseAway = false;

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
    if (post === undefined || this.stopping.signal.aborted) return;
    post.again = true;
    if (post.running === undefined && performance.now() >= post.resumeAt) post.running = this.work(post);
  }

  /** Takes on nothing new and waits for what is under way, at most `ms`. Returns whether everything ended in time. */
  async drain(ms: number): Promise<boolean> {
    this.stopping.abort();
    clearInterval(this.timer);
    let timeout: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      timeout = setTimeout(() => resolve(false), ms);
    });
    const ended = await Promise.race([this.settled().then(() => true), tooLate]);
    clearTimeout(timeout);
    return ended;
  }

  private async settled(): Promise<void> {
    const posts = [...this.posts.values()];
    await Promise.all(posts.map(async ({ running }) => running));
    await Promise.allSettled(posts.map(async ({ chore }) => chore.settle?.()));
  }

  /** Nothing is awaited between the last look at `again` and the end, so that no ring falls between them. */
  private async work(post: Post): Promise<void> {
    // Lets `wake` note that this post is running first: a chore may answer at once.
    await Promise.resolve();
    while (post.again && !this.stopping.signal.aborted) {
      post.again = false;
      try {
        if ((await post.chore.run(this.stopping.signal)) > 0) post.again = true;
        post.failures = 0;
        this.isDatabaseAway = false;
      } catch (error) {
        this.pause(post, error);
        break;
      }
    }
    post.running = undefined;
  }

  /** Waits longer after each failure, so that a database that is away is not hammered. */
  private pause(post: Post, error: unknown): void {
    post.failures += 1;
    post.resumeAt = performance.now() + Math.min(LONGEST_PAUSE_MS, 250 * 2 ** post.failures);
    const isAway = error instanceof DatabaseAway;
    if (!isAway || !this.isDatabaseAway) this.options.onError?.(post.chore.name, error);
    this.isDatabaseAway = isAway || this.isDatabaseAway;
  }
}
