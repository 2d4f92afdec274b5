import { describe, expect, it } from '@jest/globals';
import type { Todo } from '../../tasks/task-list.js';
import { todoView } from './todo.view.js';

const WORDS = { language: 'nl', say: (key: string) => key, has: () => false, now: '2026-11-29T03:00:00.000Z' } as const;

function dueOn(due: string | null, phase = 'screening'): object {
  const first = { id: 'p1', title: 'Meten' };
  const group = { kind: 'proposal', workflow: 'proposal', phase, count: 1, first, call: null };
  const item = { kind: 'proposal', group, role: 'owner', acts: [], label: { nl: 'x', en: 'x' }, due };
  const todo = { items: [item], waiting: [], raised: [], parts: [], rounds: [] } as unknown as Todo;
  const [tile] = todoView(todo, WORDS);
  return { due: tile?.dueText, on: tile?.dueOn, isLate: tile?.isLate };
}

describe('what must I do now', () => {
  it('tells a term that ends at midnight by its last day, as every other page does', () => {
    expect(dueOn('2026-12-20T23:00:00.000Z')).toEqual({ due: 'start.by', on: '20 december 2026', isLate: false });
  });

  it('tells a term that ends in the middle of a day with its hour', () => {
    const on = '13 december 2026, 17.00 uur';
    expect(dueOn('2026-12-13T16:00:00.000Z')).toMatchObject({ due: 'start.before', isLate: false });
    expect((dueOn('2026-12-13T16:00:00.000Z') as { on: string }).on).toContain(on);
  });

  it('calls late what is over, and not yet what ends today', () => {
    expect(dueOn('2026-11-28T23:00:00.000Z')).toEqual({ due: 'start.late', on: '28 november 2026', isLate: true });
    expect(dueOn('2026-11-29T23:00:00.000Z')).toMatchObject({ due: 'start.by', isLate: false });
    expect(dueOn('2026-11-29T02:59:59.000Z')).toMatchObject({ due: 'start.late', isLate: true });
  });

  it('calls no draft late after the closing: what is sent then is told so itself', () => {
    expect(dueOn('2026-11-29T02:59:59.000Z', 'preparing')).toMatchObject({ due: 'start.closing-was', isLate: false });
  });

  it('says nothing of a day where there is no term', () => {
    expect(dueOn(null)).toEqual({ due: 'start.before', on: '', isLate: false });
  });
});
