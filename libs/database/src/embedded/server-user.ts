import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync } from 'node:fs';

/** As whom PostgreSQL runs: it refuses root, so root hands it to an account without rights. */
export interface ServerUser {
  /** For spawn; empty when the server runs as the one who started us. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

const NOBODY = { uid: 65534, gid: 65534 };

export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return { ids: {} };
  return { ids: accountOf('postgres') ?? NOBODY };
}

/** Root's own place for what another account must read; not under /tmp, where a name can be guessed and taken. */
export function runtimeFolder(): string {
  const folder = '/var/lib/regioloket';
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** Whether the server's account can pass every folder on the way to `path`. */
export function canReach(user: ServerUser, path: string): boolean {
  if (user.ids.uid === undefined) return isReadable(path);
  try {
    execFileSync('test', ['-x', path], { ...user.ids, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Makes a folder that belongs to the server's account alone. */
export function ownFolder(user: ServerUser, path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, gid } = user.ids;
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
