import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

/** A secret to hand out once, and the hash that is stored of it. */
export interface Secret {
  readonly secret: string;
  readonly hash: string;
}

/** 256 random bits as base64url. The prefix lets scanners for leaked secrets recognise ours. */
export function newSecret(prefix = ''): Secret {
  const secret = prefix + randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, hash: hashOfSecret(secret) };
}

/** SHA-256 as 64 hexadecimal digits: a random secret needs no slow hash, and a copy of the database opens nothing. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The token that forms of one session carry. */
export function csrfTokenOf(csrfSecret: string): string {
  return createHmac('sha256', csrfSecret).update('form').digest('base64url');
}

export function isCsrfToken(csrfSecret: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(csrfTokenOf(csrfSecret)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
