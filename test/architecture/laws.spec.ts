import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { projectFolder } from '#lib/settings';

/** Dutch words by which a sentence claims something of the law; the English one beside it says the same. */
const OF_THE_LAW =
  /\b(awb|atw|kaderregeling|artikel|wet|wettelijk\w*|bezwaar\w*|herzien\w*|termijn\w*|(zes|acht|twaalf|\d+) weken|weken|zienswijze|buiten behandeling|aanvulling|ontvangstbevestiging|handtekening|ondertekend\w*|plafond|opschort\w*|bekendmak\w*|in beroep|dwangsom)\b/i;

type Texts = ReadonlyMap<string, string>;
const at = (...path: string[]): string => join(projectFolder(), ...path);

/** Words of pages by key: `decision.object-awb`. */
function pageTexts(): Texts {
  const found = new Map<string, string>();
  const add = (key: string, value: unknown): void => {
    const { nl, ...rest } = value as { nl?: string };
    if (typeof nl === 'string') found.set(key, nl);
    else for (const [name, inner] of Object.entries(rest)) add(`${key}.${name}`, inner);
  };
  for (const file of readdirSync(at('apps', 'server', 'texts'))) {
    const texts = parse(readFileSync(at('apps', 'server', 'texts', file), 'utf8')) as object;
    for (const [name, value] of Object.entries(texts)) add(`${file.replace('.yaml', '')}.${name}`, value);
  }
  return found;
}

/** Mails by template: `mail:decision-letter`. */
function mailTexts(): Texts {
  const folder = at('libs', 'notices', 'templates');
  const files = readdirSync(folder).filter((file) => file.endsWith('.nl.txt'));
  return new Map(
    files.map((file) => [`mail:${file.replace('.nl.txt', '')}`, readFileSync(join(folder, file), 'utf8')]),
  );
}

/** Texts in code by library and key: `lib:decision/objected-already`. */
function libraryTexts(): Texts {
  const found = new Map<string, string>();
  const files = readdirSync(at('libs'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'),
  );
  for (const { parentPath, name } of files) {
    const [library = ''] = relative(at('libs'), parentPath).split(/[\\/]/);
    const source = readFileSync(join(parentPath, name), 'utf8');
    for (const [, quoted, plain, nl = ''] of source.matchAll(KEYED))
      found.set(`lib:${library}/${quoted ?? plain ?? ''}`, nl);
  }
  return found;
}
/** `key: { nl: '…'`, also where a ground and a sentence stand between. */
const KEYED = /(?:'([\w-]+)'|\b(\w+)): \{\s*(?:ground: '[^']*',\s*sentence: \{\s*)?nl: '((?:[^'\\]|\\.)*)'/g;

interface Row {
  readonly source: string;
  readonly verified: string;
}

function rowsOf(table: string): ReadonlyMap<string, Row> {
  const lines = [...table.matchAll(/^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \|$/gm)];
  return new Map(
    lines.map(([, key = '', source = '', verified = '']) => [
      key,
      { source: source.trim(), verified: verified.trim() },
    ]),
  );
}

const unnamed = (texts: Texts, rows: ReadonlyMap<string, Row>): readonly string[] =>
  [...texts].filter(([key, text]) => OF_THE_LAW.test(text) && !rows.has(key)).map(([key]) => key);

const rows = rowsOf(readFileSync(at('docs', 'laws.md'), 'utf8'));
const texts: Texts = new Map([...pageTexts(), ...mailTexts(), ...libraryTexts()]);

it('every text that says something of the law has its row in docs/laws.md', () => {
  expect(unnamed(texts, rows)).toEqual([]);
});

it('every row stands for a text that exists, with a source and where it was verified', () => {
  expect([...rows.keys()].filter((key) => !texts.has(key))).toEqual([]);
  const empty = [...rows].filter(
    ([, { source, verified }]) => !/Awb|Atw|Kaderregeling|Own rules|ECLI|No law/.test(source) || verified === '',
  );
  expect(empty).toEqual([]);
});

it('reads the texts of pages, mails and libraries, and sees one without a row', () => {
  for (const key of ['decision.object-awb', 'mail:decision-letter', 'lib:decision/objected-already', 'lib:terms/art-4'])
    expect([key, texts.has(key)]).toEqual([key, true]);
  const invented = new Map([['page.invented', 'U kunt binnen zes weken bezwaar maken.']]);
  expect(unnamed(invented, rows)).toEqual(['page.invented']);
});
