import { describe, expect, it } from '@jest/globals';
import { isBeforeClosing, isOpenAt } from './call-moments.js';

const CALL = { phase: 'submitted', opensAt: '2026-12-01T08:00:00.000Z', closesAt: '2026-12-13T16:00:00.000Z' };

describe('the told moments of a call', () => {
  it('let it be open from its opening to the moment before its closing', () => {
    for (const [now, isOpen] of [
      ['2026-12-01T07:59:59.999Z', false],
      [CALL.opensAt, true],
      ['2026-12-13T15:59:59.999Z', true],
      [CALL.closesAt, false],
    ] as const)
      expect([now, isOpenAt(CALL, now)]).toEqual([now, isOpen]);
  });

  it('have a closing ahead also before the call opens, and none once it was closed early', () => {
    expect(isBeforeClosing(CALL, '2026-11-01T08:00:00.000Z')).toBe(true);
    expect(isBeforeClosing({ closesAt: '2026-12-02T10:00:00.000Z' }, '2026-12-03T10:00:00.000Z')).toBe(false);
  });

  it('open no call that is still prepared or was withdrawn', () => {
    for (const phase of ['preparing', 'ended']) expect(isOpenAt({ ...CALL, phase }, CALL.opensAt)).toBe(false);
  });
});
