import type { Language } from '#lib/kernel';
import type { RaisedTask } from '../../tasks/read-tasks.js';
import type { Todo, TodoItem } from '../../tasks/task-list.js';

interface Words {
  readonly language: Language;
  readonly now: string;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly has: (key: string) => boolean;
}

interface Tile {
  readonly href: string;
  readonly title: string;
  readonly what: string;
  readonly sub: string;
  readonly due: string | null;
  readonly isLate: boolean;
}

/** The list "what must I do now". */
export function todoView({ items, raised }: Todo, words: Words): { tiles: readonly Tile[]; raised: readonly object[] } {
  return { tiles: items.map((item) => tileOf(item, words)), raised: raised.map((task) => raisedOf(task, words)) };
}

function tileOf(item: TodoItem, words: Words): Tile {
  const { group, due, label, role } = item;
  const { language, say, has, now } = words;
  const own = `start.do.${role}.${group.workflow}.${group.phase}`;
  const key = has(own) ? own : `start.do.${role}.${item.kind}.${group.phase}`;
  const what = has(key) ? say(key) : label[language];
  const isOne = group.count === 1;
  const title = isOne && item.kind !== 'call' ? group.first.title : group.call.name[language];
  const sub =
    item.kind === 'call'
      ? group.call.number
      : isOne
        ? group.call.name[language]
        : say('start.how-many', { count: group.count });
  return { href: hrefOf(item), title, what, sub, due, isLate: due !== null && due < now };
}

function hrefOf({ kind, group, role }: TodoItem): string {
  if (kind === 'review') return `/oordelen/${group.first.id}`;
  if (kind === 'call') return `/rondes/${group.call.id}`;
  if (role === 'decider') return '/besluiten';
  return group.count === 1 ? `/aanvragen/${group.first.id}` : `/rondes/${group.call.id}/aanvragen`;
}

/** Where the page of a subject lies. */
const PATHS: Readonly<Record<string, string>> = { proposal: '/aanvragen', call: '/rondes' };

function raisedOf({ kind, subjectKind, subjectId, raisedAt }: RaisedTask, { say, has }: Words): object {
  const key = `start.raised.${kind}`;
  const href = PATHS[subjectKind] === undefined ? null : `${PATHS[subjectKind]}/${subjectId}`;
  return { text: has(key) ? say(key) : kind, raisedAt, href };
}
