import { describe, expect, it } from '@jest/globals';
import { NestedTooDeep, written, writtenText } from './index.js';

describe('what comes in', () => {
  it.each([
    ['control characters go', 'a\u0000b\u0007c\u009fd', 'abcd'],
    ['line breaks and tabs stay, each line break the same', 'a\r\nb\rc\u2028d\te', 'a\nb\nc\nd\te'],
    ['byte order marks and halves of signs go', '\ufeffa\ud800b\udc00', 'ab'],
    ['turns of direction go, marks of direction stay', 'a\u202eb\u2066c\u200fd', 'abc\u200fd'],
    ['each letter has one spelling', 'e\u0301', 'é'],
    ['emoji stay whole', '👩‍👩‍👧 👍🏽', '👩‍👩‍👧 👍🏽'],
  ])('as a text: %s', (_, typed, kept) => {
    expect(writtenText(typed)).toBe(kept);
  });

  it.each([
    ['title', 'a\nb', ['U+000A']],
    ['name', 'a\u202eb\u202cb\u202e', ['U+202E', 'U+202C']],
    ['email', 'a\u0000@b', ['U+0000']],
    ['organisation', '\ud800', ['U+D800']],
  ])('as a line named %s: %j is refused', (field, typed, signs) => {
    expect(written({ [field]: typed }).faults).toEqual([{ pointer: `/${field}`, path: field, field, signs }]);
  });

  it('finds the lines in rows, in dotted names and in translations', () => {
    const body = { partners: [{ name: 'a\u0007' }], 'partners.0.name': '\u0007', call: { name: { nl: '\u0007' } } };
    expect(written(body).faults.map(({ pointer, field }) => [pointer, field])).toEqual([
      ['/partners/0/name', 'name'],
      ['/partners.0.name', 'name'],
      ['/call/name/nl', 'name'],
    ]);
  });

  it('leaves numbers, nothing and secrets as they are, and cleans keys', () => {
    const body = { n: 1, no: null, list: [true], newPassword: 'e\u0301\u0007', 'a\u0000b': 'x' };
    expect(written(body)).toEqual({
      value: { n: 1, no: null, list: [true], newPassword: 'e\u0301\u0007', ab: 'x' },
      faults: [],
    });
  });

  it('is refused when it is nested deeper than anybody asks', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) });
    expect(written(deep(40)).faults).toEqual([]);
    expect(() => written(deep(41))).toThrow(NestedTooDeep);
  });
});
