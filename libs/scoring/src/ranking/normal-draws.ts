import type { SeededRandom } from '#lib/kernel';

/** Looked up once: the global is slow to reach from a sandbox such as a test's. */
const { sqrt, log, cos, sin, PI } = Math;
const WORDS = 2 ** 32;

/** Standard normal numbers from a seeded source (Box and Muller 1958). */
export class NormalDraws {
  constructor(private readonly random: SeededRandom) {}

  fill(into: Float64Array): void {
    for (let i = 0; i < into.length; i += 2) {
      const radius = sqrt(-2 * log(this.uniform()));
      const angle = 2 * PI * this.uniform();
      into[i] = radius * cos(angle);
      if (i + 1 < into.length) into[i + 1] = radius * sin(angle);
    }
  }

  /** Within (0, 1), never 0. */
  private uniform(): number {
    return (this.random.integer(WORDS) + 0.5) / WORDS;
  }
}
