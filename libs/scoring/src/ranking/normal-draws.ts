import type { SeededRandom } from '#lib/kernel';

const WORDS = 2 ** 32;

/** Standard normal numbers from a seeded source (Box and Muller 1958). */
export class NormalDraws {
  constructor(private readonly random: SeededRandom) {}

  fill(into: Float64Array): void {
    for (let i = 0; i < into.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      into[i] = radius * Math.cos(angle);
      if (i + 1 < into.length) into[i + 1] = radius * Math.sin(angle);
    }
  }

  /** Within (0, 1), never 0. */
  private uniform(): number {
    return (this.random.integer(WORDS) + 0.5) / WORDS;
  }
}
