import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStoreFull, FileTooLarge } from './file-errors.js';

/** A file that lies whole in the store. */
export interface StoredFile {
  readonly id: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that was received and is not kept yet. */
interface Incoming extends StoredFile {
  readonly path: string;
}

const CLOCK = 'clock';
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Files under random ids, two levels deep (`files/ab/cd/abcd…`); what is still coming in lies beside them (`incoming`). No name that a
 * person typed is ever part of a path.
 */
export class FileStore {
  private constructor(
    private readonly kept: string,
    private readonly incoming: string,
  ) {}

  /** In a folder of the installation, which must lie on one file system: a file is kept by renaming it. */
  static async open(folder: string): Promise<FileStore> {
    const incoming = join(folder, 'incoming');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    return new FileStore(join(folder, 'files'), incoming);
  }

  /**
   * Writes a stream beside the others, has it looked at, and only then keeps it; whatever goes wrong leaves nothing behind. What is kept
   * lies on the disk when this returns. Throws FileTooLarge, FileStoreFull, what the stream ends with, and what `look` throws.
   */
  async receive(stream: Readable, most: number, look: (path: string) => Promise<void>): Promise<StoredFile> {
    const id = randomUUID();
    const path = join(this.incoming, id);
    try {
      const { bytes, sha256 } = await this.write(stream, { id, path, most });
      await look(path);
      const place = this.placeOf(id);
      await mkdir(join(place, '..'), { recursive: true, mode: 0o700 });
      await rename(path, place);
      await syncFolder(join(place, '..'));
      return { id, bytes, sha256 };
    } catch (error) {
      await rm(path, { force: true });
      throw isFull(error) ? new FileStoreFull() : error;
    }
  }

  /** The bytes of a file. The stream ends with ENOENT when it is not there. */
  read(id: string): Readable {
    return createReadStream(this.placeOf(id));
  }

  async has(id: string): Promise<boolean> {
    return stat(this.placeOf(id)).then(
      () => true,
      () => false,
    );
  }

  async remove(id: string): Promise<void> {
    await rm(this.placeOf(id), { force: true });
  }

  /** Takes away uploads that nobody is writing any more; returns how many. */
  async sweepIncoming(olderThanMs: number): Promise<number> {
    const before = (await this.now()) - olderThanMs;
    let swept = 0;
    for (const name of (await readdir(this.incoming)).filter((one) => one !== CLOCK)) {
      const path = join(this.incoming, name);
      if (!(await isBefore(path, before))) continue;
      await rm(path, { force: true });
      swept += 1;
    }
    return swept;
  }

  /** Ids of the kept files that have lain here for some time, folder by folder. */
  async *idsOlderThan(ms: number): AsyncGenerator<readonly string[]> {
    const before = (await this.now()) - ms;
    for (const first of await foldersIn(this.kept)) {
      for (const second of await foldersIn(join(this.kept, first))) {
        const folder = join(this.kept, first, second);
        const old: string[] = [];
        for (const id of await readdir(folder)) if (await isBefore(join(folder, id), before)) old.push(id);
        yield old.filter((id) => ID.test(id));
      }
    }
  }

  private async write(
    stream: Readable,
    { id, path, most }: { readonly id: string; readonly path: string; readonly most: number },
  ): Promise<Incoming> {
    const hash = createHash('sha256');
    let bytes = 0;
    const count = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > most) throw new FileTooLarge(most);
        hash.update(chunk);
        yield chunk;
      }
    };
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    // `flush`: on the disk before it is renamed, so that a crash never leaves a whole name with half a file.
    await pipeline(stream, count, file.createWriteStream({ flush: true }));
    return { id, path, bytes, sha256: hash.digest('hex') };
  }

  /** By the clock that dates the files, which on a shared folder is another machine's. In milliseconds since 1970. */
  private async now(): Promise<number> {
    const path = join(this.incoming, CLOCK);
    await writeFile(path, 'now', { mode: 0o600 });
    return (await stat(path)).mtimeMs;
  }

  private placeOf(id: string): string {
    if (!ID.test(id)) throw new RangeError('This is no id of a file.');
    return join(this.kept, id.slice(0, 2), id.slice(2, 4), id);
  }
}

/** The levels of the store; what else somebody put there is none of ours. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => /^[0-9a-f]{2}$/.test(name));
}

async function isBefore(path: string, moment: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.mtimeMs <= moment;
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** A rename is lasting only when its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
