import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { calendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import { projectFolder } from '#lib/settings';
import type { Start } from './open-server.js';

/** The day on which the fictitious schools were written down. */
const AS_OF = calendarDate('2026-11-01');

/** Fictitious schools (BRIN 90AA and on) in real places, so that every place leads to its network. None in production; once is enough. */
export async function demoSchools(ownerUrl: string, { settings }: Start): Promise<void> {
  if (settings.NODE_ENV === 'production') return;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
    await importSchools(owner, { bytes, name: 'schools.csv', asOf: AS_OF, level: 'PO', isComplete: false });
  } finally {
    await owner.end();
  }
}
