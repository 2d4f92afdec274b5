import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { tidyMailbox } from '../mailbox.js';
import { TooManyAttempts } from '../people-errors.js';
import { verifyPassword } from './hash-password.js';

/** `account-throttled` and `network-throttled` say that nothing was tried. */
export type Verdict = 'allowed' | 'account-throttled' | 'network-throttled';

/** Minutes that app.count_attempt looks back. */
const WAIT: Readonly<Record<Verdict, number>> = { allowed: 0, 'account-throttled': 15, 'network-throttled': 1 };

interface Candidate {
  readonly verdict: Verdict;
  readonly person_id: string | null;
  readonly password_hash: string | null;
}

export interface VerifiedPassword {
  readonly personId: string;
  /** The hash that was compared: a session is opened only while it is still the stored one. */
  readonly hash: string;
}

const BEGIN = {
  name: 'begin-sign-in',
  text: 'select verdict, person_id, password_hash from app.begin_sign_in($1, $2)',
};

/** Compares a password with the stored hash, throttled per account and per network. */
@Injectable()
export class PasswordCheck {
  constructor(private readonly database: Database) {}

  /** Null when the password does not belong to the address, known or not, after the same time. Throws TooManyAttempts. */
  async verify(email: string, password: string, clientAddress: string): Promise<VerifiedPassword | null> {
    const rows = await this.database.ask<Candidate>(BEGIN, [tidyMailbox(email), inetOf(clientAddress)]);
    const candidate = rows[0] ?? { verdict: 'allowed', person_id: null, password_hash: null };
    if (candidate.verdict !== 'allowed') throw new TooManyAttempts(WAIT[candidate.verdict]);
    const matches = await verifyPassword(candidate.password_hash, password);
    const { person_id: personId, password_hash: hash } = candidate;
    return matches && personId !== null && hash !== null ? { personId, hash } : null;
  }
}

/** A client's address as PostgreSQL's inet; an IPv4 address inside IPv6 is IPv4, or all of them would be one network. */
export function inetOf(clientAddress: string): string {
  const bare = clientAddress.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(bare) === 0 ? '0.0.0.0' : bare;
}
