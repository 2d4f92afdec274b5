import { describe, expect, it } from '@jest/globals';
import type { BoardRow } from '#lib/decision';
import type { CallRules } from '#lib/regulation';
import { tiedIn, verdictsOf, waitingIn } from './money-line.js';

const row = (id: string, position: number, requestedCents: number, more: Partial<BoardRow> = {}): BoardRow => ({
  ...{ id, position, requestedCents, number: id, title: id, organisation: '', phase: 'ranked', state: 'Ranked' },
  ...{
    isLate: false,
    workflow: 'proposal-tender',
    minimumCents: null,
    total: '4',
    meetsThreshold: true,
    reviewTotals: [],
  },
  ...{ reviewsAsked: 3, reviewsIn: 3, interests: 0, advice: null, draft: null, outcome: null, amountCents: null },
  ...{ reservePlace: null, ...more },
});
const advised = (outcome: 'grant' | 'refuse', amountCents: number | null = null): Partial<BoardRow> => ({
  phase: 'advised',
  advice: { outcome, amountCents, givenBy: 'x', holds: true },
});
const rulesOf = (ceilingCents: number, atShortage: 'stop' | 'skip'): CallRules =>
  ({ regulation: { distribution: { ceilingCents, atShortage } } }) as unknown as CallRules;
const grants = (rows: readonly BoardRow[], rules: CallRules): string =>
  verdictsOf(rows, rules)
    .filter(({ ground }) => ground === null)
    .map(({ id }) => id)
    .join('');
const waiting = (rows: readonly BoardRow[], rules: CallRules): string => [...waitingIn(rows, rules)].sort().join('');

describe('the money line of a call', () => {
  const rows = [row('a', 1.5, 40), row('b', 1.5, 30), row('c', 3, 15), row('d', 4, 15, { meetsThreshold: false })];

  it('waits, where it skips, with all whose turn depends on a choice among equals', () => {
    expect([...tiedIn(rows, rulesOf(50, 'skip'))].sort()).toEqual(['a', 'b']);
    expect(waiting(rows, rulesOf(50, 'skip'))).toBe('abc');
    expect(waiting(rows, rulesOf(50, 'stop'))).toBe('ab');
  });

  it('gives what is left after the choice: what was refused takes nothing, what was chosen takes its own', () => {
    const chosen = [row('a', 1.5, 40, advised('refuse')), row('b', 1.5, 30, advised('grant')), ...rows.slice(2)];
    expect(grants(chosen, rulesOf(50, 'skip'))).toBe('bc');
    expect(waiting(chosen, rulesOf(50, 'skip'))).toBe('');
  });

  it('stops, where it stops, at the one that lost the choice for lack of money, whichever comes first: the choice or the rest', () => {
    const equals = [row('a', 1.5, 40, advised('refuse')), row('b', 1.5, 40, advised('grant')), row('c', 3, 15)];
    expect(grants(equals, rulesOf(60, 'stop'))).toBe('b');
    expect(waiting(equals, rulesOf(60, 'stop'))).toBe('');
    expect(grants(equals, rulesOf(60, 'skip'))).toBe('bc');
  });

  it('stops there also while the one that was chosen for is still open, and while those above are', () => {
    const half = [row('a', 1.5, 40, advised('refuse')), row('b', 1.5, 40), row('c', 3, 15)];
    expect([grants(half, rulesOf(60, 'stop')), waiting(half, rulesOf(60, 'stop'))]).toEqual(['b', '']);
    const above = [row('a', 1, 40), row('b', 2, 40, advised('refuse')), row('c', 3, 15)];
    expect(grants(above, rulesOf(60, 'stop'))).toBe('a');
  });

  it('waits with the whole of a group, also with whom the money can never reach', () => {
    expect(waiting([row('a', 1.5, 70), row('b', 1.5, 40)], rulesOf(50, 'stop'))).toBe('ab');
  });

  it('forgets an advice that was given back', () => {
    const back = { ...advised('grant', 20), phase: 'ranked' as const };
    const rows = [row('a', 1, 40, { ...back, meetsThreshold: false }), row('b', 2, 30, { ...back })];
    expect(grants(rows, rulesOf(30, 'stop'))).toBe('b');
    expect(verdictsOf(rows, rulesOf(30, 'stop'))).toMatchObject([{ ground: 'threshold' }, { cents: 30 }]);
  });

  it('goes on below one that the committee refused though the money reached it', () => {
    const doubted = [row('a', 1, 40, advised('refuse')), row('b', 2, 40), row('c', 3, 15)];
    expect(grants(doubted, rulesOf(60, 'stop'))).toBe('bc');
  });

  it('takes the amount that was advised, not what was asked', () => {
    const partly = [row('a', 1, 40, advised('grant', 20)), row('b', 2, 30)];
    expect(grants(partly, rulesOf(50, 'stop'))).toBe('ab');
  });

  it('follows the decision where it deviates from the advice', () => {
    const decided = [row('a', 1, 40, { ...advised('grant'), phase: 'decided', outcome: 'refused' }), row('b', 2, 40)];
    expect(grants(decided, rulesOf(40, 'stop'))).toBe('b');
    expect(verdictsOf(decided, rulesOf(40, 'stop'))[0]).toMatchObject({ ground: 'ceiling' });
  });

  it('leaves out what ended', () => {
    expect(grants([row('a', 1, 40, { phase: 'ended' }), row('b', 2, 40)], rulesOf(40, 'stop'))).toBe('b');
  });
});
