import { createCipheriv, createHash } from 'node:crypto';
import { dictionaryAt, type PdfDictionary } from './pdf-dictionary.js';
import { rc4 } from './rc4.js';

/** What stands in for the missing characters of a short password (ISO 32000-2, 7.6.4.3.2). */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/**
 * Whether a PDF cannot be opened without a password or a certificate. Who printed or signed a PDF often sets the password of an owner only: then
 * the empty password opens it, and it is a file like any other. Tries that password against the standard security handler (ISO 32000-2, 7.6.4).
 */
export function needsPassword(file: Buffer): boolean {
  const text = file.toString('latin1');
  const found = [...text.matchAll(/\/Encrypt\s*(?:(\d+)\s+(\d+)\s+R|(?=<<))/g)].at(-1);
  if (found === undefined) return false;
  const [whole, number, generation] = found;
  const at = number === undefined ? found.index + whole.length : objectAt(text, `${number} ${generation ?? '0'}`);
  const encryption = at === null ? null : dictionaryAt(text, at);
  if (encryption?.['Filter'] === undefined) return false;
  return !opensWithout(encryption, firstId(text, found.index));
}

/** Where the body of an object begins; of several the last holds. */
function objectAt(text: string, name: string): number | null {
  const found = [...text.matchAll(new RegExp(`(?<!\\d)${name.replace(' ', '\\s+')}\\s+obj`, 'g'))].at(-1);
  return found === undefined ? null : found.index + found[0].length;
}

/** The first part of the file's identifier, which stands beside the mention of the encryption. */
function firstId(text: string, near: number): Buffer {
  const far = (index: number): number => Math.abs(index - near);
  const [closest] = [...text.matchAll(/\/ID\s*(?=\[)/g)].sort((a, b) => far(a.index) - far(b.index));
  if (closest === undefined) return Buffer.alloc(0);
  const { ID } = dictionaryAt(`<<${text.slice(closest.index, closest.index + 2000)}>>`, 0) ?? {};
  return Buffer.isBuffer(ID) ? ID : Buffer.alloc(0);
}

function opensWithout(encryption: PdfDictionary, id: Buffer): boolean {
  const { Filter, R, O, U } = encryption;
  if (Filter !== '/Standard' || !Buffer.isBuffer(O) || !Buffer.isBuffer(U)) return false;
  const revision = Number(R);
  if (revision === 5) return sha(256, U.subarray(32, 40)).equals(U.subarray(0, 32));
  if (revision === 6) return hashOfRevision6(U.subarray(32, 40)).equals(U.subarray(0, 32));
  if (revision < 2 || revision > 4) return false;
  const key = keyOf(encryption, O, id);
  if (revision === 2) return rc4(key, PADDING).equals(U.subarray(0, 32));
  let hash = rc4(key, md5(PADDING, id));
  for (let i = 1; i < 20; i += 1)
    hash = rc4(
      key.map((byte) => byte ^ i),
      hash,
    );
  return hash.equals(U.subarray(0, 16));
}

/** The key that the empty password makes (algorithm 2). */
function keyOf({ R, V, P, Length, EncryptMetadata }: PdfDictionary, owner: Buffer, id: Buffer): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(Number(P) | 0);
  const plainMetadata = Number(R) >= 4 && EncryptMetadata === 'false' ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = md5(PADDING, owner.subarray(0, 32), permissions, id, plainMetadata);
  if (Number(R) === 2) return key.subarray(0, 5);
  const bytes = Number(V) === 4 ? 16 : Number(Length ?? 40) / 8;
  for (let i = 0; i < 50; i += 1) key = md5(key.subarray(0, bytes));
  return key.subarray(0, bytes);
}

/** Algorithm 2.B with the empty password. */
function hashOfRevision6(salt: Buffer): Buffer {
  let key = sha(256, salt);
  let last = 0;
  for (let round = 0; round < 64 || last > round - 32; round += 1) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const rest = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(rest === 0 ? 256 : rest === 1 ? 384 : 512, mixed);
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

function md5(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function sha(bits: 256 | 384 | 512, bytes: Uint8Array): Buffer {
  return createHash(`sha${bits}`).update(bytes).digest();
}
