import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { drawLots, LotTwice, seedOf } from './index.js';

const openssl = (input: string, ...more: string[]): string =>
  spawnSync('openssl', ['dgst', '-sha256', ...more], { input, encoding: 'utf8' })
    .stdout.split('= ')[1]
    ?.trim() ?? '';

const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;

const ids = (more: fc.ArrayConstraints = {}): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 30, ...more });

describe('lots', () => {
  (hasOpenssl ? it : it.skip)('are recomputed by an outsider with openssl, ticket by ticket', () => {
    const seed = seedOf('geheim-ß', 'AEX 2027-03-01 912,34');
    const { commitment, order } = drawLots(seed, ['2027-1-001', '2027-1-002', 'Ç & Ø']);
    expect(commitment).toBe(openssl(seed));
    for (const { id, ticket } of order) expect(ticket).toBe(openssl(id, '-hmac', seed));
    expect(order.map(({ ticket }) => ticket)).toEqual(order.map(({ ticket }) => ticket).sort());
  });

  it('do not depend on the order of the ids, lose none and add none', () => {
    fc.assert(
      fc.property(fc.string(), ids(), (seed, given) => {
        const { order } = drawLots(seed, given);
        expect(drawLots(seed, [...given].reverse()).order).toEqual(order);
        expect(order.map(({ id }) => id).sort()).toEqual([...given].sort());
      }),
    );
  });

  it('keep the order of those who stay when somebody leaves', () => {
    fc.assert(
      fc.property(fc.string(), ids({ minLength: 2 }), (seed, given) => {
        const [leaver, ...rest] = given;
        const before = drawLots(seed, given).order.filter(({ id }) => id !== leaver);
        expect(drawLots(seed, rest).order).toEqual(before);
      }),
    );
  });

  it('give each the first place about equally often', () => {
    const first = Array.from({ length: 3000 }, (_, i) => drawLots(`seed ${i}`, ['a', 'b', 'c']).order[0]?.id);
    for (const id of ['a', 'b', 'c'])
      expect(Math.abs(first.filter((one) => one === id).length - 1000)).toBeLessThan(120);
  });

  it('refuse an id that takes part twice', () => {
    expect(() => drawLots('seed', ['a', 'b', 'a'])).toThrow(LotTwice);
  });
});
