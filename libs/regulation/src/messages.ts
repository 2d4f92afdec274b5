/** What a person reads when a rule of this library is broken, by the error's code. */
export const REGULATION_MESSAGES = {
  'call-number-taken': {
    nl: 'Nummer {number} is al van een andere ronde. Kies een ander nummer.',
    en: 'Number {number} belongs to another call. Choose another number.',
  },
  'call-closes-before-it-opens': {
    nl: 'De ronde sluit voordat zij opent. Kies een latere sluiting.',
    en: 'The call closes before it opens. Choose a later closing.',
  },
  'outage-times-are-wrong': {
    nl: 'Het einde van de storing ligt na het begin, en niet in de toekomst. Kijk de tijden na.',
    en: 'An outage ends after it starts, and not in the future. Check the times.',
  },
  'no-tranche-left': {
    nl: 'Elke tranche van de regeling heeft al een ronde ({tranches}). Trek een ronde in, of stel een regeling met meer tranches vast.',
    en: 'Every tranche of the regulation has its call ({tranches}). Withdraw a call, or adopt a regulation with more tranches.',
  },
  'distribution-not-supported': {
    nl: 'Deze regio verdeelt op een manier die deze versie nog niet kan uitvoeren ({way}).',
    en: 'This region distributes in a way that this version cannot carry out yet ({way}).',
  },
} as const;
