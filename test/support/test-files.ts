import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileParts } from '#app/server';
import { FileStore } from '#lib/files';

/** A store of files in a folder of its own, for a server of a test. */
export interface TestFiles {
  readonly folder: string;
  readonly store: FileStore;
  /** For a server that has files scanned, or that has not. */
  parts(isScanned: boolean): FileParts;
  remove(): void;
}

export async function openTestFiles(): Promise<TestFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'regioloket-files-'));
  const store = await FileStore.open(folder);
  return {
    ...{ folder, store },
    parts: (isScanned) => new FileParts(store, isScanned, () => undefined),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
