import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

/** A change to one built file that makes the product wrong in a known way. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A copy of the build with a fault in it, to show that a test sees the fault. Throws when the text to change is not there exactly once. */
export function makeVariant(patches: readonly Patch[]): string {
  const root = projectFolder();
  const folder = mkdtempSync(join(tmpdir(), 'regioloket-variant-'));
  mkdirSync(folder, { recursive: true });
  for (const name of ['node_modules', 'config', 'docs']) symlinkSync(join(root, name), join(folder, name));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const { file, find, replace } of patches) {
    const path = join(folder, 'dist', file);
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length !== 2) throw new Error(`${file} holds the text to change ${parts.length - 1} times: ${find}`);
    writeFileSync(path, parts.join(replace));
  }
  return folder;
}
