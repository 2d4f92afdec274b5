import { addDays, DomainError, parsePeriod, type CalendarDate, type Period, type Text } from '#lib/kernel';
import { isBeyondHorizon } from './equated-days.js';
import { freeDay, isWorkingDay } from './free-days.js';
import { lengthened, type Suspension } from './suspensions.js';
import { addPeriod } from './working-days.js';

/** Where a term is laid down; it decides whether the Algemene termijnenwet moves its end. */
export type TermSource = 'law' | 'decree' | 'ministerial-regulation' | 'own-rules';

export interface TermInput {
  readonly start: CalendarDate;
  /** True (default): the day after `start` is the first day. False counts as if `start` were one day earlier. */
  readonly startsNextDay?: boolean;
  /** P6W, P10D, P3M, P2Y or P10WD; without a sign. */
  readonly period: string;
  readonly source: TermSource;
  readonly direction?: 'forward' | 'backward';
  readonly suspensions?: readonly Suspension[];
}

export type TermRule = 'art-1' | 'art-2' | 'art-4' | 'art-5' | 'backward';

/** One reason why a term ends where it ends. */
export interface TermReason {
  readonly rule: TermRule;
  readonly day: CalendarDate;
  readonly name: Text;
  readonly sentence: Text;
  readonly ground: string;
}

export interface TermAnswer {
  readonly lastDay: CalendarDate;
  /** The last day before the Algemene termijnenwet moved it, or null when it did not. */
  readonly movedFrom: CalendarDate | null;
  readonly because: readonly TermReason[];
  /** Equated days are not known for this day yet: the answer may change. */
  readonly beyondHorizon: boolean;
}

/** A period of a term has no sign: use the direction. */
export class TermPeriodHasASign extends DomainError {
  readonly code = 'term-period-has-a-sign';
  constructor(period: string) {
    super('The length of a term has no sign; use the direction.', { period });
  }
}

/** The last day of a term and why. Throws NotAPeriod, TermPeriodHasASign. */
export function computeTerm(input: TermInput): TermAnswer {
  if (/^[+-]/.test(input.period)) throw new TermPeriodHasASign(input.period);
  const period = parsePeriod(input.period);
  const start = input.startsNextDay === false ? addDays(input.start, -1) : input.start;
  if (input.direction === 'backward') return backward(start, period);
  const plainEnd = addPeriod(start, period);
  const end = lengthened(addDays(start, 1), plainEnd, input.suspensions ?? []);
  if (!isFromLaw(input.source)) return fixed(end, 'art-5');
  if (isLong(period)) return fixed(end, 'art-4');
  return rolled(start, end, period);
}

/** Art. 1 lid 2: a term counted back from a moment never moves. */
function backward(start: CalendarDate, period: Period): TermAnswer {
  return fixed(addPeriod(start, { ...period, count: -period.count }), 'backward');
}

/** A last day that stays, with the reason why it stays when it is a free one. */
function fixed(lastDay: CalendarDate, rule: 'art-4' | 'art-5' | 'backward'): TermAnswer {
  const free = freeDay(lastDay);
  const because = free === undefined ? [] : [reason(rule, lastDay, free.name)];
  return { lastDay, movedFrom: null, because, beyondHorizon: isBeyondHorizon(lastDay) };
}

/** Art. 2 first (a term of at least three days holds at least two working days), then art. 1 (it does not end on a free day). */
function rolled(start: CalendarDate, end: CalendarDate, period: Period): TermAnswer {
  const because: TermReason[] = [];
  let last = end;
  while (isAtLeastThreeDays(period) && workingDaysWithin(start, last) < 2) last = addDays(last, 1);
  if (last !== end) because.push(reason('art-2', end, TOO_FEW));
  for (let free = freeDay(last); free !== undefined; free = freeDay(last)) {
    because.push(reason('art-1', last, free.name));
    last = addDays(last, 1);
  }
  return { lastDay: last, movedFrom: last === end ? null : end, because, beyondHorizon: isBeyondHorizon(last) };
}

function workingDaysWithin(start: CalendarDate, last: CalendarDate): number {
  let count = 0;
  for (let day = addDays(start, 1); day <= last && count < 2; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
  return count;
}

/** Art. 5: also orders in council, not ministerial regulations, ordinances or private rules. */
function isFromLaw(source: TermSource): boolean {
  return source === 'law' || source === 'decree';
}

/** Art. 4 sub a: not for terms of more than 90 days, twelve weeks or three months, nor for years. */
function isLong({ count, unit }: Period): boolean {
  const longest = { days: 90, 'working-days': 90, weeks: 12, months: 3, years: 0 };
  return count > longest[unit];
}

function isAtLeastThreeDays({ count, unit }: Period): boolean {
  return unit === 'days' ? count >= 3 : unit !== 'working-days';
}

const TOO_FEW: Text = { nl: 'minder dan twee werkdagen', en: 'fewer than two working days' };

const GROUNDS: Readonly<Record<TermRule, { readonly ground: string; readonly sentence: Text }>> = {
  'art-1': {
    ground: 'Atw art. 1 lid 1',
    sentence: {
      nl: 'De termijn loopt door tot de eerste dag die geen zaterdag, zondag of feestdag is.',
      en: 'The term runs on to the first day that is no Saturday, Sunday or holiday.',
    },
  },
  'art-2': {
    ground: 'Atw art. 2',
    sentence: {
      nl: 'In een termijn van drie dagen of meer zitten ten minste twee werkdagen.',
      en: 'A term of three days or more holds at least two working days.',
    },
  },
  'art-4': {
    ground: 'Atw art. 4 sub a',
    sentence: {
      nl: 'De termijn is langer dan twaalf weken of drie maanden. Daarom schuift de laatste dag niet op.',
      en: 'The term is longer than twelve weeks or three months. So its last day does not move.',
    },
  },
  'art-5': {
    ground: 'Atw art. 5',
    sentence: {
      nl: 'De termijn staat in eigen regels en niet in een wet. Daarom schuift de laatste dag niet op.',
      en: 'The term comes from own rules and not from a law. So its last day does not move.',
    },
  },
  backward: {
    ground: 'Atw art. 1 lid 2',
    sentence: {
      nl: 'De termijn wordt teruggerekend. Daarom schuift de dag niet op.',
      en: 'The term is counted back. So the day does not move.',
    },
  },
};

function reason(rule: TermRule, day: CalendarDate, name: Text): TermReason {
  return { rule, day, name, ...GROUNDS[rule] };
}
