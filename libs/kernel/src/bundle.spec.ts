import { describe, expect, it } from '@jest/globals';
import { makeBundle, replayBundle, type Bundle, type Calculator } from './index.js';

const tools = { progress: () => undefined, isCancelled: () => false };
const halves = (version = 1, error = 0): Calculator => ({
  kind: 'halves',
  version,
  seedOf: ({ seed }) => (typeof seed === 'number' ? seed : null),
  compute: (input, { seed }) => ({ half: Number(input) / 2 + error, group: seed === 7 ? 'lucky' : 'plain' }),
});
const made = (): Bundle => makeBundle(halves(), { input: 3, options: { seed: 7 }, node: 20 }, tools);

describe('a bundle', () => {
  it('holds what was computed from what, and a hash over it', () => {
    expect(made()).toMatchObject({
      format: 1,
      kind: 'halves',
      seed: 7,
      input: 3,
      result: { half: 1.5, group: 'lucky' },
    });
    expect(made().hash).toBe(made().hash);
  });

  it('replays to the byte on the same version and Node', () => {
    expect(replayBundle(made(), halves(), 20, tools)).toEqual({
      ...{ same: true, compared: 'bytes', hashHolds: true, differences: [] },
    });
    expect(replayBundle(made(), halves(1, 1e-7), 20, tools).differences).toEqual([
      { pointer: '/result/half', stored: 1.5, computed: 1.5000001 },
    ]);
  });

  it('replays within 1e-6 on another Node or version, and not beyond', () => {
    expect(replayBundle(made(), halves(1, 1e-6), 22, tools)).toMatchObject({ same: true, compared: 'numbers' });
    expect(replayBundle(made(), halves(2, 1e-6), 20, tools)).toMatchObject({ same: true, compared: 'numbers' });
    expect(replayBundle(made(), halves(2, 2e-6), 20, tools)).toMatchObject({ same: false });
  });

  it.each([
    ['result', { result: { half: 1.5, group: 'plain' } }, '/result/group'],
    ['result with more in it', { result: { half: 1.5, group: 'lucky', 'a/b': 1 } }, '/result/a~1b'],
    ['input', { input: 4 }, '/result/half'],
    ['seed', { seed: 8 }, '/seed'],
  ])('whose %s was changed is found out', (_, change, pointer) => {
    const replay = replayBundle({ ...made(), ...change }, halves(), 22, tools);
    expect([replay.same, replay.hashHolds, replay.differences.map((d) => d.pointer)]).toEqual([
      false,
      false,
      [pointer],
    ]);
  });
});
