/** What a person reads when a file is refused, by the error's code. */
export const FILES_MESSAGES = {
  'file-missing': { nl: 'Kies eerst een bestand.', en: 'Choose a file first.' },
  'file-empty': {
    nl: 'Het bestand {name} is leeg. Kies een ander bestand.',
    en: 'The file {name} is empty. Choose another file.',
  },
  'file-too-large': {
    nl: 'Dit bestand is te groot. Een bestand mag ten hoogste {most} MB zijn. Maak het kleiner of splits het.',
    en: 'This file is too large. A file may be at most {most} MB. Make it smaller or split it.',
  },
  'file-kind-not-taken': {
    nl: 'Het bestand {name} kunnen wij niet aannemen. Gebruik een van deze soorten: {kinds}.',
    en: 'We cannot take the file {name}. Use one of these kinds: {kinds}.',
  },
  'file-is-another-kind': {
    nl: 'De inhoud van {name} past niet bij de naam. Sla het bestand opnieuw op als {kind} en kies het nog eens.',
    en: 'The content of {name} does not fit its name. Save the file again as {kind} and choose it once more.',
  },
  'file-is-damaged': {
    nl: 'Het bestand {name} is beschadigd. Open het, sla het opnieuw op en kies het nog eens.',
    en: 'The file {name} is damaged. Open it, save it again and choose it once more.',
  },
  'file-has-macros': {
    nl: 'In {name} zitten macro’s of verwijzingen die wij niet aannemen. Sla het bestand op zonder macro’s, of als pdf.',
    en: 'The file {name} holds macros or references that we do not take. Save it without macros, or as a pdf.',
  },
  'file-is-locked': {
    nl: 'Op {name} zit een wachtwoord. Haal het wachtwoord weg, zodat de commissie het kan lezen.',
    en: 'The file {name} has a password. Take the password away, so that the committee can read it.',
  },
  'file-unpacks-too-large': {
    nl: 'In {name} zit te veel. Haal er afbeeldingen of bladen uit, of sla het op als pdf.',
    en: 'There is too much in {name}. Take pictures or sheets out of it, or save it as a pdf.',
  },
  'file-has-too-many-pixels': {
    nl: 'De afbeelding {name} is te groot. Maak haar kleiner: ten hoogste {most} miljoen pixels.',
    en: 'The picture {name} is too large. Make it smaller: at most {most} million pixels.',
  },
  'file-store-full': {
    nl: 'Wij kunnen nu geen bestanden aannemen. Probeer het later opnieuw; de rest van uw aanvraag is bewaard.',
    en: 'We cannot take files now. Try again later; the rest of your proposal is saved.',
  },
  'upload-broken': {
    nl: 'Het bestand is niet helemaal aangekomen. Probeer het opnieuw.',
    en: 'The file did not arrive completely. Try again.',
  },
} as const;
