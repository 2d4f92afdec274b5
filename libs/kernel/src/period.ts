import { DomainError } from './domain-error.js';

export type PeriodUnit = 'days' | 'working-days' | 'weeks' | 'months' | 'years';

/** A length of time in one unit. Working days (`P10WD`) are an extension of ISO 8601 for reminders. */
export interface Period {
  readonly count: number;
  readonly unit: PeriodUnit;
}

/** Not a period in one unit, such as P6W, P10D, P3M, P2Y or P5WD. */
export class NotAPeriod extends DomainError {
  readonly code = 'not-a-period';
  constructor(text: string) {
    super('This is not a period such as P6W, P10D, P3M or P2Y.', { text });
  }
}

const UNITS: Readonly<Record<string, PeriodUnit>> = {
  D: 'days',
  WD: 'working-days',
  W: 'weeks',
  M: 'months',
  Y: 'years',
};
const SHAPE = /^([+-]?)P(\d{1,4})(WD|D|W|M|Y)$/;

/** Parses `P6W` or, with a sign, `-P10WD` (a negative count). Throws NotAPeriod. */
export function parsePeriod(text: string): Period {
  const match = SHAPE.exec(text);
  const unit = UNITS[match?.[3] ?? ''];
  if (match === null || unit === undefined) throw new NotAPeriod(text);
  const count = Number(match[2]) * (match[1] === '-' ? -1 : 1);
  return { count, unit };
}
