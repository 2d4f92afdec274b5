import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#lib/kernel';
import { FILES_MESSAGES } from '#lib/files';
import { projectFolder } from '#lib/settings';
import { CODES_BY_STATUS, statusOf } from '../../apps/server/src/edge/error-status.js';
import { problemOf } from '../../apps/server/src/edge/problem.js';

/** Where a request can meet an error; the command line has no statuses. */
const FOLDERS = [['libs'], ['apps', 'server', 'src'], ['apps', 'worker', 'src']];

/** Classes that compute their code, with all the codes they can have. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  PasswordNotAcceptable: ['password-too-short', 'password-too-long', 'password-too-common'],
  FileRefused: Object.keys(FILES_MESSAGES).filter(
    (code) => !['file-too-large', 'file-store-full', 'upload-broken'].includes(code),
  ),
};

/** Every subclass of DomainError by name, with its code; null where the class computes it. */
function errorClasses(): ReadonlyMap<string, string | null> {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(join(projectFolder(), ...folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')),
  );
  const found = new Map<string, string | null>();
  for (const source of sources)
    for (const [whole, name = ''] of source.matchAll(/class (\w+) extends DomainError \{[^]*?\n\}/g))
      found.set(name, /readonly code = '([\w-]+)'/.exec(whole)?.[1] ?? null);
  return found;
}

const classes = errorClasses();
const listed = Object.values(CODES_BY_STATUS).flat();

describe('a broken rule', () => {
  it('has its status by its code, named in one list: every subclass of DomainError has its row', () => {
    expect(classes.size).toBeGreaterThan(100);
    const codes = [...new Set(classes.values())].filter((code) => code !== null);
    expect(codes.filter((code) => !listed.includes(code))).toEqual([]);
    const computed = [...classes].filter(([, code]) => code === null).map(([name]) => name);
    expect(computed.sort()).toEqual(Object.keys(COMPUTED).sort());
    expect(
      Object.values(COMPUTED)
        .flat()
        .filter((code) => !listed.includes(code)),
    ).toEqual([]);
  });

  it('stands under one status, and no row is left of a rule that is gone', () => {
    expect(new Set(listed).size).toBe(listed.length);
    const known = [...classes.values(), ...Object.values(COMPUTED).flat()];
    expect(listed.filter((code) => !known.includes(code))).toEqual([]);
  });

  it('that no row names is a fault of ours: 500, and none of its words are shown', () => {
    class NobodyThoughtOfIt extends DomainError {
      readonly code = 'nobody-thought-of-it';
    }
    expect(statusOf('nobody-thought-of-it')).toBe(500);
    expect(problemOf(new NobodyThoughtOfIt('a secret'), 'en')).toEqual({
      ...{ type: 'about:blank', title: 'Something went wrong on our side. Try again later.', status: 500 },
      code: 'internal',
    });
  });

  it('that is ours to mend is no refusal: what does not fit, cannot be printed or was rolled back is 500', () => {
    const ours = [
      'not-registered',
      'frozen-definition-does-not-fit',
      'letter-cannot-be-printed',
      'transaction-rolled-back',
    ];
    expect(ours.map(statusOf)).toEqual([500, 500, 500, 500]);
    expect(['move-refused', 'not-found', 'payload-is-wrong', 'database-away'].map(statusOf)).toEqual([
      409, 404, 400, 503,
    ]);
  });
});
