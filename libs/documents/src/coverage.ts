import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Family {
  readonly family: string;
  /** Unicode code points, first and last of each run, ascending. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Signs without a shape of their own (joiners, variation selectors): a font need not have them. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** Which of the fonts that come along has which characters: a table that the build makes of the fonts themselves. */
export class Coverage {
  constructor(private readonly families: readonly Family[]) {}

  static load(folder: string): Coverage {
    return new Coverage(JSON.parse(readFileSync(join(folder, 'coverage.json'), 'utf8')) as readonly Family[]);
  }

  /** The same with the letter's own face alone. */
  plain(): Coverage {
    return new Coverage(this.families.slice(0, 1));
  }

  /** All families, in the order in which they are asked. */
  names(): readonly string[] {
    return this.families.map(({ family }) => family);
  }

  /** The first family that has every visible sign of this piece of text, because a press takes such a piece from one font; null without one. */
  familyOf(piece: string): string | null {
    const codes = Array.from(piece)
      .filter((sign) => !INVISIBLE.test(sign))
      .map((sign) => sign.codePointAt(0) ?? 0);
    return this.families.find(({ ranges }) => codes.every((code) => holds(ranges, code)))?.family ?? null;
  }
}

function holds(ranges: Family['ranges'], code: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] ?? [0, 0];
    if (code < first) high = middle - 1;
    else if (code > last) low = middle + 1;
    else return true;
  }
  return false;
}
