import type { Database } from '#lib/database';
import type { MessageIdOptions } from '#lib/engine';
import { scannerAddress, scanWithClamd, type FileStore } from '#lib/files';
import { scanDueAttachments } from '#lib/intake';
import type { Chore } from '#lib/queue';
import type { FrozenRules } from '#lib/regulation';

export interface AttachmentWork {
  /** Connected as the role worker. */
  readonly database: Database;
  readonly frozen: FrozenRules;
  readonly worker: string;
  readonly messageIds: MessageIdOptions;
  readonly store: FileStore;
  /** Where the virus scanner listens; without it nothing is scanned. */
  readonly scannerUrl?: string | undefined;
}

const HOUR_MS = 3_600_000;
const SWEEP_EVERY_MS = 6 * HOUR_MS;
const UNNEEDED = { name: 'unneeded-files', text: 'select id from app.unneeded_files($1) id' };

/** Has files scanned, and keeps the store free of what nothing needs. */
export function attachmentChores(work: AttachmentWork): Chore[] {
  return [...scanning(work), sweeping(work)];
}

function scanning({ scannerUrl, store, ...work }: AttachmentWork): Chore[] {
  if (scannerUrl === undefined) return [];
  const address = scannerAddress(scannerUrl);
  const scan = (id: string): Promise<{ found: string | null }> => scanWithClamd(address, store.read(id));
  const destroy = (id: string): Promise<void> => store.remove(id);
  return [{ name: 'scans', run: (signal) => scanDueAttachments({ ...work, scan, destroy }, signal) }];
}

function sweeping({ database, store }: AttachmentWork): Chore {
  let nextAt = 0;
  const run = async (): Promise<number> => {
    if (performance.now() < nextAt) return 0;
    nextAt = performance.now() + SWEEP_EVERY_MS;
    await sweepFiles(database, store, HOUR_MS);
    return 0;
  };
  return { name: 'files', run };
}

/**
 * Takes away what a crash left behind: uploads that were not finished, and files of which the row never was committed. What is younger
 * than `olderThanMs` may be an upload that is still under way. Returns how many.
 */
export async function sweepFiles(database: Database, store: FileStore, olderThanMs: number): Promise<number> {
  let swept = await store.sweepIncoming(olderThanMs);
  for await (const ids of store.idsOlderThan(olderThanMs)) {
    if (ids.length === 0) continue;
    for (const { id } of await database.ask<{ id: string }>(UNNEEDED, [ids])) {
      await store.remove(id);
      swept += 1;
    }
  }
  return swept;
}
