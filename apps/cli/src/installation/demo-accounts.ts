import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StaffRole } from '#lib/access';
import { Database } from '#lib/database';
import { OpenAccount, SYSTEM } from '#lib/people';
import type { Start } from './open-server.js';

/** An account for trying things out. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly role: StaffRole;
}

const ACCOUNTS: readonly { readonly email: string; readonly name: string; readonly role: StaffRole }[] = [
  { email: 'landelijk@regioloket.example', name: 'Landelijk programmabureau', role: 'national-office' },
  { email: 'beheer@regioloket.example', name: 'Beheer', role: 'platform-admin' },
];

/**
 * Opens the accounts once, with passwords of this installation alone, and remembers them where only its own account reads them. None in
 * production.
 */
export async function demoAccounts(appUrl: string, { settings, folder }: Start): Promise<readonly DemoAccount[]> {
  if (settings.NODE_ENV === 'production') return [];
  const file = join(folder, 'demo-accounts.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
  const database = await Database.open({ url: appUrl, poolSize: 2 });
  try {
    const opening = new OpenAccount(database);
    const made: DemoAccount[] = [];
    for (const { email, name, role } of ACCOUNTS) {
      const password = randomBytes(15).toString('base64url');
      const account = { email, name, language: 'nl' as const, password, roles: [{ region: 'landelijk', role }] };
      await opening.execute(SYSTEM, account);
      made.push({ email, password, role });
    }
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
    return made;
  } finally {
    await database.close();
  }
}
