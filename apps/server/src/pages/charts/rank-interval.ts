const WIDTH = 120;
const MARGIN = 8;
const MIDDLE = 10;

/** Reasonable places of one proposal among all, all counted from 1. */
interface Interval {
  readonly lo: number;
  readonly hi: number;
  /** Where the dot stands: the expected place. */
  readonly expectedRank: number;
}

/** The places that are reasonable as a bar, with a dot at the expected one and a line behind the last that gets money, as markup. */
export function rankIntervalSvg(
  { lo, hi, expectedRank }: Interval,
  { of, line }: { of: number; line: number },
): string {
  const x = (place: number): number =>
    Math.round((MARGIN + ((place - 1) / Math.max(of - 1, 1)) * (WIDTH - 2 * MARGIN)) * 10) / 10;
  const [left, right] = [x(lo) - 4, x(hi) + 4];
  const cut =
    line > 0 && line < of ? `<line x1="${x(line + 0.5)}" x2="${x(line + 0.5)}" y1="1" y2="19" class="cut"/>` : '';
  const bar = `<rect x="${left}" y="${MIDDLE - 4}" width="${Math.round((right - left) * 10) / 10}" height="8" rx="4" class="iv"/>`;
  const axis = `<line x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${MIDDLE}" y2="${MIDDLE}" class="ax"/>`;
  return `<svg viewBox="0 0 ${WIDTH} 20" width="${WIDTH}" height="20" aria-hidden="true">${axis}${bar}${cut}<circle class="ivp" cx="${x(expectedRank)}" cy="${MIDDLE}" r="4"/></svg>`;
}
