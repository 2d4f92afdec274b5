/** The legal calendar: on which day a term ends, and on which ground. */
export { computeTerm, TermPeriodHasASign } from './compute-term.js';
export type { TermAnswer, TermInput, TermReason, TermRule, TermSource } from './compute-term.js';
export { freeDays, isWorkingDay, type FreeDay } from './free-days.js';
export { EQUATED_DAYS_HORIZON, isBeyondHorizon } from './equated-days.js';
export { addWorkingDays, remindersOf, type Reminder } from './working-days.js';
export type { Suspension } from './suspensions.js';
