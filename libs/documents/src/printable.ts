import type { Coverage } from './coverage.js';
import type { Letter } from './letter.js';

/** A sign of a letter that its print shows in another way, because no font has it. */
export interface Replaced {
  /** `U+F0B7` */
  readonly code: string;
  /** What is printed in its place: `•`, or the code itself in brackets. */
  readonly by: string;
  /** Whether that says the same; if not, someone who knows the text must look. */
  readonly isSame: boolean;
  /** How often the letter holds it. */
  readonly times: number;
}

export interface Printable {
  readonly letter: Letter;
  /** The families of fonts that its signs are in, in the order of asking. */
  readonly fonts: readonly string[];
  readonly replaced: readonly Replaced[];
}

/** What Word writes in its own fonts (Symbol, Wingdings) arrives as signs for private use; these mean the same for everyone. */
const WORD = new Map([
  ['\u{f0b7}', '•'],
  ['\u{f0a7}', '▪'],
  ['\u{f076}', '❖'],
  ['\u{f0d8}', '➢'],
  ['\u{f0fc}', '✔'],
  ['\u{f0e0}', '→'],
  ['\u{f04a}', '☺'],
  ['\u{f04c}', '☹'],
]);

/** Nothing to see, and a print for screen readers may not hold them: control characters, byte order marks, turns of direction, annotations. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

const graphemes = new Intl.Segmenter('nl', { granularity: 'grapheme' });

/** The letter in signs that the fonts have: what they lack gets a stand-in that can be seen, and is told. Equal letters give equal answers. */
export function printable(letter: Letter, coverage: Coverage): Printable {
  const signs = new Signs(coverage);
  const printed = JSON.parse(JSON.stringify(letter), (_, value: unknown) =>
    typeof value === 'string' ? signs.printed(value) : value,
  ) as Letter;
  return {
    letter: printed,
    fonts: coverage.names().filter((name) => signs.used.has(name)),
    replaced: signs.replaced(),
  };
}

/** The signs of one letter: what is printed for them, and what was met. */
class Signs {
  readonly used = new Set<string>();
  private readonly times = new Map<string, number>();

  constructor(private readonly coverage: Coverage) {}

  printed(text: string): string {
    const clean = text
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      .replaceAll('\t', ' ')
      .replace(UNPRINTABLE, '')
      .normalize('NFC');
    return Array.from(graphemes.segment(clean), ({ segment }) => this.shown(segment)).join('');
  }

  replaced(): readonly Replaced[] {
    const signs = [...this.times].sort(([one], [other]) => (one < other ? -1 : 1));
    return signs.map(([sign, times]) => {
      const by = this.standIn(sign);
      return { code: codeOf(sign), by, isSame: by === WORD.get(sign), times };
    });
  }

  /** What a reader takes for one sign can be several (letter and accents); those stay together that one font has together. */
  private shown(grapheme: string): string {
    if (grapheme === '\n' || this.has(grapheme)) return grapheme;
    let [done, together] = ['', ''];
    for (const sign of grapheme) {
      if (this.has(together + sign)) {
        together += sign;
        continue;
      }
      this.times.set(sign, (this.times.get(sign) ?? 0) + 1);
      const standIn = this.standIn(sign);
      this.has(standIn);
      done += together + standIn.slice(0, -1);
      // What follows can be an accent: it stands on the last sign of the stand-in.
      together = standIn.slice(-1);
    }
    return done + together;
  }

  private standIn(sign: string): string {
    const same = WORD.get(sign);
    return same !== undefined && this.has(same) ? same : `[${codeOf(sign)}]`;
  }

  private has(piece: string): boolean {
    const family = this.coverage.familyOf(piece);
    if (family !== null) this.used.add(family);
    return family !== null;
  }
}

function codeOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
