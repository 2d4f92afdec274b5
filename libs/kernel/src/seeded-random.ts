import { sha256 } from './canonical-json.js';

/** A reproducible source of randomness: the same seed gives the same numbers on every machine. Not for secrets. */
export class SeededRandom {
  private readonly state: Uint32Array;

  /** Any text is a seed. */
  constructor(seed: string) {
    const digest = sha256(seed);
    this.state = Uint32Array.from([0, 8, 16, 24], (at) => Number.parseInt(digest.slice(at, at + 8), 16));
  }

  /** sfc32 (Doty-Humphrey, PractRand): 32 fresh bits. */
  private next(): number {
    const s = this.state;
    const [a, b, c, counter] = [s[0] ?? 0, s[1] ?? 0, s[2] ?? 0, s[3] ?? 0];
    const value = (a + b + counter) | 0;
    s[3] = counter + 1;
    s[0] = b ^ (b >>> 9);
    s[1] = (c + (c << 3)) | 0;
    s[2] = ((c << 21) | (c >>> 11)) + value;
    return value >>> 0;
  }

  /** A whole number from 0 up to but not including `below` (at most 2^32); draws that would favour small numbers are thrown away. */
  integer(below: number): number {
    const limit = 2 ** 32 - (2 ** 32 % below);
    let drawn = this.next();
    while (drawn >= limit) drawn = this.next();
    return drawn % below;
  }

  /** A new list in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const list = [...items];
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = list[last] as T;
      list[last] = list[other] as T;
      list[other] = kept;
    }
    return list;
  }
}
