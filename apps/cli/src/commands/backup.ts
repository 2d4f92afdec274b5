import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup, writeBackup } from '#lib/backup';
import { withClient } from '#lib/database';
import { checkInvariants, verifyAudit } from '#lib/engine';
import { migrateQueue } from '#lib/queue';
import type { Command, Terminal, ExitCode } from '../command.js';
import { atOwner, type OwnerPlace } from '../installation/owner-connection.js';
import { unusable } from '../unusable-input.js';
import { INVARIANTS } from './checks.js';

export const backupCommand: Command = {
  words: ['backup'],
  summary: 'writes everything of this moment into one file',
  help: `regioloket backup FILE
  A ZIP with every table by one snapshot, the attachments, and a manifest with the SHA-256 of each part. Works beside people who work, and on
  a stopped installation. Sessions, tokens and links that still hold are left out; the rest is as secret as the database: FILE has mode 0600.
  Out: {file, createdAt, tables, rows, files, leftOut}
  Example: regioloket backup regioloket-2026-11-25.zip`,
  async run(args, terminal) {
    const [file] = args;
    if (file === undefined || args.length > 1)
      return unusable(terminal, [{ pointer: '', message: 'Name one file to write.' }]);
    const { createdAt, tables, files, leftOut } = await atOwner(({ ownerUrl, folder }) =>
      writeBackup({ ownerUrl, file: fromCaller(file), filesFolder: join(folder, 'files') }),
    );
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const counts = { tables: tables.length, rows, files: files.length };
    terminal.out(JSON.stringify({ file, createdAt, ...counts, leftOut }, null, 2));
    return 0;
  },
};

export const restoreCommand: Command = {
  words: ['restore'],
  summary: 'makes an installation from a backup',
  help: `regioloket restore FILE [--into FOLDER]
  Checks every part, then restores into an empty database: that of DATABASE_OWNER_URL, of DATA_DIR, or of a new FOLDER. Newer migrations
  follow, then the checks of invariants and audit verify. The copy starts paused: no mail leaves, no term acts, until regioloket outbox resume.
  Out: {createdAt, tables, rows, files, migrated, invariants, audit}; exit 1 when a check fails, exit 2 when nothing was restored.
  Example: regioloket restore regioloket-2026-11-25.zip --into /srv/regioloket`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { into: { type: 'string' } },
      allowPositionals: true,
      strict: false,
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1 || typeof values.into === 'boolean')
      return unusable(terminal, [{ pointer: '', message: 'Name one backup, and after --into one folder.' }]);
    const folder = values.into === undefined ? undefined : fromCaller(values.into);
    return atOwner((place) => restore(terminal, fromCaller(file), place), { folder, mayCreate: true });
  },
};

async function restore(terminal: Terminal, file: string, { ownerUrl, folder }: OwnerPlace): Promise<ExitCode> {
  const restored = await restoreBackup({ file, ownerUrl, filesFolder: join(folder, 'files') });
  await migrateQueue(ownerUrl);
  return withClient(ownerUrl, async (client) => {
    const broken = await checkInvariants(client, INVARIANTS);
    const { ok, sealed, unsealed, faults } = await verifyAudit(client);
    const checks = { invariants: { ok: broken.length === 0, broken }, audit: { ok, sealed, unsealed, faults } };
    terminal.out(JSON.stringify({ ...restored, ...checks }, null, 2));
    terminal.err('The copy is paused: no mail leaves and no term acts until: regioloket outbox resume');
    return ok && broken.length === 0 ? 0 : 1;
  });
}

/** npm runs scripts in the project's folder and remembers the caller's in INIT_CWD. */
function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
