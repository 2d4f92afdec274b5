import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { plainToInstance, Transform } from 'class-transformer';
import { DomainError, type Text } from '#lib/kernel';
import { smtpUrlFault } from './smtp-url.js';

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

/** One host: pg knows no list of them. */
const POSTGRES_URL =
  /^postgres(ql)?:\/\/(?:[^\s/?#]*@)?(?:\[[\da-fA-F:.]+\]|[^\s/?#@,:[\]]*)(?::\d{1,5})?(?:[/?]\S*)?$/;
const REDIS_URL = /^rediss?:\/\/[^\s]+$/;
/** A host by name or IPv4: certificates name hosts, and a bracketed address reaches nobody. */
const SMTP_URL = /^smtps?:\/\/(?:[^\s/?#]*@)?[^\s/?#@,:[\]]+(?::\d{1,5})?(?:[/?]\S*)?$/;
const CLAMD_URL = /^(tcp:\/\/[^\s/:]+:\d{1,5}|unix:\/[^\s]+)$/;
const PROXY = String.raw`(?:loopback|linklocal|uniquelocal|\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|[\da-fA-F:]*:[\da-fA-F:]*(?:/\d{1,3})?)`;
const PROXIES = new RegExp(`^${PROXY}(?:,${PROXY})*$`);
const MAIL_ADDRESS = /^[^\s<>"@]+@[a-z0-9.-]+$/i;
/** Without a path: pages, styles and the cookie live at the root of a host. */
const SITE_URL = /^https?:\/\/(?:\[[\da-fA-F:.]+\]|[^\s/?#@:[\]]+)(?::\d{1,5})?$/;
/** Where mail stays in the mailbox of development, nobody must say who sends it. */
const SENDER_OF_DEVELOPMENT = 'loket@regioloket.example';

const toNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
);
const withoutSlash = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.replace(/\/+$/, '') : value,
);
const isProduction = (s: Settings): boolean => s.NODE_ENV === 'production';

/** What the environment may say, under the names of the environment variables (docs/operating.md). */
export class Settings {
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @IsString()
  readonly HOST: string = '127.0.0.1';

  @toNumber
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly PORT: number = 3000;

  /** Role app; without it the embedded PostgreSQL is started. */
  @ValidateIf((s: Settings) => isProduction(s) || s.DATABASE_URL !== undefined)
  @Matches(POSTGRES_URL)
  readonly DATABASE_URL?: string;

  /** Role owner: needed for migrations only. */
  @IsOptional()
  @Matches(POSTGRES_URL)
  readonly DATABASE_OWNER_URL?: string;

  @ValidateIf((s: Settings) => s.DATABASE_URL !== undefined || s.DATABASE_WORKER_URL !== undefined)
  @Matches(POSTGRES_URL)
  readonly DATABASE_WORKER_URL?: string;

  @IsOptional()
  @Matches(POSTGRES_URL)
  readonly DATABASE_SEALER_URL?: string;

  @IsOptional()
  @Matches(REDIS_URL)
  readonly REDIS_URL?: string;

  /** Without it mail goes to the development mailbox. */
  @ValidateIf((s: Settings) => isProduction(s) || s.SMTP_URL !== undefined)
  @Matches(SMTP_URL)
  readonly SMTP_URL?: string;

  /** Who sends the mails; must be said in production. */
  @Matches(MAIL_ADDRESS)
  readonly MAIL_FROM!: string;

  /** Whom programmers ask about the API: its document names them. */
  @IsString()
  @MinLength(1)
  readonly CONTACT_NAME: string = 'Regioloket';

  /** Without it the address that mails come from. */
  @IsOptional()
  @Matches(MAIL_ADDRESS)
  readonly CONTACT_EMAIL?: string;

  /** Address of the site in mails: it comes from here, never from a request's Host header. */
  @withoutSlash
  @IsOptional()
  @Matches(SITE_URL)
  readonly PUBLIC_URL?: string;

  /** Proxies whose X-Forwarded-For is believed, by address, network or name of a kind of network; without it nobody's is. */
  @IsOptional()
  @Matches(PROXIES)
  readonly TRUSTED_PROXIES?: string;

  @IsString()
  @MinLength(1)
  readonly DATA_DIR: string = '.data';

  /** Signs Message-IDs and cursors. Generated in DATA_DIR when it is not given, except in production. */
  @ValidateIf((s: Settings) => isProduction(s) || s.SECRET !== undefined)
  @IsString()
  @MinLength(32)
  readonly SECRET?: string;

  @toNumber
  @IsInt()
  @Min(1)
  @Max(64)
  readonly WORKER_THREADS: number = 1;

  /** The virus scanner (ClamAV's daemon): tcp://host:port or unix:/path. Without it attachments are kept unscanned, and staff are told. */
  @IsOptional()
  @Matches(CLAMD_URL)
  readonly CLAMD_URL?: string;

  /** How long a worker's claim on due work holds; after a crash others take over when it has passed. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(3600)
  readonly LEASE_SECONDS: number = 30;

  /** Whether the first start on a database of its own loads the examples. Never in production. */
  @IsIn(['on', 'off'])
  readonly DEMO: 'on' | 'off' = 'on';

  @IsIn(['debug', 'info', 'warn', 'error'])
  readonly LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' = 'info';
}

/** Reads the environment; unknown variables are none of ours. Throws SettingsAreWrong with every fault at once. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Readonly<Settings> {
  const known = Object.keys(environment).filter((name) => NAMES.has(name) && environment[name] !== '');
  const sender = environment['NODE_ENV'] === 'production' ? {} : { MAIL_FROM: SENDER_OF_DEVELOPMENT };
  const given = { ...sender, ...Object.fromEntries(known.map((name) => [name, environment[name]])) };
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const wrong = validateSync(settings).map(({ property, constraints }) => problemOf(property, constraints ?? {}));
  const smtpUrl = wrong.some(({ name }) => name === 'SMTP_URL') ? undefined : settings.SMTP_URL;
  const smtpFault = smtpUrl === undefined ? null : smtpUrlFault(smtpUrl);
  if (smtpFault !== null) wrong.push({ name: 'SMTP_URL', problem: smtpFault });
  if (wrong.length > 0) throw new SettingsAreWrong(wrong);
  return Object.freeze(settings);
}

const NAMES: ReadonlySet<string> = new Set([
  ...['NODE_ENV', 'HOST', 'PORT', 'DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_WORKER_URL', 'DATABASE_SEALER_URL'],
  ...[
    'REDIS_URL',
    'SMTP_URL',
    'MAIL_FROM',
    'CONTACT_NAME',
    'CONTACT_EMAIL',
    'PUBLIC_URL',
    'TRUSTED_PROXIES',
    'DATA_DIR',
    'SECRET',
    'WORKER_THREADS',
    'LEASE_SECONDS',
    'CLAMD_URL',
    'LOG_LEVEL',
    'DEMO',
  ],
]);

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

function problemOf(name: string, constraints: Readonly<Record<string, string>>): WrongSetting {
  const hint =
    HINTS_OF[name] ??
    Object.keys(constraints)
      .map((constraint) => HINTS[constraint])
      .find((text) => text !== undefined);
  return { name, problem: hint ?? { nl: 'Deze waarde is niet bruikbaar.', en: 'This value cannot be used.' } };
}
