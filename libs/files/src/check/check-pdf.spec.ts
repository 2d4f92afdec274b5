import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { pdfOf } from '#lib/testing';
import { needsPassword } from './check-pdf.js';

const SAMPLES = join(projectFolder(), 'test', 'contracts', 'files', 'pdf-passwords.json');
const { files } = JSON.parse(readFileSync(SAMPLES, 'utf8')) as { files: Readonly<Record<string, string>> };
const named = (end: string): readonly string[] => Object.keys(files).filter((name) => name.endsWith(end));
const read = (name: string): Buffer => Buffer.from(files[name] ?? '', 'base64');

describe('a PDF', () => {
  it.each(named('-owner'))('that has a password of its owner only is open to all: %s', (name) => {
    expect(needsPassword(read(name))).toBe(false);
  });

  it.each(named('-user'))('that opens with a password only is locked: %s', (name) => {
    expect(needsPassword(read(name))).toBe(true);
  });

  it('without any password is open, also when it speaks of one', () => {
    expect(needsPassword(read('plain'))).toBe(false);
    expect(needsPassword(pdfOf('/Encrypt 5 0 R is how a PDF says it'))).toBe(false);
  });

  it('that a certificate opens is locked', () => {
    const locked = Buffer.from('%PDF-1.7\n5 0 obj\n<</Filter /Adobe.PubSec /V 4>>\nendobj\ntrailer<</Encrypt 5 0 R>>');
    expect(needsPassword(locked)).toBe(true);
  });

  it.each([
    '/Encrypt <<',
    '/Encrypt <</Filter',
    '/Encrypt <</Filter /Standard /O (',
    '/Encrypt <</Filter /Standard /O [[[[',
  ])('that is cut off at %j ends the reading', (end) => {
    expect(typeof needsPassword(Buffer.from(`%PDF-1.7\ntrailer<<${end}`))).toBe('boolean');
  });
});
