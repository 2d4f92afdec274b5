import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { calendarDate, type CalendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import { projectFolder } from '#lib/settings';

/** The day on which the fictitious schools were written down. */
const AS_OF = calendarDate('2026-11-01');

/** Fictitious schools (BRIN 90AA and on) in real places, so that every place leads to its network. Once is enough. */
export async function demoSchools(owner: pg.ClientBase, asOf: CalendarDate = AS_OF): Promise<void> {
  const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
  await importSchools(owner, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
}
