import type pg from 'pg';
import type { ImportOrder } from './import-order.js';
import { LaterFileKnown, TooManySchoolsEnd } from './school-errors.js';

/** More than this share, or this number, does not end in a month: then a file is missing, or it is the wrong one. */
const MOST = { share: 0.05, number: 50 };
const ACTIVE = 'select count(*)::int as n from school_site where ended_on is null';

/** Holds an import that would end many schools at once, or move them to another level. Throws TooManySchoolsEnd unless exactly this number was confirmed. */
export async function brake(owner: pg.ClientBase, { confirmed }: ImportOrder, ends: number): Promise<void> {
  const active = (await owner.query<{ n: number }>(ACTIVE)).rows[0]?.n ?? 0;
  const most = Math.max(1, Math.min(MOST.number, Math.floor(active * MOST.share)));
  if (ends > most && ends !== confirmed) throw new TooManySchoolsEnd(ends, active);
}

/** Throws LaterFileKnown when rows would be overwritten that a file of a later day told. */
export function assertNoneLater(
  { mayBeOlder = false }: ImportOrder,
  later: { readonly rows: number; readonly day: string } | undefined,
): void {
  if (later !== undefined && later.rows > 0 && !mayBeOlder) throw new LaterFileKnown(later.rows, later.day);
}
