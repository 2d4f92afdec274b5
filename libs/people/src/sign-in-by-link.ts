import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#lib/database';
import { writeAudit, writeNotices } from '#lib/engine';
import type { Language } from '#lib/kernel';
import { keepText, TO_START, type GoingOn } from './kept-texts.js';
import { tidyMailbox } from './mailbox.js';
import { inetOf, type Verdict } from './passwords/password-check.js';
import { SignInLinkNotValid, TooManyAttempts } from './people-errors.js';
import { PeopleOptions } from './people-options.js';
import { hashOfSecret, newSecret } from './secrets.js';
import { NATIONAL, openSession, type SignedIn } from './sessions.js';

/** Milliseconds. Longer than writing a mail takes, so that the time of the answer does not tell who has an account. */
const SLOWEST_USUAL_ANSWER = 300;

const BEGIN = `select verdict, person_id, email, name, language from app.begin_sign_in_link($1, $2, $3)`;

/** Whose link it is; no person when nobody gets one. */
export interface BegunLink {
  readonly verdict: Verdict;
  readonly person_id: string | null;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
}

interface Asked {
  readonly email: string;
  readonly clientAddress: string;
  readonly going: GoingOn;
}

/** A mailed link that goes on at a path of the site, once it was used. */
export function leadingTo(link: string, then: string): string {
  return then === '/' ? link : `${link}?terug=${encodeURIComponent(then)}`;
}

/** Signs a person in by a link in a mail: the way in for who forgot a password. */
@Injectable()
export class SignInByLink {
  constructor(
    private readonly database: Database,
    private readonly options: PeopleOptions,
  ) {}

  /**
   * Mails a link that works once, for 15 minutes, to an address that has an account; for any other address nothing happens, with the
   * same answer after the same time. What was typed waits for whoever signs in. Throws TooManyAttempts for a network only.
   */
  async request(email: string, clientAddress: string, going: GoingOn = TO_START): Promise<void> {
    const asking = this.database.unit({ regions: [NATIONAL], actor: null }, (tx) =>
      this.mailLink(tx, { email, clientAddress, going }),
    );
    const [asked] = await Promise.allSettled([asking, sleep(SLOWEST_USUAL_ANSWER)]);
    if (asked.status === 'rejected') throw asked.reason;
  }

  /** Throws SignInLinkNotValid. Belongs behind a button: mail scanners open every link they see. */
  async use(token: string, currentSession: string | null = null): Promise<SignedIn> {
    return this.database.unit({ regions: [NATIONAL], actor: null }, async (tx) => {
      const rows = await tx.query<{ person: string | null }>('select app.use_sign_in_link($1) as person', [
        hashOfSecret(token),
      ]);
      const personId = rows[0]?.person ?? null;
      const signedIn =
        personId === null ? null : await openSession(tx, { personId, verifiedHash: null, currentSession });
      if (signedIn === null) throw new SignInLinkNotValid();
      return signedIn;
    });
  }

  private async mailLink(tx: Transaction, { email, clientAddress, going }: Asked): Promise<void> {
    const token = newSecret();
    const [begun] = await tx.query<BegunLink>(BEGIN, [tidyMailbox(email), inetOf(clientAddress), token.hash]);
    if (begun?.verdict === 'network-throttled') throw new TooManyAttempts(1);
    if (begun?.verdict !== 'allowed') return;
    await this.mail(tx, begun, token.secret, await keepText(tx, email, going));
  }

  /** Mails a link that was made in this transaction; it leads to `then`, a path of the site. */
  async mail(tx: Transaction, begun: BegunLink, secret: string, then: string): Promise<void> {
    if (begun.person_id === null) return;
    const eventId = randomUUID();
    const asked = { act: 'person.ask-sign-in-link', subjectKind: 'sign-in-link', subjectId: eventId };
    await writeAudit(tx, { region: NATIONAL, actor: null, ...asked, data: { person: begun.person_id } });
    const notice = {
      ...{ region: NATIONAL, eventId, recipientKey: begun.person_id, template: 'sign-in-link' },
      language: begun.language,
      to: { address: begun.email, name: begun.name },
      view: { name: begun.name, minutes: 15 },
      secret: { link: leadingTo(this.options.links.signIn(secret), then) },
    };
    await writeNotices(tx, [notice], this.options.messageIds);
  }
}
