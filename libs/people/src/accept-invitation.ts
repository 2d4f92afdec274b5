import { Injectable } from '@nestjs/common';
import type { StaffRole } from '#lib/access';
import { Database } from '#lib/database';
import { writeAudit } from '#lib/engine';
import type { Language } from '#lib/kernel';
import { hashPassword } from './passwords/hash-password.js';
import { assertAcceptable } from './passwords/password-rules.js';
import { InvitationNotValid } from './people-errors.js';
import { hashOfSecret } from './secrets.js';
import { NATIONAL, openSession } from './sessions.js';

export interface OpenInvitation {
  readonly id: string;
  readonly region: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly StaffRole[];
  readonly expiresAt: string;
  /** Whoever has an account accepts without a new name or password. */
  readonly hasAccount: boolean;
  /** The proposal that a colleague is asked to write along on, and by whom; null: an invitation into the region. */
  readonly proposal: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly inviter: string;
  } | null;
}

export interface Acceptance {
  readonly token: string;
  /** As it stands in the invitation when absent. Ignored, like language and password, when the address has an account. */
  readonly name?: string;
  readonly language?: Language;
  /** Needed for a new account. */
  readonly password?: string;
}

export interface Accepted {
  readonly personId: string;
  readonly email: string;
  readonly region: string;
  /** Whether an account was made. */
  readonly isNew: boolean;
  /** Session of a new account, whose password was chosen just now; null for who had one and signs in as usual. */
  readonly sessionId: string | null;
}

const OPEN = `select id, region, email, name, language, roles, expires_at as "expiresAt", has_account as "hasAccount", proposal
  from app.open_invitation($1)`;
const ACCEPT = `select invitation_id as "invitationId", person_id as "personId", email, is_new as "isNew"
  from app.accept_invitation($1, $2, $3, $4)`;

/** Accepts an invitation: an account where there is none, and the roles it promises. */
@Injectable()
export class AcceptInvitation {
  constructor(private readonly database: Database) {}

  /** What the invited person reads first. Throws InvitationNotValid. */
  async read(token: string): Promise<OpenInvitation> {
    const [open] = await this.database.ask<OpenInvitation>(OPEN, [hashOfSecret(token)]);
    if (open === undefined) throw new InvitationNotValid();
    return open;
  }

  /** Works once. Throws InvitationNotValid, PasswordNotAcceptable. A new account is signed in with it. */
  async execute(acceptance: Acceptance): Promise<Accepted> {
    const { token, password = '' } = acceptance;
    const invited = await this.read(token);
    const { region, email, hasAccount } = invited;
    const { name = invited.name, language = invited.language } = acceptance;
    if (!hasAccount) assertAcceptable(password, { email, name });
    const hash = hasAccount ? null : await hashPassword(password);
    return this.database.unit({ regions: [region, NATIONAL], actor: null }, async (tx) => {
      const [accepted] = await tx.query<Omit<Accepted, 'sessionId'> & { invitationId: string }>(ACCEPT, [
        ...[hashOfSecret(token), name, language, hash],
      ]);
      if (accepted === undefined) throw new InvitationNotValid();
      const { invitationId, personId, isNew } = accepted;
      const subject = { subjectKind: 'invitation', subjectId: invitationId };
      await writeAudit(tx, { region, actor: personId, act: 'invitation.accept', ...subject, data: { isNew } });
      const opening = { personId, verifiedHash: hash, currentSession: null };
      const session = isNew ? await openSession(tx, opening) : null;
      return { personId, email: accepted.email, region, isNew, sessionId: session?.sessionId ?? null };
    });
  }
}
