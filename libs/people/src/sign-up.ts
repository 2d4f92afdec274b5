import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import type { Language } from '#lib/kernel';
import { InvitePerson } from './invite-person.js';
import { keepText, TO_START, type GoingOn } from './kept-texts.js';
import { tidyMailbox } from './mailbox.js';
import { inetOf } from './passwords/password-check.js';
import { TooManyAttempts } from './people-errors.js';
import { newSecret } from './secrets.js';
import { NATIONAL } from './sessions.js';
import { SignInByLink, type BegunLink } from './sign-in-by-link.js';

export interface SignUpRequest {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly clientAddress: string;
  readonly going?: GoingOn;
}

/** Milliseconds; longer than writing a mail takes, so that the time of the answer tells nothing. */
const SLOWEST_USUAL_ANSWER = 400;
const BEGIN = {
  name: 'begin-sign-up',
  text: 'select verdict, has_account as "hasAccount", person_id, email, name, language from app.begin_sign_up($1, $2, $3)',
};
/** A stranger may have typed the name: nothing of it becomes a line or a link in a mail to somebody else. */
const NO_PART_OF_A_NAME = /[\p{Cc}:/@]+/gu;

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

  private async mail({ email: typed, name, language, clientAddress, going = TO_START }: SignUpRequest): Promise<void> {
    const email = tidyMailbox(typed);
    const then = await this.database.unit({ regions: [NATIONAL], actor: null }, async (tx) => {
      const link = newSecret();
      const values = [email, inetOf(clientAddress), link.hash];
      const [begun] = await tx.query<BegunLink & { hasAccount: boolean }>(BEGIN, values);
      if (begun?.verdict === 'network-throttled') throw new TooManyAttempts(1);
      if (begun?.verdict !== 'allowed') return null;
      const kept = await keepText(tx, email, going);
      await this.byLink.mail(tx, begun, link.secret, kept);
      return begun.hasAccount ? null : kept;
    });
    if (then === null) return;
    const isText = going.kept !== null && then !== going.then;
    await this.inviting.self({ email, name: name.replace(NO_PART_OF_A_NAME, ' ').trim(), language, then, isText });
  }
}
