import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StaffRole } from '#lib/access';
import { Database } from '#lib/database';
import { openNationalPeople } from '../demo/demo-people.js';
import type { Start } from './open-server.js';

/** An account for trying things out. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly role: StaffRole | 'applicant';
  /** Code of the network; `landelijk` for what is nationwide. */
  readonly network: string;
}

/** Accounts for trying things out that this installation opened itself; none in production, none on a restored copy. */
export function demoAccounts({ settings, folder }: Start): readonly DemoAccount[] {
  const file = fileIn(folder);
  if (settings.NODE_ENV === 'production' || !existsSync(file)) return [];
  return JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
}

/** Opens the accounts that belong to no network, on a database without examples where nobody lives yet. */
export async function openFirstAccounts(appUrl: string, { folder }: Start): Promise<void> {
  const database = await Database.open({ url: appUrl, poolSize: 2 });
  try {
    keepAccounts(folder, await openNationalPeople(database));
  } finally {
    await database.close();
  }
}

/** Remembers passwords of this installation alone, where only its own account reads them. */
export function keepAccounts(folder: string, accounts: readonly DemoAccount[]): void {
  writeFileSync(fileIn(folder), JSON.stringify(accounts, null, 2), { mode: 0o600 });
}

function fileIn(folder: string): string {
  return join(folder, 'demo-accounts.json');
}

/** Lines that say how to sign in: one per network, because its accounts share a password. */
export function accountLines(accounts: readonly DemoAccount[]): readonly string[] {
  const networks = [...new Set(accounts.map(({ network }) => network))].filter((network) => network !== 'landelijk');
  const own = accounts.filter(({ network }) => network === 'landelijk');
  const lines = own.map(({ role, email, password }) => `${role.padEnd(20)} ${email}   ${password}`);
  if (networks.length === 0) return lines;
  const names = accounts.filter(({ network }) => network === networks[0]).map(({ email }) => email.split('@')[0] ?? '');
  const passwords = networks.map((network) => {
    const password = accounts.find((account) => account.network === network)?.password ?? '';
    return `  @demo-${network}.example`.padEnd(31) + password;
  });
  return [...lines, `Demo accounts        ${names.join(', ')}`, ...passwords];
}
