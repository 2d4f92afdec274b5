import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { docxOf, jpgOf, pdfOf, pngOf, xlsxOf, zipOf } from '#lib/testing';
import { FILE_KINDS, type FileKind } from '../file-kinds.js';
import { checkFile } from './check-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const check = async (name: string, bytes: Buffer, taken: readonly FileKind[] = FILE_KINDS): Promise<unknown> => {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  return checkFile(path, name, taken).then(
    ({ kind }) => kind,
    (error: unknown) => (error as { code?: string }).code ?? error,
  );
};
const entry = (name: string, bytes = Buffer.from('x')): { name: string; bytes: Buffer } => ({ name, bytes });

describe('a file', () => {
  it.each([
    ['plan.pdf', pdfOf(), 'pdf'],
    ['PLAN.PDF', pdfOf(), 'pdf'],
    ['begroting.xlsx', xlsxOf(), 'xlsx'],
    ['plan.docx', docxOf(), 'docx'],
    ['foto.jpeg', jpgOf(800, 600), 'jpg'],
    ['foto.png', pngOf(800, 600), 'png'],
  ])('%s is taken for what it is', async (name, bytes, kind) => {
    expect(await check(name, bytes)).toBe(kind);
  });

  it.each([
    ['tekening.svg', Buffer.from('<svg onload="alert(1)"/>')],
    ['pagina.html', Buffer.from('<script>')],
    ['plan.pdf.exe', pdfOf()],
    ['plan.docm', docxOf()],
    ['zonder', pdfOf()],
  ])('%s is of no kind that is taken', async (name, bytes) => {
    expect(await check(name, bytes)).toBe('file-kind-not-taken');
  });

  it.each([
    ['plan.pdf', Buffer.from('<html><script>alert(1)</script>')],
    ['plan.pdf', Buffer.concat([Buffer.from('GIF89a'), pdfOf()])],
    ['foto.png', jpgOf(1, 1)],
    ['plan.docx', xlsxOf()],
    ['plan.docx', zipOf([entry('word/document.xml')])],
  ])('%s must hold what its name says', async (name, bytes) => {
    expect(await check(name, bytes)).toBe('file-is-another-kind');
  });

  it('is taken only where its kind is asked for', async () => {
    expect(await check('foto.png', pngOf(1, 1), ['pdf'])).toBe('file-kind-not-taken');
  });

  it('is refused when it is empty, locked or cut off', async () => {
    expect(await check('plan.pdf', Buffer.alloc(0))).toBe('file-empty');
    expect(await check('plan.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('file-is-locked');
    expect(await check('plan.docx', docxOf().subarray(0, 200))).toBe('file-is-damaged');
    expect(await check('foto.png', pngOf(1, 1).subarray(0, 20))).toBe('file-is-damaged');
    expect(await check('foto.jpg', jpgOf(1, 1).subarray(0, 300))).toBe('file-is-damaged');
  });
});

describe('a PDF', () => {
  it('under a password is refused as an office document is, and taken when only its owner has one', async () => {
    const path = join(projectFolder(), 'test', 'contracts', 'files', 'pdf-passwords.json');
    const { files } = JSON.parse(readFileSync(path, 'utf8')) as { files: Readonly<Record<string, string>> };
    const of = (name: string): Buffer => Buffer.from(files[name] ?? '', 'base64');
    expect(await check('plan.pdf', of('aes-256-user'))).toBe('file-is-locked');
    expect(await check('plan.pdf', of('aes-256-owner'))).toBe('pdf');
  });
});

describe('a picture', () => {
  it.each([
    ['foto.png', pngOf(60_000, 60_000)],
    ['foto.jpg', jpgOf(60_000, 60_000)],
  ])('%s may not blow up in who opens it', async (name, bytes) => {
    expect(await check(name, bytes)).toBe('file-has-too-many-pixels');
  });
});

describe('an office document', () => {
  it.each([
    ['with macros', docxOf([entry('word/vbaProject.bin')])],
    ['with an active part', docxOf([entry('word/activeX/activeX1.bin')])],
    [
      'that is one with macros under another name',
      docxOf([], 'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"'),
    ],
  ])('%s is refused', async (_, bytes) => {
    expect(await check('plan.docx', bytes)).toBe('file-has-macros');
  });

  it.each([
    ['a way out of its folder', docxOf([entry('../../etc/passwd')])],
    ['a place from the root', docxOf([entry('/etc/passwd')])],
    ['a link', docxOf([{ ...entry('word/link'), attributes: (0xa1ff << 16) >>> 0 }])],
    ['one name twice', docxOf([entry('word/document.xml')])],
    ['a size that is not so', docxOf([{ ...entry('word/a.xml', Buffer.alloc(5000)), claimedBytes: 10 }])],
  ])('with %s is refused', async (_, bytes) => {
    expect(await check('plan.docx', bytes)).toBe('file-is-damaged');
  });

  it('with a locked entry is refused', async () => {
    expect(await check('plan.docx', docxOf([{ ...entry('word/a.xml'), flags: 1 }]))).toBe('file-is-locked');
  });

  it('with thousands of entries is refused', async () => {
    const many = Array.from({ length: 1001 }, (_, i) => entry(`word/${i}.xml`));
    expect(await check('plan.docx', docxOf(many))).toBe('file-unpacks-too-large');
  });

  it('that unpacks to hundreds of megabytes is refused, and never stands in memory', async () => {
    const bomb = docxOf([
      ...[entry('word/a.xml', Buffer.alloc(90 * 1024 * 1024)), entry('word/b.xml', Buffer.alloc(90 * 1024 * 1024))],
      entry('word/c.xml', Buffer.alloc(90 * 1024 * 1024)),
    ]);
    expect(bomb.length).toBeLessThan(400_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await check('plan.docx', bomb)).toBe('file-unpacks-too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * 1024 * 1024);
  });

  it('whose list of parts is a bomb of its own is refused', async () => {
    const bomb = docxOf([], ' '.repeat(20 * 1024 * 1024));
    expect(await check('plan.docx', bomb)).toBe('file-unpacks-too-large');
  });
});
