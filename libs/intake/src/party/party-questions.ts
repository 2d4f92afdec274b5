import type { PartyRole } from './party.js';

/** The answers that a role belongs to; a contact person belongs to none, and gives nothing to what is judged. */
const QUESTIONS: Readonly<Record<PartyRole, readonly string[]>> = {
  'co-applicant': ['schools', 'partners'],
  partner: ['partners'],
  school: ['schools'],
  payee: ['payee.kind', 'payee.name', 'payee.iban'],
  contact: [],
};

/** The questions that must be asked for before a party of this role may be written down, changed or taken out; empty: none. */
export function questionsOfRole(role: PartyRole): readonly string[] {
  return QUESTIONS[role];
}

/** Whether parties of a role may change now: in a draft all, in a completion those whose question was asked for. */
export function mayChangeRole(role: PartyRole, mayChange: (path: string) => boolean): boolean {
  const questions = questionsOfRole(role);
  return questions.length === 0 || questions.some((path) => mayChange(path));
}
