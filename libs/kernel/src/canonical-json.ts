import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** JSON in which a bigint is its decimal digits as a string, because JSON numbers lose cents above 2^53. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));
}

/** The one text of a value (RFC 8785), so that equal values have equal hashes; bigints as in `jsonText`. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(JSON.parse(jsonText(value)));
  if (text === undefined) throw new TypeError('Only values that JSON can hold have a canonical form.');
  return text;
}

/** SHA-256 of a UTF-8 text, 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
