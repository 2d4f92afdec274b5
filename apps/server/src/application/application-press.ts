import { PRINT_MODULE } from '#app/worker';
import type { Letter, PrintedLetter } from '#lib/documents';
import { canonicalJson, sha256 } from '#lib/kernel';
import { ComputationCancelled, ThreadPool } from '#lib/queue';
import { PressIsBusy, PrintTakesTooLong } from './press-is-busy.js';

/** Prints that may wait for the thread at one time, over all persons. */
const MOST_WAITING = 20;
/** A print that takes longer than this is given up: the next ones wait for it. */
const LONGEST_MS = 60_000;

interface Asked {
  readonly letter: string;
  readonly print: Promise<Buffer>;
}

/**
 * Prints on demand, on one thread beside the event loop, in the order of asking: each person has one at a time, so that nobody keeps the press
 * from others. Who asks for the same again gets the one that is being made.
 */
export class ApplicationPress {
  private readonly pool = new ThreadPool(1);
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly longestMs = LONGEST_MS) {}

  /** Throws PressIsBusy, PrintTakesTooLong. */
  async print(letter: Letter, person: string): Promise<Buffer> {
    const hash = sha256(canonicalJson(letter));
    const before = this.asked.get(person);
    if (before?.letter === hash) return before.print;
    if (before !== undefined || this.asked.size >= MOST_WAITING) throw new PressIsBusy();
    const print = this.press(letter);
    this.asked.set(person, { letter: hash, print });
    try {
      return await print;
    } catch (error) {
      throw error instanceof ComputationCancelled ? new PrintTakesTooLong() : error;
    } finally {
      this.asked.delete(person);
    }
  }

  private async press(letter: Letter): Promise<Buffer> {
    const input = { letters: [letter] };
    const signal = AbortSignal.timeout(this.longestMs);
    const [made] = (await this.pool.run({ module: PRINT_MODULE, input, signal })) as readonly PrintedLetter[];
    if (made === undefined) throw new Error('The press gave no print.');
    return Buffer.from(made.pdf);
  }
}
