import { dateOf, endOfDay, lastDayBefore, type Language } from '#lib/kernel';
import type { RaisedTask } from '../../tasks/read-tasks.js';
import type { AskedPart, WaitingWork } from '../../tasks/read-waiting.js';
import { dateAndTime, plainDate } from '../moments.js';
import type { Todo, TodoItem } from '../../tasks/task-list.js';

interface Words {
  readonly language: Language;
  readonly now: string;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly has: (key: string) => boolean;
}

/** One line of the list. */
export interface Tile {
  /** Null where there is nothing to open. */
  readonly href: string | null;
  readonly title: string;
  readonly what: string;
  readonly sub: string;
  /** An instant before which, or a day on or before which, it must be done; what it is sorted by. */
  readonly due: string | null;
  /** The same in words. */
  readonly dueOn: string;
  /** Key of the words before the date. */
  readonly dueText: string;
  readonly isLate: boolean;
  /** A task that ends only when somebody says so. */
  readonly doneAt: string | null;
}

/** The list "what must I do now": one list, soonest first, what has no date last. */
export function todoView({ items, waiting, raised, parts }: Todo, words: Words): readonly Tile[] {
  const tiles = [
    ...items.map((item) => tileOf(item, words)),
    ...waiting.map((work) => waitingTile(work, words)),
    ...raised.map((task) => raisedTile(task, words)),
    ...parts.map((part) => partTile(part, words)),
  ];
  return tiles.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
}

function tileOf(item: TodoItem, words: Words): Tile {
  const { group, label, role, acts } = item;
  const { language, say, has } = words;
  const keys = [
    ...acts.map((act) => `start.act.${act}`),
    `start.do.${role}.${group.workflow}.${group.phase}`,
    `start.do.${role}.${item.kind}.${group.phase}`,
  ];
  const key = keys.find(has);
  const what = key === undefined ? label[language] : say(key);
  const { call } = group;
  const isOne = group.count === 1 && item.kind !== 'call';
  const title = isOne || call === null ? group.first.title : call.name[language];
  const several = say('start.how-many', { count: group.count });
  const about = item.kind === 'call' ? call?.number : isOne ? call?.name[language] : several;
  return { href: hrefOf(item), title, what, sub: about ?? '', doneAt: null, ...whenOf(item, words) };
}

/** A draft whose call has closed is not called late: whether what is sent now came too late is told once it was sent. */
function whenOf({ kind, group, due }: TodoItem, words: Words): When {
  const when = dueOf(due, words);
  const isDraft = kind === 'proposal' && group.phase === 'preparing';
  return isDraft && when.isLate ? { ...when, dueText: 'start.closing-was', isLate: false } : when;
}

function hrefOf({ kind, group, role }: TodoItem): string {
  const { first, call } = group;
  if (kind === 'review') return `/oordelen/${first.id}`;
  if (kind === 'initiative') return `/initiatieven/${first.id}`;
  if (kind === 'call' || call === null) return `/rondes/${first.id}`;
  if (role === 'decider') return '/besluiten';
  return group.count === 1 ? `/aanvragen/${first.id}` : `/rondes/${call.id}/aanvragen`;
}

const WAITING_AT: Readonly<Record<WaitingWork['kind'], (work: WaitingWork) => string>> = {
  questions: ({ id }) => `/rondes/${id}/vragen`,
  check: ({ id, callId }) => `/rondes/${callId ?? ''}/volledigheid/${id}`,
  explanation: ({ id }) => `/aanvragen/${id}/uitleg`,
  'reviews-are-in': ({ id }) => `/rondes/${id}/aanvragen?fase=in-review`,
  'reviewer-shut-out': ({ id }) => `/rondes/${id}/toewijzen`,
  prepare: ({ id }) => `/rondes/${id}/rangschikking`,
  consultation: ({ id }) => `/initiatieven/${id}`,
};

