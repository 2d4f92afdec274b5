/** What a person reads when a rule of this library is broken, by the error's code. */
export const INTAKE_MESSAGES = {
  'call-takes-no-proposals': {
    nl: 'Ronde {call} is afgerond en neemt geen aanvragen meer aan. Kijk welke ronde nu open is.',
    en: 'Call {call} has ended and takes no proposals any more. See which call is open now.',
  },
  'proposal-not-in-your-hands': {
    nl: 'Aanvraag {number} is nu niet te wijzigen. Zo staat zij ervoor: {state}. Neem contact op met het loket als er iets niet klopt.',
    en: 'Proposal {number} cannot be changed now. This is where it stands: {state}. Contact the desk if something is wrong.',
  },
  'question-takes-no-files': {
    nl: 'Bij deze vraag horen geen bestanden. Kies een vraag waar bestanden bij horen.',
    en: 'This question takes no files. Choose a question that does.',
  },
  'too-many-files': {
    nl: 'Hier kunnen ten hoogste {most} bestanden bij. Haal er eerst een weg.',
    en: 'At most {most} files can be added here. Take one out first.',
  },
  'attachment-in-quarantine': {
    nl: 'Het bestand {name} wordt nog op virussen gecontroleerd. Probeer het over een paar minuten opnieuw.',
    en: 'The file {name} is still being checked for viruses. Try again in a few minutes.',
  },
  'attachment-infected': {
    nl: 'In het bestand {name} zat een virus. Wij hebben het vernietigd.',
    en: 'There was a virus in the file {name}. We destroyed it.',
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
  'proposal-is-not-over': {
    nl: 'Aanvraag {number} loopt nog. U kunt haar opnieuw gebruiken na het besluit, of als u haar intrekt.',
    en: 'Proposal {number} is still under way. You can use it again after the decision, or when you withdraw it.',
  },
  'call-is-not-open': {
    nl: 'Ronde {call} is nu niet open. Kies een ronde die open is.',
    en: 'Call {call} is not open now. Choose a call that is open.',
  },
  'proposal-does-not-fit-call': {
    nl: 'Ronde {call} is niet voor deze aanvraag. {labels}',
    en: 'Call {call} is not for this proposal. {labels}',
  },
  'questions-have-ended': {
    nl: 'De laatste dag voor vragen over deze ronde is voorbij. Bekijk de vragen die al beantwoord zijn.',
    en: 'The last day for questions about this call has passed. See the questions that were answered.',
  },
  'question-asked-too-often': {
    nl: 'U hebt vandaag al tien vragen gesteld. Probeer het morgen opnieuw.',
    en: 'You asked ten questions today. Try again tomorrow.',
  },
  'question-names-somebody': {
    nl: 'Hierin staat “{found}”. Dat verraadt wie de vraag stelde. Haal het weg.',
    en: 'This holds “{found}”. That gives away who asked. Take it out.',
  },
  'question-was-handled': {
    nl: 'Deze vraag is al afgehandeld. Bekijk de lijst met vragen.',
    en: 'This question was handled already. See the list of questions.',
  },
  'check-is-not-offered': {
    nl: 'Deze ronde kent geen vroege volledigheidstoets. Stel uw vraag aan het loket.',
    en: 'This call has no early completeness check. Ask the desk.',
  },
  'check-comes-too-late': {
    nl: 'De laatste dag om de toets te vragen is voorbij. Indienen kan nog wel.',
    en: 'The last day to ask for the check has passed. You can still submit.',
  },
  'check-is-asked': {
    nl: 'U hebt de toets al gevraagd. Wacht op het antwoord.',
    en: 'You asked for the check already. Wait for the answer.',
  },
  'check-was-answered': {
    nl: 'Deze toets is al beantwoord.',
    en: 'This check was answered already.',
  },
  'party-link-not-valid': {
    nl: 'Deze link geldt niet meer. Vraag de aanvrager om een nieuwe mail.',
    en: 'This link is no longer valid. Ask the lead applicant for a new mail.',
  },
  'part-answered-already': {
    nl: 'Dit deel is al beantwoord. Wilt u het anders? Vraag de aanvrager om een nieuwe mail.',
    en: 'This part was answered already. To change it, ask the lead applicant for a new mail.',
  },
  'part-was-changed': {
    nl: 'De aanvrager heeft dit deel zojuist gewijzigd. Bekijk het opnieuw.',
    en: 'The lead applicant has just changed this part. Look at it again.',
  },
  'hours-are-worth-more': {
    nl: '{hours} uur is ten minste {least}: de regeling rekent {rate} per uur. Vul dat bedrag of meer in, of laat het leeg.',
    en: '{hours} hours are worth at least {least}: the regulation counts {rate} an hour. Fill in that amount or more, or leave it empty.',
  },
  'party-asked-too-often': {
    nl: 'U hebt deze partij vandaag al vijf keer gevraagd. Probeer het morgen opnieuw.',
    en: 'You asked this party five times today. Try again tomorrow.',
  },
  'too-many-co-writers': {
    nl: 'Op deze aanvraag schrijven al {most} collega’s mee of zijn er zoveel gevraagd. Trek een uitnodiging in of haal iemand weg.',
    en: 'Already {most} colleagues write along on this proposal, or were asked to. Withdraw an invitation or remove somebody.',
  },
  'co-writers-asked-too-often': {
    nl: 'U hebt vandaag al {most} collega’s uitgenodigd. Probeer het morgen opnieuw.',
    en: 'You invited {most} colleagues today. Try again tomorrow.',
  },
  'co-writer-is-yourself': {
    nl: 'Dit is uw eigen e-mailadres. Vul het adres van uw collega in.',
    en: 'This is your own e-mail address. Fill in the address of your colleague.',
  },
  'writes-along-already': {
    nl: 'De collega met adres {address} schrijft al mee.',
    en: 'The colleague with address {address} writes along already.',
  },
  'initiative-has-ended': {
    nl: 'Initiatief {number} is afgerond en niet meer te wijzigen.',
    en: 'Initiative {number} has ended and cannot be changed any more.',
  },
  'school-unknown': {
    nl: 'Wij kennen geen school met nummer {site}. Zoek de school op en kies haar nummer.',
    en: 'We know no school with number {site}. Look the school up and choose its number.',
  },
  'offer-not-available': {
    nl: 'Dit aanbod is nog niet bevestigd, of is ingetrokken. Kies een ander aanbod.',
    en: 'This offer was not confirmed yet, or was withdrawn. Choose another offer.',
  },
  'offered-too-often': {
    nl: 'Er is te vaak hulp aangeboden. Wacht {minutes} minuten en probeer het opnieuw.',
    en: 'Help was offered too often. Wait {minutes} minutes and try again.',
  },
  'opening-asked-too-often': {
    nl: 'Dit is hier vandaag te vaak gevraagd. Probeer het morgen opnieuw.',
    en: 'This was asked here too often today. Try again tomorrow.',
  },
  'nothing-to-tell': {
    nl: 'Deze ronde is al open, of gaat niet meer open. Kies een andere.',
    en: 'This call is open already, or will not open any more. Choose another.',
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
