import type { Text } from '#lib/kernel';

/** What a person reads when one of our rules is broken, by the error's code; {names} are filled from its facts. */
export const PEOPLE_MESSAGES = {
  'sign-in-failed': {
    nl: 'Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw, of vraag een inloglink aan.',
    en: 'This e-mail address and password do not belong together. Try again, or ask for a sign-in link.',
  },
  'too-many-attempts': {
    nl: 'Er is te vaak geprobeerd om in te loggen. Wacht {minutes} minuten, of vraag een inloglink aan.',
    en: 'There were too many attempts to sign in. Wait {minutes} minutes, or ask for a sign-in link.',
  },
  'sign-in-link-not-valid': {
    nl: 'Deze link werkt niet meer. Een link werkt één keer en een kwartier lang. Vraag een nieuwe aan.',
    en: 'This link no longer works. A link works once, for a quarter of an hour. Ask for a new one.',
  },
  'invitation-not-valid': {
    nl: 'Deze uitnodiging geldt niet meer. Vraag een nieuwe aan bij wie u uitnodigde.',
    en: 'This invitation is no longer valid. Ask whoever invited you for a new one.',
  },
  'password-too-short': {
    nl: 'Kies een wachtwoord van ten minste {minimum} tekens. Een zin van een paar woorden is goed te onthouden.',
    en: 'Choose a password of at least {minimum} characters. A sentence of a few words is easy to remember.',
  },
  'password-too-long': {
    nl: 'Kies een wachtwoord van ten hoogste {maximum} tekens.',
    en: 'Choose a password of at most {maximum} characters.',
  },
  'password-too-common': {
    nl: 'Dit wachtwoord is makkelijk te raden. Kies een ander, bijvoorbeeld een paar losse woorden achter elkaar.',
    en: 'This password is easy to guess. Choose another one, for example a few unrelated words in a row.',
  },
  'current-password-wrong': {
    nl: 'Uw huidige wachtwoord klopt niet. Weet u het niet meer? Log in met een inloglink en kies meteen een nieuw wachtwoord.',
    en: 'Your current password is wrong. Forgotten it? Sign in with a link and choose a new password right away.',
  },
  'may-not-grant-role': {
    nl: 'U mag deze rol in deze regio niet geven of beëindigen. Vraag het iemand van het landelijk programmabureau.',
    en: 'You may not give or end this role in this region. Ask someone of the national office.',
  },
  'may-not-invite': {
    nl: 'U mag in deze regio niemand uitnodigen. Vraag het de secretaris of de coördinator.',
    en: 'You may not invite people into this region. Ask the secretary or the coordinator.',
  },
  'role-held-already': {
    nl: 'Deze persoon heeft deze rol in deze regio al.',
    en: 'This person already holds this role in this region.',
  },
  'role-ends-before-it-starts': {
    nl: 'Kies een einde dat na het begin van de rol ligt.',
    en: 'Choose an end that lies after the start of the role.',
  },
  'account-exists': {
    nl: 'Dit e-mailadres heeft al een account.',
    en: 'This e-mail address already has an account.',
  },
  'may-not-disable-yourself': {
    nl: 'U kunt uw eigen account niet blokkeren. Vraag het een andere beheerder.',
    en: 'You cannot disable your own account. Ask another administrator.',
  },
  'last-administrator': {
    nl: 'Dit is de laatste beheerder die kan inloggen. Geef eerst een ander de rol van beheerder.',
    en: 'This is the last administrator who can sign in. Give the role of administrator to somebody else first.',
  },
  'mandate-needs-evidence': {
    nl: 'Schrijf op waarop deze machtiging rust, bijvoorbeeld een besluit van het bestuur.',
    en: 'Say on what this mandate rests, for example a decision of the board.',
  },
  'may-not-name-signatory': {
    nl: 'Wie tekent voor een schoolbestuur, legt het loket vast, en altijd voor het hele bestuur.',
    en: 'Who signs for a school board is written down by the desk, and always for the whole board.',
  },
  'may-not-mandate-yourself': {
    nl: 'U kunt uzelf niet machtigen. Vraag het een ander.',
    en: 'You cannot give a mandate to yourself. Ask somebody else.',
  },
  'school-of-another-board': {
    nl: 'Deze scholen horen niet bij bestuur {board}: {schools}. Kies scholen van dit bestuur.',
    en: 'These schools do not belong to board {board}: {schools}. Choose schools of this board.',
  },
  'organisation-known-already': {
    nl: 'Het register kent {name} al, of een organisatie met deze code of dit KvK-nummer.',
    en: 'The registry knows {name} already, or an organisation with this code or Chamber of Commerce number.',
  },
  'mandate-ends-before-it-starts': {
    nl: 'De laatste dag ligt voor de eerste. Kies een latere laatste dag.',
    en: 'The last day lies before the first. Choose a later last day.',
  },
} as const satisfies Readonly<Record<string, Text>>;
