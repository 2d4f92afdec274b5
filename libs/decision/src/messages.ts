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
  'stands-as-announced': {
    nl: 'De besluiten zijn bekendgemaakt. Waar een brief op rust, verandert niet meer.',
    en: 'The decisions were announced. What a letter rests on changes no more.',
  },
  'scores-are-outdated': {
    nl: 'Een beoordeling telt niet meer mee bij {numbers}. Wacht tot de scores opnieuw zijn berekend, of open de beoordeling opnieuw en sluit haar af.',
    en: 'A review counts no more in {numbers}. Wait until the scores are computed again, or open the review again and close it.',
  },
  'call-is-still-open': {
    nl: 'Ronde {call} is nog open. Rangschik als zij is gesloten: tot dan kan elke aanvrager nog indienen en wijzigen.',
    en: 'Call {call} is still open. Rank when it has closed: until then every applicant can still submit and change things.',
  },
  'amount-below-minimum': {
    nl: 'Met minder dan {minimum} kan het plan niet doorgaan, schrijft de aanvrager. Ken ten minste dat bedrag toe, of wijs af.',
    en: 'With less than {minimum} the plan cannot go on, the applicant writes. Grant at least that amount, or refuse.',
  },
  'partial-award-not-allowed': {
    nl: 'In deze regio kan geen deel worden toegekend. Ken {requested} toe, of wijs af.',
    en: 'This region grants no part of an amount. Grant {requested}, or refuse.',
  },
  'amount-above-advice': {
    nl: 'De commissie adviseert {advised}. Meer kan niet worden toegekend.',
    en: 'The committee advises {advised}. More cannot be granted.',
  },
  'announced-decision-stays': {
    nl: 'Het besluit is bekendgemaakt en blijft bestaan. Intrekken kan niet meer. Wilt u het geld of de plaats op de reservelijst niet? Neem contact op met het netwerk.',
    en: 'The decision has been announced and stays. You can no longer withdraw. If you do not want the money or the reserve place, contact the network.',
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
