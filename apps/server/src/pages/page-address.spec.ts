import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { pageAddress } from './page-address.js';

const FOLDER = join(projectFolder(), 'libs', 'notices', 'templates');
const texts = readdirSync(FOLDER).filter((file) => file.endsWith('.nl.txt'));
const saysSignIn = texts.filter((file) => /Log in/.test(readFileSync(join(FOLDER, file), 'utf8')));

describe('a mail', () => {
  it.each([
    ['term-reminder', 'review', '/oordelen/1'],
    ['admitted', 'proposal', '/aanvragen/1'],
    ['decision-letter', 'proposal', '/aanvragen/1/besluit'],
    ['question-answered', 'call', '/rondes/1'],
    ['initiative-outcome', 'initiative', '/initiatieven/1'],
    ['advice-given', 'call', '/rondes/1'],
    ['mandate-given', 'mandate', '/schoolbestuur'],
  ])('%s about a %s leads to %s', (template, kind, path) => {
    expect(pageAddress(template, { kind, id: '1' })).toBe(path);
  });

  it.each(saysSignIn.map((file) => file.split('.')[0] ?? ''))(
    '%s says to sign in, so it leads to a page',
    (template) => {
      const kind = template.startsWith('initiative') ? 'initiative' : 'proposal';
      expect(pageAddress(template, { kind, id: '1' })).toMatch(/^\/[a-z]/);
    },
  );

  it.each(['withdrawn-from-review', 'deviation-told', 'party-outcome'])(
    '%s leads nowhere: its recipient may not see the proposal',
    (t) => {
      expect(pageAddress(t, { kind: 'proposal', id: '1' })).toBeNull();
    },
  );

  it.each(['invitation', 'decision-letter', 'admitted'])('%s about nothing leads nowhere', (template) => {
    expect(pageAddress(template, undefined)).toBeNull();
  });
});
