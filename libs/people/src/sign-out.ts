import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { hashOfSecret } from './secrets.js';
import { auditPerson, NATIONAL } from './sessions.js';

/** Ends the session of a cookie. */
@Injectable()
export class SignOut {
  constructor(private readonly database: Database) {}

  /** A session that ended before, or never was, is no error: signing out always succeeds. */
  async execute(sessionId: string): Promise<void> {
    await this.database.unit({ regions: [NATIONAL], actor: null }, async (tx) => {
      const rows = await tx.query<{ person: string | null }>('select app.end_session($1) as person', [
        hashOfSecret(sessionId),
      ]);
      const personId = rows[0]?.person ?? null;
      if (personId !== null) await auditPerson(tx, { act: 'person.sign-out', actor: personId, personId });
    });
  }
}
