import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { EICAR, FakeClamd } from '#lib/testing';
import { scannerAddress, scanWithClamd } from './clamd.js';
import { downloadHeaders } from './download-headers.js';
import { fileName } from './file-name.js';
import { FileStore } from './file-store.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) =>
    one.isFile() && one.name !== 'clock' ? [one.name] : [],
  );
const fine = async (): Promise<void> => Promise.resolve();

describe('a file name', () => {
  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\Jan\\plan.pdf', 'plan.pdf'],
    ['plan\r\nSet-Cookie: x.pdf', 'planSet-Cookie- x.pdf'],
    ['plan\u202Efdp.exe', 'planfdp.exe'],
    ['a";filename*=x.pdf', 'a--filename-=x.pdf'],
    ['CON.pdf', '-CON.pdf'],
    ['..', 'bestand'],
    ['  plan  2027 .pdf', 'plan 2027 .pdf'],
    ['e\u0301e\u0301n.pdf', 'één.pdf'],
    [`${'x'.repeat(300)}.docx`, `${'x'.repeat(115)}.docx`],
  ])('%j becomes %j', (typed, name) => expect(fileName(typed)).toBe(name));

  it('is safe whatever was typed, and stays what it is when it is cleaned once more', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 })), (typed) => {
        const name = fileName(typed);
        expect(Array.from(name).length).toBeGreaterThan(0);
        expect(Array.from(name).length).toBeLessThanOrEqual(120);
        expect(name).not.toMatch(/[/\\<>:"|?*%;\p{Cc}\p{Cf}]/u);
        expect(name).not.toMatch(/^\.|\.$/);
        expect(fileName(name)).toBe(name);
        for (const value of Object.values(downloadHeaders({ name, mediaType: 'application/pdf', bytes: 1 })))
          expect(value).toMatch(/^[\x20-\x7e]+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves in a header that old and new readers understand', () => {
    const { 'content-disposition': header } = downloadHeaders({ name: 'Plan é (1).pdf', mediaType: 'x/y', bytes: 1 });
    expect(header).toBe(`attachment; filename="Plan e (1).pdf"; filename*=UTF-8''Plan%20%C3%A9%20%281%29.pdf`);
  });
});

async function* brokenOff(): AsyncGenerator<Buffer> {
  yield Buffer.alloc(5);
  await Promise.resolve();
  throw new Error('the connection has gone');
}

describe('the store', () => {
  it('keeps what it received under an id of its own, with its hash', async () => {
    const store = await FileStore.open(folder);
    const bytes = Buffer.alloc(300_000, 'abc');
    const kept = await store.receive(Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]), 1_000_000, fine);
    expect(kept).toMatchObject({ bytes: 300_000, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect((await buffer(store.read(kept.id))).equals(bytes)).toBe(true);
    await store.remove(kept.id);
    expect(await store.has(kept.id)).toBe(false);
  });

  it.each([
    ['too large', Readable.from([Buffer.alloc(11)]), fine],
    ['refused', Readable.from([Buffer.alloc(1)]), () => Promise.reject(new Error('refused'))],
    ['broken off', Readable.from(brokenOff()), fine],
  ])('leaves nothing of a file that is %s', async (_, stream, look) => {
    const store = await FileStore.open(folder);
    await expect(store.receive(stream, 10, look)).rejects.toThrow();
    expect(files()).toEqual([]);
  });

  it('never leaves its folder', async () => {
    const store = await FileStore.open(folder);
    expect(() => store.read('../../../etc/passwd')).toThrow(RangeError);
  });
});

describe('the scanner', () => {
  const scan = async (url: string, bytes: Buffer): Promise<unknown> =>
    scanWithClamd(scannerAddress(url), Readable.from([bytes]), 300).catch(
      (error: unknown) => (error as { code: string }).code,
    );

  it.each([undefined, 'socket'])('tells clean from infected, over %s', async (name) => {
    const clamd = await FakeClamd.open(name === undefined ? undefined : join(folder, name));
    expect(await scan(clamd.url, Buffer.alloc(200_000))).toEqual({ found: null });
    expect(await scan(clamd.url, Buffer.from(`%PDF-1.7 ${EICAR}`))).toEqual({ found: 'Eicar-Test-Signature' });
    await clamd.close();
  });

  it('is told of a file that is not there, and lives on', async () => {
    const clamd = await FakeClamd.open();
    const store = await FileStore.open(folder);
    const missing = store.read('00000000-0000-4000-8000-000000000000');
    await expect(scanWithClamd(scannerAddress(clamd.url), missing, 300)).rejects.toThrow(/ENOENT/);
    await clamd.close();
  });

  it('that is stuck or away gives no verdict', async () => {
    const clamd = await FakeClamd.open();
    clamd.isStuck = true;
    expect(await scan(clamd.url, Buffer.from('x'))).toBe('scanner-away');
    await clamd.close();
    expect(await scan(clamd.url, Buffer.from('x'))).toBe('scanner-away');
  });
});
