import { dropOpenings, tellOpenings, type OpeningWork } from '#lib/intake';
import type { Chore } from '#lib/queue';

const DROP_EVERY_MS = 3_600_000;

/** Tells who asked that a call has opened, and forgets who cannot be told any more. */
export function openingChores(work: OpeningWork): Chore[] {
  let nextAt = 0;
  const forget = async (): Promise<number> => {
    if (performance.now() < nextAt) return 0;
    nextAt = performance.now() + DROP_EVERY_MS;
    await dropOpenings(work.database);
    return 0;
  };
  return [
    { name: 'openings', run: (signal) => tellOpenings(work, signal) },
    { name: 'openings-over', run: forget },
  ];
}
