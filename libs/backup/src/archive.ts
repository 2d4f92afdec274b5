import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile as ZipReader } from 'yauzl';
import { ZipFile } from 'yazl';
import { sha256 } from '#lib/kernel';
import { BackupIsDamaged, NotABackup } from './backup-errors.js';
import { DigestStream, type Digest } from './digest.js';
import { isManifest, MANIFEST_ENTRY, MANIFEST_HASH_ENTRY, type Manifest } from './manifest.js';

/** Writes a ZIP part by part; memory does not grow with the parts. The file must not exist, and only its owner reads it. */
export class ArchiveWriter {
  private readonly zip = new ZipFile();
  private readonly written: Promise<void>;

  constructor(file: string) {
    const out = this.zip.outputStream as Readable;
    this.zip.on('error', (error: Error) => out.destroy(error));
    this.written = pipeline(out, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    this.written.catch(() => undefined);
  }

  /** Returns the digest when the source has ended. */
  async add(name: string, source: Readable): Promise<Digest> {
    const digest = new DigestStream();
    this.zip.addReadStream(digest, name);
    // When the file cannot be written, nobody reads the source any more.
    const failed = this.written.then(() => new Promise<never>(() => undefined));
    await Promise.race([pipeline(source, digest), failed]);
    return digest.digest();
  }

  /** Writes the manifest with its hash, and the end of the file. */
  async finish(manifest: Manifest): Promise<void> {
    const content = JSON.stringify(manifest, null, 1);
    this.zip.addBuffer(Buffer.from(content), MANIFEST_ENTRY);
    this.zip.addBuffer(Buffer.from(sha256(content)), MANIFEST_HASH_ENTRY);
    this.zip.end();
    await this.written;
  }
}

/** Reads the parts of a backup, any number of times. */
export class ArchiveReader {
  private constructor(
    private readonly zip: ZipReader,
    private readonly entries: ReadonlyMap<string, Entry>,
    readonly manifest: Manifest,
  ) {}

  /** Throws NotABackup, BackupIsDamaged when the manifest is not what was written. */
  static async open(file: string): Promise<ArchiveReader> {
    const zip = await openPromise(file, { autoClose: false, lazyEntries: true }).catch((error: unknown) => {
      throw new NotABackup(file, String(error instanceof Error ? error.message : error));
    });
    try {
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
      if (!entries.has(MANIFEST_ENTRY)) throw new NotABackup(file, 'it has no manifest');
      return new ArchiveReader(zip, entries, await readManifest(zip, entries));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Throws BackupIsDamaged when there is no such part. */
  async stream(name: string): Promise<Readable> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new BackupIsDamaged([name]);
    return this.zip.openReadStreamPromise(entry);
  }

  close(): void {
    this.zip.close();
  }
}

async function readManifest(zip: ZipReader, entries: ReadonlyMap<string, Entry>): Promise<Manifest> {
  const read = async (name: string): Promise<string> => {
    const entry = entries.get(name);
    return entry === undefined ? '' : text(await zip.openReadStreamPromise(entry));
  };
  try {
    const content = await read(MANIFEST_ENTRY);
    const manifest: unknown = JSON.parse(content);
    if (sha256(content) === (await read(MANIFEST_HASH_ENTRY)) && isManifest(manifest)) return manifest;
  } catch {
    // Whatever is wrong with it, it is not the manifest that was written.
  }
  throw new BackupIsDamaged([MANIFEST_ENTRY]);
}
