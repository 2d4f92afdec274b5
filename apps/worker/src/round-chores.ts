import { expireDueTerms, remindOfDueTerms, runDueCommands, type DueWork } from '#lib/engine';
import type { Chore } from '#lib/queue';

/** The chores of a round: terms that end, moves that other moves asked for, reminders. */
export function roundChores(work: DueWork): Chore[] {
  return [
    { name: 'terms', run: () => expireDueTerms(work) },
    { name: 'commands', run: () => runDueCommands(work) },
    { name: 'reminders', run: () => remindOfDueTerms(work) },
  ];
}
