import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

const LIBS = join(projectFolder(), 'libs');
const READERS = readdirSync(LIBS).flatMap((lib) =>
  readdirSync(join(LIBS, lib, 'src'))
    .filter((file) => /^read-.*\.ts$/.test(file) && !file.endsWith('.spec.ts'))
    .map((file) => join(lib, 'src', file)),
);

/** Readers that need no scope, and why. */
const OPEN: Readonly<Record<string, string>> = {
  'regulation/src/read-regulation.ts': 'reads a file of the first load',
  'engine/src/read-terms.ts': 'the caller has read the subject through its scope',
  'regulation/src/read-regulation-in-force.ts': 'an adopted regulation is public (Awb 3:42)',
};

it.each(READERS)('%s passes what it reads through a scope of the policy tables, or is public with a reason', (file) => {
  const text = readFileSync(join(LIBS, file), 'utf8');
  const statements = text.split(/text: `/).slice(1);
  const unscoped = statements.filter(
    (sql) =>
      !/\$\{(scopeOf|appliesTo|handles|writes|writesAlong)\(|app\.staff_roles\(|app\.actor\(\)/.test(
        sql.split('`,')[0] ?? sql,
      ),
  );
  expect([file, OPEN[file] === undefined ? unscoped.length : 0]).toEqual([file, 0]);
});
