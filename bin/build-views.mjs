// Page templates and their texts to dist/views.json: one file to read at the start. Every text must exist in Dutch and in English, with
// the same {places}; a template or text that is wrong fails the build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'apps', 'server');

function filesIn(folder, ending) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function views() {
  const folder = join(source, 'views');
  const named = filesIn(folder, '.hbs').map((file) => [
    relative(folder, file)
      .replaceAll('\\', '/')
      .replace(/\.hbs$/, ''),
    // Indentation is for people who read the template; text areas are written without any.
    readFileSync(file, 'utf8').replace(/^[ \t]+/gm, ''),
  ]);
  return Object.fromEntries(named);
}

const placesOf = (text) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join();

function texts() {
  const all = {};
  const faults = [];
  const add = (key, value) => {
    if (typeof value !== 'object' || value === null) return faults.push(`${key} is no text`);
    if (!('nl' in value || 'en' in value)) {
      for (const [name, inner] of Object.entries(value)) add(`${key}.${name}`, inner);
      return undefined;
    }
    const { nl, en } = value;
    if (typeof nl !== 'string' || typeof en !== 'string') faults.push(`${key} lacks a language`);
    else if (placesOf(nl) !== placesOf(en)) faults.push(`${key} has other places in nl than in en`);
    else all[key] = { nl, en };
    return undefined;
  };
  for (const file of filesIn(join(source, 'texts'), '.yaml'))
    for (const [name, value] of Object.entries(parse(readFileSync(file, 'utf8')) ?? {}))
      add(`${basename(file, '.yaml')}.${name}`, value);
  if (faults.length > 0) throw new Error(`Texts of pages: ${faults.join('; ')}`);
  return all;
}

writeFileSync(join(root, 'dist', 'views.json'), JSON.stringify({ views: views(), texts: texts() }));
