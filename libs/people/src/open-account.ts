import { Injectable } from '@nestjs/common';
import type { RoleInRegion, Viewer } from '#lib/access';
import { Database } from '#lib/database';
import type { Language } from '#lib/kernel';
import { giveRole } from './assign-role.js';
import { hashPassword } from './passwords/hash-password.js';
import { assertAcceptable } from './passwords/password-rules.js';
import { AccountExists } from './people-errors.js';
import { assertMayGrant } from './role-grants.js';
import { auditPerson, NATIONAL } from './sessions.js';
import { tidyMailbox } from './mailbox.js';

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** Null for who signs in by a mailed link. */
  readonly password: string | null;
  readonly roles: readonly RoleInRegion[];
}

/** Opens an account without an invitation: the operator's first administrator, the accounts of the demo. */
@Injectable()
export class OpenAccount {
  constructor(private readonly database: Database) {}

  /** Returns the person's id. Throws MayNotGrantRole, PasswordNotAcceptable, AccountExists, RoleHeldAlready. */
  async execute(viewer: Viewer, account: NewAccount): Promise<string> {
    const { email, name, language, password, roles } = account;
    for (const grant of roles) assertMayGrant(viewer, { ...grant, personId: null });
    if (password !== null) assertAcceptable(password, account);
    const values = [tidyMailbox(email), name, language, password === null ? null : await hashPassword(password)];
    const regions = [...new Set([NATIONAL, ...roles.map(({ region }) => region)])];
    return this.database.unit({ regions, actor: viewer.id }, async (tx) => {
      const [made] = await tx.query<{ id: string | null }>('select app.create_person($1, $2, $3, $4) as id', values);
      const personId = made?.id ?? null;
      if (personId === null) throw new AccountExists();
      await auditPerson(tx, { act: 'person.open-account', actor: viewer.id, personId });
      for (const { region, role } of roles) await giveRole(tx, viewer.id, { region, role, personId });
      return personId;
    });
  }
}
