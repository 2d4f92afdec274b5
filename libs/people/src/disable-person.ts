import { Injectable } from '@nestjs/common';
import { NotForThisViewer, regionsOf, type Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { LastAdministrator, MayNotDisableYourself } from './people-errors.js';
import { auditPerson, NATIONAL } from './sessions.js';

/** Throws NotForThisViewer unless the viewer administers the platform. */
export function assertAdministers(viewer: Viewer): void {
  if (regionsOf(viewer, ['platform-admin']).length === 0) throw new NotForThisViewer();
}

/** Bars a person from the next request on: sessions, tokens, open links and invitations end for good; what was written stays. */
@Injectable()
export class DisablePerson {
  constructor(private readonly database: Database) {}

  /** Twice is once. Throws NotForThisViewer, MayNotDisableYourself, LastAdministrator, SubjectNotFound. */
  async execute(viewer: Viewer, personId: string, reason: string): Promise<void> {
    assertAdministers(viewer);
    if (viewer.id === personId) throw new MayNotDisableYourself();
    await this.database.unit({ regions: [NATIONAL], actor: viewer.id }, async (tx) => {
      const answer = await askOne(tx, 'select app.disable_person($1, $2, $3) as answer', [personId, viewer.id, reason]);
      if (answer === 'last-administrator') throw new LastAdministrator();
      await settle(tx, { viewer, personId, act: 'person.disable', answer, reason });
    });
  }
}

/** Lets a disabled person in again, by a new sign-in. */
@Injectable()
export class EnablePerson {
  constructor(private readonly database: Database) {}

  /** Twice is once. Throws NotForThisViewer, SubjectNotFound. */
  async execute(viewer: Viewer, personId: string, reason: string): Promise<void> {
    assertAdministers(viewer);
    await this.database.unit({ regions: [NATIONAL], actor: viewer.id }, async (tx) => {
      const answer = await askOne(tx, 'select app.enable_person($1) as answer', [personId]);
      await settle(tx, { viewer, personId, act: 'person.enable', answer, reason });
    });
  }
}

/** What lets a person in without a password. */
export type KeyKind = 'sessions' | 'tokens';

/** Ends all sessions, or all tokens, of a person who stays a user: a lost laptop, a program that leaked. */
@Injectable()
export class EndKeys {
  constructor(private readonly database: Database) {}

  /** Throws NotForThisViewer, SubjectNotFound. */
  async execute(viewer: Viewer, personId: string, kind: KeyKind): Promise<void> {
    assertAdministers(viewer);
    await this.database.unit({ regions: [NATIONAL], actor: viewer.id }, async (tx) => {
      const known = await tx.query('select 1 from person where id = $1', [personId]);
      if (known.length === 0) throw new SubjectNotFound('person', personId);
      const [ended] = await tx.query<{ count: number }>('select app.end_keys($1, $2) as count', [personId, kind]);
      const data = { count: ended?.count ?? 0 };
      await auditPerson(tx, { act: `person.end-${kind}`, actor: viewer.id, personId, data });
    });
  }
}

async function askOne(tx: Transaction, text: string, values: readonly unknown[]): Promise<string> {
  const [row] = await tx.query<{ answer: string }>(text, values);
  return row?.answer ?? '';
}

interface Settled {
  readonly viewer: Viewer;
  readonly personId: string;
  readonly act: string;
  readonly answer: string;
  readonly reason: string;
}

async function settle(tx: Transaction, { viewer, personId, act, answer, reason }: Settled): Promise<void> {
  if (answer === 'not-found') throw new SubjectNotFound('person', personId);
  if (answer !== 'done') return;
  const data = { reason, ...(viewer.id === null ? { by: 'operator' } : {}) };
  await auditPerson(tx, { act, actor: viewer.id, personId, data });
}
