import { DomainError } from '#lib/kernel';
import { DatabaseAway, isDatabaseAway } from './database-errors.js';

/** PostgreSQL is there and this address does not get in: a wrong password, database or certificate. For operators, at a start. */
export class DatabaseRefuses extends DomainError {
  readonly code = 'database-refuses';
  constructor(sentence: string, cause: unknown) {
    super(sentence);
    this.cause = cause;
  }
}

/** What OpenSSL and Node call a certificate that does not prove the host. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/;

/** What to tell of a connection that did not come about: never the password, always the place. Any other error is returned as it is. */
export function connectionFault(error: unknown, url: string): unknown {
  const { code, message = '' } = error as { readonly code?: string; readonly message?: string };
  const { place, role, database } = partsOf(url);
  const says = (sentence: string): DatabaseRefuses => new DatabaseRefuses(`PostgreSQL at ${place} ${sentence}`, error);
  if (code === '28P01' || /password must be a string/.test(message))
    return says(`refuses the password of ${role}: correct it in the address of this database.`);
  if (code === '28000') return says(`lets ${role} not in from here: see pg_hba.conf (${message}).`);
  if (code === '3D000') return says(`has no database ${database}: make it, owned by regioloket_owner.`);
  if (code !== undefined && CERTIFICATE.test(code))
    return says(
      `shows a certificate that cannot be verified (${code}): name its CA, ?sslmode=verify-full&sslrootcert=FILE.`,
    );
  if (/does not support SSL/.test(message))
    return says('does not speak TLS: switch ssl on there, or leave sslmode out of the address.');
  return isDatabaseAway(error) ? new DatabaseAway(error, place) : error;
}

function partsOf(url: string): { readonly place: string; readonly role: string; readonly database: string } {
  if (!URL.canParse(url)) return { place: 'the given address', role: 'the role', database: 'of that name' };
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname;
  const database = decodeURIComponent(pathname.slice(1));
  return { place: `${host}:${port || '5432'}`, role: decodeURIComponent(username) || 'this role', database };
}
