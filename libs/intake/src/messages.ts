/** What a person reads when a rule of this library is broken, by the error's code. */
export const INTAKE_MESSAGES = {
  'call-takes-no-proposals': {
    nl: 'Ronde {call} is afgerond en neemt geen aanvragen meer aan. Kijk welke ronde nu open is.',
    en: 'Call {call} has ended and takes no proposals any more. See which call is open now.',
  },
  'proposal-not-in-your-hands': {
    nl: 'Aanvraag {number} is ingediend en nu niet te wijzigen. Neem contact op met het loket als er iets niet klopt.',
    en: 'Proposal {number} was submitted and cannot be changed now. Contact the desk if something is wrong.',
  },
} as const;
