import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

export interface MigrationFile {
  readonly name: string;
  readonly up: string;
  readonly down: string;
  readonly sha256: string;
}

/** The SQL files in the order in which they run. */
export function listMigrations(): MigrationFile[] {
  const folder = join(projectFolder(), 'libs', 'database', 'sql');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.up.sql'))
    .sort()
    .map((file) => {
      const up = readFileSync(join(folder, file), 'utf8');
      const down = readFileSync(join(folder, file.replace('.up.sql', '.down.sql')), 'utf8');
      return { name: file.replace('.up.sql', ''), up, down, sha256: createHash('sha256').update(up).digest('hex') };
    });
}
