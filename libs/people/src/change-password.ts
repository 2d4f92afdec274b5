import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { hashPassword } from './passwords/hash-password.js';
import { PasswordCheck } from './passwords/password-check.js';
import { assertAcceptable } from './passwords/password-rules.js';
import { CurrentPasswordWrong } from './people-errors.js';
import { hashOfSecret } from './secrets.js';
import { auditPerson, NATIONAL, openSession, type SignedIn } from './sessions.js';

export interface PasswordChange {
  readonly personId: string;
  readonly currentSession: string;
  /** May be absent within 15 minutes of a sign-in by mail link. */
  readonly currentPassword?: string;
  readonly newPassword: string;
  readonly clientAddress: string;
}

/** Replaces a person's own password; every session ends and a new one takes the place of the current. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordCheck,
  ) {}

  /** Throws PasswordNotAcceptable, CurrentPasswordWrong, TooManyAttempts. */
  async execute(change: PasswordChange): Promise<SignedIn> {
    const { personId } = change;
    const owner = await this.ownerOf(personId);
    assertAcceptable(change.newPassword, owner);
    const verifiedHash = await this.verify(change, owner.email);
    const newHash = await hashPassword(change.newPassword);
    return this.database.unit({ regions: [NATIONAL], actor: personId }, async (tx) => {
      const rows = await tx.query<{ changed: boolean }>('select app.change_password($1, $2, $3, $4) as changed', [
        ...[personId, hashOfSecret(change.currentSession), verifiedHash, newHash],
      ]);
      if (rows[0]?.changed !== true) throw new CurrentPasswordWrong();
      await auditPerson(tx, { act: 'person.change-password', actor: personId, personId });
      const signedIn = await openSession(tx, { personId, verifiedHash: newHash, currentSession: null });
      if (signedIn === null) throw new CurrentPasswordWrong();
      return signedIn;
    });
  }

  private async verify(change: PasswordChange, email: string): Promise<string | null> {
    if (change.currentPassword === undefined) return null;
    const verified = await this.passwords.verify(email, change.currentPassword, change.clientAddress);
    if (verified === null) throw new CurrentPasswordWrong();
    return verified.hash;
  }

  private async ownerOf(personId: string): Promise<{ email: string; name: string }> {
    const select = 'select email::text, name from person where id = $1 and disabled_at is null';
    const [owner] = await this.database.ask<{ email: string; name: string }>(select, [personId]);
    if (owner === undefined) throw new SubjectNotFound('person', personId);
    return owner;
  }
}
