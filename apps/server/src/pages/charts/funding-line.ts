/** One proposal on the money line, in the order of the ranking. */
export interface LineItem {
  readonly place: string;
  readonly cents: number;
  /** The amount in words of ours. */
  readonly amount: string;
  /** Whether it gets money when it is given out from the top. */
  readonly fits: boolean;
}

interface Drawing {
  /** In units of the drawing. */
  readonly width: number;
  readonly title: string;
  /** What stands beside the line. */
  readonly label: string;
}

const BAR = { top: 34, height: 48 };
/** A bar is at least so wide to hold one sign of its place, and its amount. */
const ROOM = { sign: 9, amount: 62 };

/**
 * Markup of the money line: a bar per proposal as wide as its amount, and a line where the money ends. Only numbers of ours, places and
 * amounts become markup.
 */
export function fundingLineSvg(
  items: readonly LineItem[],
  ceilingCents: number,
  { width, title, label }: Drawing,
): string {
  const all = items.reduce((sum, { cents }) => sum + cents, 0);
  const most = Math.max(all, ceilingCents, 1);
  const x = (cents: number): number => Math.round((cents / most) * (width - 2) * 10) / 10 + 1;
  let at = 0;
  const bars = items.map((item, i) => {
    const [left, right] = [x(at), x(at + item.cents)];
    at += item.cents;
    const style = item.fits ? (i % 2 === 0 ? 'in' : 'inb') : 'outb';
    return bar(item, { left, right, style, cut: x(ceilingCents) });
  });
  const line = lineAt(x(ceilingCents), label, width);
  return `<svg viewBox="0 0 ${width} 100" role="img"><title>${title.replace(/[<>&]/g, '')}</title>${bars.join('')}${line}</svg>`;
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly style: string;
  /** Where the line stands. */
  readonly cut: number;
}

function bar({ place, amount, fits }: LineItem, { left, right, style, cut }: Place): string {
  const [from, to] = besideLine(left, right, cut);
  const room = to - from;
  const text = (y: number, size: number, words: string): string =>
    `<text x="${(from + to) / 2}" y="${y}" text-anchor="middle" font-size="${size}" class="${fits ? 'w' : ''}">${words}</text>`;
  const both = [text(BAR.top + 21, 16, place), text(BAR.top + 39, 13, amount)];
  const texts =
    room >= ROOM.amount ? both : room >= ROOM.sign * Math.max(place.length, 2) ? [text(BAR.top + 30, 16, place)] : [];
  const rect = `<rect x="${left}" y="${BAR.top}" width="${Math.max(right - left - 1.5, 0.5)}" height="${BAR.height}" rx="3" class="${style}"/>`;
  return rect + texts.join('');
}

/** The part of a bar for its words: the wider side where the line runs through it. */
function besideLine(left: number, right: number, cut: number): readonly [number, number] {
  if (cut <= left || cut >= right) return [left, right];
  return cut - left > right - cut ? [left, cut] : [cut, right];
}

/** Its words stand on the side where there is most room. */
function lineAt(x: number, label: string, width: number): string {
  const isLeft = x > width / 2;
  const words = `<text x="${isLeft ? x - 7 : x + 7}" y="26" text-anchor="${isLeft ? 'end' : 'start'}" font-size="15" class="blt">${label}</text>`;
  return `<line x1="${x}" x2="${x}" y1="14" y2="${BAR.top + BAR.height + 12}" class="bl"/>${words}`;
}
