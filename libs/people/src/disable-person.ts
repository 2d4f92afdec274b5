import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { MayNotDisableYourself } from './people-errors.js';
import { auditPerson, NATIONAL } from './sessions.js';

/** Bars a person from the next request on: sessions, tokens and open links end for good. */
@Injectable()
export class DisablePerson {
  constructor(private readonly database: Database) {}

  /** `actor`: null for the system. Throws MayNotDisableYourself, SubjectNotFound (also when it was done before). */
  async execute(actor: string | null, personId: string): Promise<void> {
    if (actor === personId) throw new MayNotDisableYourself();
    await changeAccess(this.database, { actor, personId, verb: 'disable' });
  }
}

/** Lets a disabled person in again, by a new sign-in. */
@Injectable()
export class EnablePerson {
  constructor(private readonly database: Database) {}

  /** Throws SubjectNotFound when there is no such disabled person. */
  async execute(actor: string | null, personId: string): Promise<void> {
    await changeAccess(this.database, { actor, personId, verb: 'enable' });
  }
}

interface AccessChange {
  readonly actor: string | null;
  readonly personId: string;
  readonly verb: 'disable' | 'enable';
}

async function changeAccess(database: Database, { actor, personId, verb }: AccessChange): Promise<void> {
  await database.unit({ regions: [NATIONAL], actor }, async (tx) => {
    const rows = await tx.query<{ done: boolean | null }>(`select app.${verb}_person($1) as done`, [personId]);
    if (rows[0]?.done !== true) throw new SubjectNotFound('person', personId);
    await auditPerson(tx, { act: `person.${verb}`, actor, personId });
  });
}