function waitingTile(work: WaitingWork, words: Words): Tile {
  const { kind, call, title, count, lastDay } = work;
  const { say, language } = words;
  const name = call?.[language] ?? '';
  const isOne = title !== '';
  return {
    ...{ href: WAITING_AT[kind](work), what: say(`start.waiting.${kind}`, { count }) },
    ...{ title: isOne ? title : name === '' ? say('start.other-network') : name, sub: isOne ? name : '' },
    ...{ doneAt: null, ...dueOf(lastDay, words) },
  };
}

/** What no subject goes on with: somebody says that it was dealt with. */
const ENDED_BY_HAND: readonly string[] = ['mail', 'call', 'objection', 'document'];

const OPENED_AT: Readonly<Record<string, (id: string) => string>> = {
  proposal: (id) => `/aanvragen/${id}`,
  review: (id) => `/aanvragen/${id}`,
  objection: (id) => `/aanvragen/${id}/bezwaar`,
  document: (id) => `/aanvragen/${id}/besluit`,
  initiative: (id) => `/initiatieven/${id}`,
  call: (id) => `/rondes/${id}`,
};

function raisedTile(task: RaisedTask, words: Words): Tile {
  const { id, kind, subjectKind, openedId, title, raisedAt, lastDay } = task;
  const { say, has } = words;
  const key = `start.raised.${kind}`;
  const what = has(key) ? say(key) : kind;
  if (task.mail !== null || kind === 'relay-refuses') return mailTile(task, what, words);
  const came = onDay(dateOf(raisedAt), 'start.received-on', words);
  return {
    ...{ href: OPENED_AT[subjectKind]?.(openedId) ?? null, title: title ?? what },
    ...{ what: title === null ? say('start.raised-title') : what, sub: '' },
    ...{
      doneAt: ENDED_BY_HAND.includes(subjectKind) ? `/taken/${id}/klaar` : null,
      ...(subjectKind === 'objection' || subjectKind === 'document' ? came : dueOf(lastDay ?? dateOf(raisedAt), words)),
    },
  };
}

/** What did not arrive, to whom and why; or why no mail leaves at all, which ends by itself. */
function mailTile({ id, mail, reason, said, raisedAt }: RaisedTask, what: string, words: Words): Tile {
  const { say, has } = words;
  const why = say(`mail.reason.${reason !== null && has(`mail.reason.${reason}`) ? reason : 'unknown'}`);
  const when = { ...onDay(dateOf(raisedAt), 'start.since', words), href: null };
  if (mail === null)
    return { ...when, title: what, what: say('start.raised-title'), sub: `${why} ${said ?? ''}`, doneAt: null };
  const title = say(`mail.kind.${mail.template}`);
  const sub = `${mail.name} (${mail.address}). ${why}`;
  return { ...when, title, what, sub, doneAt: `/taken/${id}/klaar` };
}

function partTile({ title, organisation, askedAt }: AskedPart, words: Words): Tile {
  const what = words.say('start.waiting.part');
  // The mail that holds the link is found by its day.
  const when = onDay(dateOf(askedAt), 'start.mailed-on', words);
  return { href: null, title, what, sub: organisation, doneAt: null, ...when };
}

type When = Pick<Tile, 'due' | 'dueOn' | 'dueText' | 'isLate'>;

/** An instant is the first moment that is too late, told as the day before it when that is a midnight; a day is the last one in time. */
function dueOf(due: string | null, words: Words): When {
  const { now, language } = words;
  if (due === null) return { due, dueOn: '', dueText: 'start.before', isLate: false };
  const lastDay = due.includes('T') ? wholeDayBefore(due) : due;
  const isLate = lastDay === null ? due <= now : lastDay < dateOf(now);
  if (lastDay !== null) return { ...onDay(lastDay, isLate ? 'start.late' : 'start.by', words), isLate };
  return { due, dueOn: dateAndTime(language, due), dueText: isLate ? 'start.late' : 'start.before', isLate };
}

function onDay(day: string, dueText: string, { language }: Words): When {
  return { due: day, dueOn: plainDate(language, day), dueText, isLate: false };
}

/** Null when the instant is not the first of a day. */
function wholeDayBefore(instant: string): string | null {
  const day = lastDayBefore(instant);
  return Date.parse(endOfDay(day)) === Date.parse(instant) ? day : null;
}
