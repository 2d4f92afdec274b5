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
  'only-what-was-asked': {
    nl: 'U kunt nu alleen aanvullen wat is gevraagd. Laat dit zoals het was: {labels}',
    en: 'You can only complete what was asked for. Leave this as it was: {labels}',
  },
  'not-repairable-after-closing': {
    nl: 'De ronde is gesloten. Dit is niet meer aan te vullen: {labels}. Beoordeel de aanvraag zoals zij is, of stel voor af te wijzen.',
    en: 'The call has closed. This can no longer be completed: {labels}. Have the proposal judged as it is, or propose refusal.',
  },
  'question-unknown': {
    nl: 'Het formulier kent deze vraag niet: {labels}. Noem vragen bij het pad van hun antwoord.',
    en: 'The form has no such question: {labels}. Name questions by the path of their answer.',
  },
  'party-link-not-valid': {
    nl: 'Deze link geldt niet meer. Vraag de penvoerder om een nieuwe mail.',
    en: 'This link is no longer valid. Ask the lead applicant for a new mail.',
  },
  'part-answered-already': {
    nl: 'Dit deel is al beantwoord. Wilt u het anders? Vraag de penvoerder om een nieuwe mail.',
    en: 'This part was answered already. To change it, ask the lead applicant for a new mail.',
  },
  'party-asked-too-often': {
    nl: 'U hebt deze partij vandaag al vijf keer gevraagd. Probeer het morgen opnieuw.',
    en: 'You asked this party five times today. Try again tomorrow.',
  },
  'initiative-has-ended': {
    nl: 'Initiatief {number} is afgerond en niet meer te wijzigen.',
    en: 'Initiative {number} has ended and cannot be changed any more.',
  },
  'offer-not-available': {
    nl: 'Dit aanbod is nog niet bevestigd, of is ingetrokken. Kies een ander aanbod.',
    en: 'This offer was not confirmed yet, or was withdrawn. Choose another offer.',
  },
  'offer-link-not-valid': {
    nl: 'Deze link geldt niet meer. Doe uw aanbod opnieuw.',
    en: 'This link is no longer valid. Make your offer again.',
  },
  'call-of-another-region': {
    nl: 'Kies een ronde van het netwerk dat dit initiatief leidt.',
    en: 'Choose a call of the network that leads this initiative.',
  },
} as const;
