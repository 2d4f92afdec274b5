/** What a person reads when a rule of this library is broken, by the error's code. */
export const COMMITTEE_MESSAGES = {
  'person-is-no-member': {
    nl: 'Deze persoon is geen commissielid in deze regio. Nodig de persoon eerst uit als lid.',
    en: 'This person is no committee member in this region. Invite the person as a member first.',
  },
  'seat-held-already': {
    nl: 'Deze persoon zit al in de commissie van deze ronde.',
    en: 'This person sits on the committee of this call already.',
  },
  'committee-has-a-chair': {
    nl: 'De commissie heeft al een voorzitter. Beëindig eerst die plaats.',
    en: 'The committee has a chair already. End that seat first.',
  },
  'seat-has-open-reviews': {
    nl: 'Dit lid heeft nog {count} beoordelingen open. Laat die eerst vervallen of wacht tot ze klaar zijn.',
    en: 'This member still has {count} open reviews. Release them first, or wait until they are done.',
  },
  'committee-is-closed': {
    nl: 'De ronde is afgerond. De commissie verandert niet meer.',
    en: 'The call has ended. Its committee does not change any more.',
  },
  'reviewer-has-no-seat': {
    nl: 'Deze persoon zit niet in de commissie van deze ronde. Kies een commissielid.',
    en: 'This person has no seat in the committee of this call. Choose a member.',
  },
  'reviewer-has-interest': {
    nl: 'Dit lid heeft een belang bij deze aanvraag. Kies een ander lid.',
    en: 'This member has an interest in this proposal. Choose another member.',
  },
  'assigned-already': {
    nl: 'Dit lid is al gevraagd voor deze aanvraag. Kies een ander lid.',
    en: 'This member was asked for this proposal before. Choose another member.',
  },
  'proposal-takes-no-reviews': {
    nl: 'Aanvraag {number} krijgt nu geen beoordelaars: zij is nog niet in behandeling, of de beoordeling is al klaar.',
    en: 'Proposal {number} takes no reviewers now: it is not admitted yet, or its review is done.',
  },
} as const;
