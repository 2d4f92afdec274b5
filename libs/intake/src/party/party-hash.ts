import { createHash } from 'node:crypto';
import { canonicalJson, sha256 } from '#lib/kernel';

/** SHA-256 of what a party confirms. */
export function hashOfPart(part: object): string {
  return sha256(canonicalJson(part));
}

export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
