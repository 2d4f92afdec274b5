import { createHash } from 'node:crypto';
import { Transform, Writable, type Readable, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Digest {
  readonly bytes: number;
  /** In COPY's text format every row ends in one newline, and newlines in values are escaped. */
  readonly lines: number;
  readonly sha256: string;
}

const NEWLINE = 0x0a;

/** Lets bytes through and keeps count of them. */
export class DigestStream extends Transform {
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private lines = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.lines += 1;
    done(null, chunk);
  }

  /** Once, after the last byte. */
  digest(): Digest {
    return { bytes: this.bytes, lines: this.lines, sha256: this.hash.digest('hex') };
  }
}

/** Reads a stream to its end for its digest alone. */
export async function digestOf(source: Readable): Promise<Digest> {
  const digest = new DigestStream();
  await pipeline(source, digest, new Writable({ write: (_chunk, _encoding, done) => done() }));
  return digest.digest();
}
