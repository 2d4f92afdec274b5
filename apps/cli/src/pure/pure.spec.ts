import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Terminal } from '../command.js';
import { readArguments } from './arguments.js';
import { nestingFault, syntaxFaults } from './json-syntax.js';
import { readJson } from './read-json.js';
import { tableLines } from './table.js';

const terminal = (text: string): Terminal => ({
  read: () => Promise.resolve(text),
  out: () => undefined,
  err: () => undefined,
});

describe('the arguments of a command', () => {
  const kinds = { model: ['crossed', 'mean'], pretty: 'flag', seed: 'text', id: 'texts' } as const;

  it('are files, flags and values', () => {
    const given = readArguments(['a.json', '--pretty', '--model', 'mean', '--id=a', '--id', 'b', '-'], kinds);
    if ('faults' in given) throw new Error('refused');
    expect([given.files, given.has('pretty'), given.text('model'), given.texts('id')]).toEqual([
      ['a.json', '-'],
      true,
      'mean',
      ['a', 'b'],
    ]);
    expect([given.has('seed'), given.text('seed')]).toEqual([false, undefined]);
  });

  it('are refused all at once: unknown, without a value, with a value that is not allowed, given twice', () => {
    const args = ['--x', '--model', 'median', '--pretty=yes', '--seed', '1', '--seed', '2', '--constructor'];
    const given = readArguments(args, kinds);
    expect('faults' in given && given.faults.map(({ message }) => message)).toEqual([
      'There is no option --x.',
      '--model is one of crossed, mean.',
      '--pretty takes no value.',
      '--seed is given more than once.',
      'There is no option --constructor.',
    ]);
  });
});

describe('a text that is not JSON', () => {
  it.each([
    ['', '', 'A value should stand here (line 1, column 1).'],
    ['{"a": [1, 2}', '/a', 'A comma or ] should stand here (line 1, column 12).'],
    ['{"a":\n {"b/c": tru}}', '/a/b~1c', 'tru is not a value in JSON (line 2, column 10).'],
    ['{a: 1}', '', 'A name in double quotes should stand here (line 1, column 2).'],
    ['["x', '/0', 'A text in double quotes has no end (line 1, column 4).'],
    ['["\\x"]', '/0', 'This text holds a line break or a wrong backslash (line 1, column 2).'],
    ['[1] 2', '', 'Nothing may follow the value (line 1, column 5).'],
    ['[01]', '/0', '01 is not a value in JSON (line 1, column 2).'],
  ])('%j tells where', (text, pointer, message) => {
    expect(syntaxFaults(text)).toEqual([{ pointer, message }]);
  });

  it('names every NaN and Infinity', () => {
    const faults = syntaxFaults('{"scores": [{"score": NaN}, {"score": 3}, {"score": -Infinity}]}');
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/scores/0/score', '/scores/2/score']);
  });

  it('has a fault exactly when JSON.parse refuses it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '1',
      '-',
      'e',
      '.',
      'null',
      ' ',
      '\n',
      '"a"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(syntaxFaults(text).length === 0).toBe(isJson);
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });

  it('nested a million deep is refused before anything parses it', async () => {
    const read = await readJson(terminal('['.repeat(1_000_000)), '-');
    expect(read).toEqual({ faults: [{ pointer: '', message: expect.stringContaining('nested deeper than 64') }] });
    expect(nestingFault(JSON.stringify({ a: '[[[['.repeat(100) + '"\\' }))).toBeUndefined();
  });

  it('with a thousand faults or more is told by the first thousand', async () => {
    const read = await readJson(terminal(`[${'NaN,'.repeat(5_000)}0]`), '-');
    expect('faults' in read && [read.faults.length, read.faults.at(-1)?.message]).toEqual([
      1_001,
      'Only the first 1000 faults are named.',
    ]);
  });
});

describe('a table', () => {
  it('sets numbers right, cuts long texts and lets no text move the cursor', () => {
    const lines = tableLines([
      { head: 'id', cells: ['a', 'a long name', '\u001b[2J'], most: 6 },
      { head: 'rank', cells: ['1', '10', '2.5'], align: 'right' },
    ]);
    expect(lines).toEqual(
      ['id      rank', '────────────', 'a          1', 'a lon…    10', '\uFFFD[2J     2.5'].map((l) => l),
    );
  });
});
