import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import type { Language } from '#lib/kernel';
import { InvitePerson } from './invite-person.js';
import { inetOf, type Verdict } from './passwords/password-check.js';
import { TooManyAttempts } from './people-errors.js';
import { SYSTEM } from './role-grants.js';
import { NATIONAL } from './sessions.js';
import { SignInByLink } from './sign-in-by-link.js';

export interface SignUpRequest {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly clientAddress: string;
}

/** Milliseconds; longer than writing a mail takes, so that the time of the answer tells nothing. */
const SLOWEST_USUAL_ANSWER = 400;
const BEGIN = {
  name: 'begin-sign-up',
  text: 'select verdict, has_account as "hasAccount" from app.begin_sign_up($1, $2)',
};

/** Gives whoever wants to submit an account, by a link in a mail; who has one gets a link to sign in instead. */
@Injectable()
export class SignUp {
  constructor(
    private readonly database: Database,
    private readonly inviting: InvitePerson,
    private readonly byLink: SignInByLink,
  ) {}

  /** The answer is the same for every address. Throws TooManyAttempts for a network only. */
  async request(asked: SignUpRequest): Promise<void> {
    const [done] = await Promise.allSettled([this.mail(asked), sleep(SLOWEST_USUAL_ANSWER)]);
    if (done.status === 'rejected') throw done.reason;
  }

  private async mail({ email, name, language, clientAddress }: SignUpRequest): Promise<void> {
    const [begun] = await this.database.ask<{ verdict: Verdict; hasAccount: boolean }>(BEGIN, [
      email,
      inetOf(clientAddress),
    ]);
    if (begun?.verdict === 'network-throttled') throw new TooManyAttempts(1);
    if (begun?.verdict !== 'allowed') return;
    if (begun.hasAccount) await this.byLink.request(email, clientAddress);
    else await this.inviting.execute(SYSTEM, { region: NATIONAL, email, name, language, roles: [] });
  }
}
