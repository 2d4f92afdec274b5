// Mail templates to dist/templates.json: MJML becomes HTML here, so that no MJML is needed where mail is sent. Handlebars stays inside.
// The text is written by hand; its HTML is the same paragraphs in the layout, unless an .mjml beside it says otherwise (a button).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml from 'mjml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'libs', 'notices', 'templates');
const layout = readFileSync(join(folder, 'layout.mjml'), 'utf8');
// Where the recipient goes on, under every mail that has such a page.
const PAGE = { nl: 'Naar de pagina', en: 'To the page' };
// Who sends it: a network, through this installation.
const SENDER = { nl: 'Afzender', en: 'Sender' };
const LINK = /^\{\{secret\.\w+\}\}$/;
// Whom to ask, under every mail of a region that says so.
const ASK = { nl: 'Vragen?', en: 'Questions?' };
const built = {};

/** Paragraphs become blocks; a line that holds only a block tag of Handlebars stays outside them. */
function bodyOf(lines) {
  const paragraphs = lines
    .join('\n')
    .trim()
    .split(/\n\s*\n/);
  return paragraphs.map(blocksOf).join('\n');
}

function blocksOf(paragraph) {
  const blocks = [];
  let words = [];
  const flush = () => {
    // A link that stands in a line of its own can be followed.
    const lines = words.map((line) => (LINK.test(line) ? `<a href="${line}">${line}</a>` : line));
    if (words.length > 0) blocks.push(`<mj-text>${lines.join('<br />')}</mj-text>`);
    words = [];
  };
  for (const line of paragraph.split('\n')) {
    if (!/^\s*\{\{[#/][^}]*\}\}\s*$|^\s*\{\{else\}\}\s*$/.test(line)) {
      words.push(line);
      continue;
    }
    flush();
    blocks.push(`<mj-raw>${line.trim()}</mj-raw>`);
  }
  flush();
  return blocks.join('\n');
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const [name, language] = file.split('.');
  const [subject, , ...lines] = readFileSync(join(folder, file), 'utf8').split('\n');
  const own = join(folder, `${name}.${language}.mjml`);
  const body = existsSync(own) ? readFileSync(own, 'utf8') : bodyOf(lines);
  const { html, errors } = await mjml(
    layout
      .replace('<!-- body -->', () => body)
      .replace('<!-- page -->', () => PAGE[language])
      .replace('<!-- sender -->', () => `${SENDER[language]}: {{sender}}`)
      .replace('<!-- ask -->', () => ASK[language]),
    { validationLevel: 'strict' },
  );
  if (errors.length > 0) throw new Error(`${file}: ${errors.map((e) => e.formattedMessage).join('; ')}`);
  built[name] = {
    ...built[name],
    [language]: {
      subject,
      text: `${lines.join('\n').trimEnd()}\n{{#if page}}\n\n${PAGE[language]}: {{page}}\n{{/if}}\n\n${SENDER[language]}: {{sender}}\n{{#if desk}}${ASK[language]} {{desk.name}}: {{desk.email}}{{#if desk.address}}, {{desk.address}}{{/if}}\n{{/if}}`,
      html,
    },
  };
}
writeFileSync(join(root, 'dist', 'templates.json'), JSON.stringify(built));
