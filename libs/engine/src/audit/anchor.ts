import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { canonicalJson, DomainError } from '#lib/kernel';
import type { ChainEnd } from './verify.js';

/** The ends of all chains at one moment, signed with Ed25519 by a key that the database does not hold. */
export interface Anchor {
  readonly at: string;
  readonly ends: readonly ChainEnd[];
  /** Base64 over the canonical JSON of `{at, ends}`. */
  readonly signature: string;
}

/** An anchor was not signed by the given key, or was changed since. */
export class AnchorNotGenuine extends DomainError {
  readonly code = 'anchor-not-genuine';
  constructor() {
    super('The signature of this anchor does not fit the key.');
  }
}

/** Signs the chain ends with a private key in PEM. `at` comes from the database clock. */
export function signAnchor(at: string, ends: readonly ChainEnd[], privateKeyPem: string): Anchor {
  const body = Buffer.from(canonicalJson({ at, ends }), 'utf8');
  return { at, ends, signature: sign(null, body, createPrivateKey(privateKeyPem)).toString('base64') };
}

/** The chain ends of a genuine anchor. Throws AnchorNotGenuine. */
export function openAnchor(anchor: Anchor, publicKeyPem: string): readonly ChainEnd[] {
  const body = Buffer.from(canonicalJson({ at: anchor.at, ends: anchor.ends }), 'utf8');
  const genuine = verify(null, body, createPublicKey(publicKeyPem), Buffer.from(anchor.signature, 'base64'));
  if (!genuine) throw new AnchorNotGenuine();
  return anchor.ends;
}
