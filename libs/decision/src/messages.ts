/** What a person reads when a rule of this library is broken, by the error's code. */
export const DECISION_MESSAGES = {
  'nothing-to-rank': {
    nl: 'Van ronde {call} is nog geen beoordeling afgesloten. Sluit eerst de beoordeling van een aanvraag af.',
    en: 'No review of call {call} has been closed yet. Close the review of a proposal first.',
  },
} as const;
