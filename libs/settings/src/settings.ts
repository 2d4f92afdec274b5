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
import { CLAMD_URL, MAIL_ADDRESS, POSTGRES_URL, PROXIES, REDIS_URL, SITE_URL, SMTP_URL } from './address-forms.js';
import { smtpUrlFault } from './smtp-url.js';
import { problemOf, SettingsAreWrong } from './wrong-settings.js';

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
