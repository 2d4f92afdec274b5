// Mail templates to dist/templates.json: MJML becomes HTML here, so that no MJML is needed where mail is sent. Handlebars stays inside.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml from 'mjml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'libs', 'notices', 'templates');
const layout = readFileSync(join(folder, 'layout.mjml'), 'utf8');
const built = {};

for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const [name, language] = file.split('.');
  const [subject, , ...lines] = readFileSync(join(folder, file), 'utf8').split('\n');
  const body = readFileSync(join(folder, `${name}.${language}.mjml`), 'utf8');
  const { html, errors } = await mjml(
    layout.replace('<!-- body -->', () => body),
    { validationLevel: 'strict' },
  );
  if (errors.length > 0) throw new Error(`${file}: ${errors.map((e) => e.formattedMessage).join('; ')}`);
  built[name] = { ...built[name], [language]: { subject, text: lines.join('\n'), html } };
}
writeFileSync(join(root, 'dist', 'templates.json'), JSON.stringify(built));
