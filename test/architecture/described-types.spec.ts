import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

/** Whether a description of an answer compiles only where it is the type; asked of the compiler itself, all lines in one run. */
const DESCRIPTIONS: readonly (readonly [why: string, code: string, compiles: boolean])[] = [
  [
    'it is the type',
    `described<{ a: string | null; b: 'x' | 'y' }>('X', { a: orNull(''), b: oneOf(['x', 'y'], 'x') })`,
    true,
  ],
  ['a property is missing', `described<{ a: string; b: string }>('X', { a: '' })`, false],
  ['there is one too many', `described<{ a: string }>('X', { a: '', b: '' })`, false],
  ['it can be null', `described<{ a: string | null }>('X', { a: '' })`, false],
  ['it is never null', `described<{ a: string }>('X', { a: orNull('') })`, false],
  ['it can be absent', `described<{ a?: string }>('X', { a: '' })`, false],
  ['a set of values is named', `described<{ a: 'x' | 'y' }>('X', { a: 'x' })`, false],
  ['and named whole', `described<{ a: 'x' | 'y' }>('X', { a: oneOf(['x'], 'x') })`, false],
  ['a calendar date is one', `described<{ a: CalendarDate }>('X', { a: '2027-01-01' })`, false],
  ['free JSON says so', `described<{ a: unknown }>('X', { a: 'x' })`, false],
  ['of a list the items are of the type', `described<{ a: readonly number[] }>('X', { a: ['x'] })`, false],
  [
    'an alternative is none of the two alone',
    `described<{ a: { b: string } | { c: string } }>('X', { a: { b: '' } })`,
    false,
  ],
  ['a handler answers what is described', handler('answer: ROW', 'Promise<Row>'), true],
  ['a handler answers nothing', handler('status: 204', 'Promise<void>'), true],
  [
    'a handler answers a property more, though it may be absent',
    handler('answer: ROW', 'Promise<Row & { more?: string }>'),
    false,
  ],
  ['a handler answers null', handler('answer: ROW', 'Row | null'), false],
  ['a handler answers what nothing describes', handler('', 'Promise<Row>'), false],
];

function handler(described: string, type: string): string {
  return `{ class C { @Documented({ summary: 'S.', ${described} }) act(): ${type} { throw new Error(); } } void C; }`;
}

/** Lines that the compiler refuses, by their place in DESCRIPTIONS. */
let refused: ReadonlySet<number>;
let said: string;

beforeAll(() => {
  const root = projectFolder();
  const folder = mkdtempSync(join(tmpdir(), 'described-'));
  const edge = join(root, 'apps', 'server', 'src', 'edge');
  const head = [
    `import { described, oneOf, orNull } from '${edge}/described.js';`,
    `import { Documented } from '${edge}/documented.js';`,
    `import type { CalendarDate } from '${root}/libs/kernel/src/index.js';`,
    `interface Row { readonly id: string } const ROW = described<Row>('Row', { id: '' }); export type Used = CalendarDate;`,
  ];
  writeFileSync(join(folder, 'lines.mts'), [...head, ...DESCRIPTIONS.map(([, code]) => `${code};`)].join('\n'));
  const compilerOptions = {
    noEmit: true,
    incremental: false,
    rootDir: '/',
    typeRoots: [join(root, 'node_modules', '@types')],
  };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, files: ['lines.mts'], include: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  said = spawnSync(compiler, ['-p', folder, '--pretty', 'false'], { encoding: 'utf8', cwd: folder }).stdout;
  refused = new Set([...said.matchAll(/lines\.mts\((\d+),/g)].map(([, line]) => Number(line) - head.length - 1));
  rmSync(folder, { recursive: true, force: true });
});

describe('the description of an answer', () => {
  it.each(DESCRIPTIONS.map(([why, code, compiles], at) => ({ why, code, compiles, at })))(
    'compiles only where it is the type: $why',
    ({ compiles, at }) => {
      expect([said.includes('TS2307'), !refused.has(at)]).toEqual([false, compiles]);
    },
  );
});
