/** What a person reads when a rule of this library is broken, by the error's code. */
export const DECISION_MESSAGES = {
  'nothing-to-rank': {
    nl: 'Van ronde {call} is nog geen beoordeling afgesloten. Sluit eerst de beoordeling van een aanvraag af.',
    en: 'No review of call {call} has been closed yet. Close the review of a proposal first.',
  },
  'objected-already': {
    nl: 'U hebt al bezwaar gemaakt tegen dit besluit. Wilt u iets toevoegen? Neem contact op met het netwerk.',
    en: 'You objected to this decision already. To add something, contact the network.',
  },
  'explanation-is-asked': {
    nl: 'U hebt al om uitleg gevraagd. Wacht op het antwoord.',
    en: 'You asked for an explanation already. Wait for the answer.',
  },
  'no-explanation-waits': {
    nl: 'Er wacht hier geen vraag om uitleg meer. Bekijk wat er geantwoord is.',
    en: 'No request for an explanation waits here any more. See what was answered.',
  },
} as const;
