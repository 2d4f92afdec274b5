import { DomainError, type Text } from '#lib/kernel';

export interface WrongSetting {
  readonly name: string;
  readonly problem: Text;
}

/** One or more environment variables cannot be used; every one of them is in the list. */
export class SettingsAreWrong extends DomainError {
  readonly code = 'settings-are-wrong';
  constructor(readonly wrong: readonly WrongSetting[]) {
    super(['Settings that cannot be used:', ...wrong.map((w) => `  ${w.name}: ${w.problem.en}`)].join('\n'), {
      names: wrong.map((w) => w.name),
    });
  }
}

const HINTS: Readonly<Record<string, Text>> = {
  isIn: { nl: 'Kies een van de toegestane waarden.', en: 'Choose one of the allowed values.' },
  isInt: { nl: 'Vul een heel getal in.', en: 'Give a whole number.' },
  min: { nl: 'Dit getal is te klein.', en: 'This number is too small.' },
  max: { nl: 'Dit getal is te groot.', en: 'This number is too large.' },
  matches: { nl: 'Dit is niet het juiste soort adres.', en: 'This is not the right kind of address.' },
  minLength: { nl: 'Deze waarde is te kort.', en: 'This value is too short.' },
};

const POSTGRES_HINT = {
  nl: 'Schrijf postgres://rol:wachtwoord@host:5432/database: één host, en tekens als @ / # in het wachtwoord procentgecodeerd.',
  en: 'Write postgres://role:password@host:5432/database: one host, and signs such as @ / # in the password percent-encoded.',
};

/** What to do about a setting whose fault says too little by itself. */
const HINTS_OF: Readonly<Record<string, Text>> = {
  ...{ DATABASE_URL: POSTGRES_HINT, DATABASE_OWNER_URL: POSTGRES_HINT },
  ...{ DATABASE_WORKER_URL: POSTGRES_HINT, DATABASE_SEALER_URL: POSTGRES_HINT },
  SMTP_URL: {
    nl: 'Schrijf smtp://host:587 of smtps://host:465, met de naam van de host of een IPv4-adres; een IPv6-adres kan hier niet.',
    en: 'Write smtp://host:587 or smtps://host:465, with the name of the host or an IPv4 address; an IPv6 address cannot stand here.',
  },
  MAIL_FROM: {
    nl: 'Vul het e-mailadres in dat de mails verstuurt, bijvoorbeeld loket@uw-netwerk.nl.',
    en: 'Give the e-mail address that sends the mails, for example loket@your-network.nl.',
  },
  PUBLIC_URL: {
    nl: 'Schrijf alleen https:// en de naam van de host: onder een pad werken de pagina’s niet, geef ze een eigen hostnaam.',
    en: 'Write only https:// and the name of the host: the pages do not work below a path, give them a host name of their own.',
  },
};

/** What to do about a setting that broke these constraints of class-validator. */
export function problemOf(name: string, constraints: Readonly<Record<string, string>>): WrongSetting {
  const hint =
    HINTS_OF[name] ??
    Object.keys(constraints)
      .map((constraint) => HINTS[constraint])
      .find((text) => text !== undefined);
  return { name, problem: hint ?? { nl: 'Deze waarde is niet bruikbaar.', en: 'This value cannot be used.' } };
}
