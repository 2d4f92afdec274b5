import { describe, expect, it } from '@jest/globals';
import { connectionFault } from './connection-fault.js';

const URL_OF_OWNER = 'postgres://regioloket_owner:top%2Fsecret@db.example:6432/regioloket';
const told = (fields: object): string =>
  (connectionFault(Object.assign(new Error('as PostgreSQL says it'), fields), URL_OF_OWNER) as Error).message;

describe('a connection that does not come about', () => {
  it.each([
    [{ code: '28P01' }, 'PostgreSQL at db.example:6432 refuses the password of regioloket_owner'],
    [{ code: '28000' }, 'lets regioloket_owner not in from here: see pg_hba.conf (as PostgreSQL says it)'],
    [{ code: '3D000' }, 'has no database regioloket'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate that cannot be verified (DEPTH_ZERO_SELF_SIGNED_CERT)'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'certificate that cannot be verified'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate that cannot be verified'],
    [{ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, 'sslmode=verify-full&sslrootcert=FILE'],
    [{ code: 'ECONNREFUSED' }, 'The database at db.example:6432 cannot be reached'],
  ])('is told in a sentence that says what to do: %o', (fields, sentence) => {
    expect(told(fields)).toContain(sentence);
    expect(told(fields)).not.toMatch(/secret/);
  });

  it('of any other fault nothing is made up', () => {
    const other = Object.assign(new Error('syntax error'), { code: '42601' });
    expect(connectionFault(other, URL_OF_OWNER)).toBe(other);
  });
});
