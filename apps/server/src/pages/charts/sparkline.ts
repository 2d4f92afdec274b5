const WIDTH = 120;
const MARGIN = 8;

/** Dots of the reviews on their scale and a triangle at their mean, as markup. Dots on one place stand above each other. */
export function sparkline(
  totals: readonly number[],
  mean: number | null,
  scale: { readonly min: number; readonly max: number },
): string {
  const span = Math.max(scale.max - scale.min, 1e-9);
  const x = (value: number): number =>
    Math.round((MARGIN + ((value - scale.min) / span) * (WIDTH - 2 * MARGIN)) * 10) / 10;
  const seen = new Map<number, number>();
  const dots = [...totals]
    .sort((a, b) => a - b)
    .map((value) => {
      const at = x(value);
      const level = seen.get(at) ?? 0;
      seen.set(at, level + 1);
      return `<circle class="dot" cx="${at}" cy="${24 - level * 9}" r="4"/>`;
    });
  const marker = mean === null ? '' : `<path class="mean" d="M${x(mean)} 31l4.5 8h-9z"/>`;
  return `<svg viewBox="0 0 ${WIDTH} 42" width="${WIDTH}" height="42" aria-hidden="true"><line x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="29" y2="29" class="ax"/>${dots.join('')}${marker}</svg>`;
}
