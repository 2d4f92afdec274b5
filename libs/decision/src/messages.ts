/** What a person reads when a rule of this library is broken, by the error's code. */
export const DECISION_MESSAGES = {
  'nothing-to-rank': {
    nl: 'Van ronde {call} is nog geen beoordeling afgesloten. Sluit eerst de beoordeling van een aanvraag af.',
    en: 'No review of call {call} has been closed yet. Close the review of a proposal first.',
  },
  'call-is-not-ranked': {
    nl: 'Ronde {call} verdeelt het geld op volgorde van binnenkomst. Er wordt niets gerangschikt.',
    en: 'Call {call} gives money in order of arrival. Nothing is ranked.',
  },
  'objected-already': {
    nl: 'U hebt al bezwaar gemaakt tegen dit besluit. Wilt u iets toevoegen? Neem contact op met het netwerk.',
    en: 'You objected to this decision already. To add something, contact the network.',
  },
} as const;
