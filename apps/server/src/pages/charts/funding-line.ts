/** One proposal on the money line, in the order of the ranking. */
export interface LineItem {
  readonly place: string;
  readonly cents: number;
  /** Whether it gets money when it is given out from the top. */
  readonly fits: boolean;
}

const BAR = { top: 34, height: 48 };

/**
 * Markup of the money line: a bar per proposal as wide as its amount, and a line where the money ends. Only numbers of ours and places
 * become markup. `width` in units of the drawing.
 */
export function fundingLineSvg(
  items: readonly LineItem[],
  ceilingCents: number,
  { width, title }: { readonly width: number; readonly title: string },
): string {
  const all = items.reduce((sum, { cents }) => sum + cents, 0);
  const most = Math.max(all, ceilingCents, 1);
  const x = (cents: number): number => Math.round((cents / most) * (width - 2) * 10) / 10 + 1;
  let at = 0;
  const bars = items.map(({ place, cents, fits }, i) => {
    const [left, right] = [x(at), x(at + cents)];
    at += cents;
    const style = fits ? (i % 2 === 0 ? 'in' : 'inb') : 'outb';
    const text =
      right - left < 18
        ? ''
        : `<text x="${(left + right) / 2}" y="${BAR.top + 30}" text-anchor="middle" class="${fits ? 'w' : ''}">${place}</text>`;
    return `<rect x="${left}" y="${BAR.top}" width="${Math.max(right - left - 1.5, 0.5)}" height="${BAR.height}" rx="3" class="${style}"/>${text}`;
  });
  const line = `<line x1="${x(ceilingCents)}" x2="${x(ceilingCents)}" y1="14" y2="${BAR.top + BAR.height + 12}" class="bl"/>`;
  return `<svg viewBox="0 0 ${width} 100" role="img"><title>${title.replace(/[<>&]/g, '')}</title>${bars.join('')}${line}</svg>`;
}
