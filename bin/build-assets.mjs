// Style, scripts, font and icon to dist/assets under names that hold their hash, and dist/assets.json that says which is which. Of the
// NL Design System only the rules whose classes stand in our templates, and only the tokens that those rules use, reach the browser.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { transform } from 'lightningcss';
import postcss from 'postcss';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const own = join(root, 'apps', 'server', 'assets');
const out = join(root, 'dist', 'assets');
const read = (...path) => readFileSync(join(...path), 'utf8');

const NL = ['button', 'heading', 'link', 'paragraph', 'skip-link', 'data-badge', 'number-badge'];
const UTRECHT = [
  ...['form-field', 'form-label', 'form-field-description', 'form-field-error-message', 'form-fieldset', 'table'],
  ...['radio-button', 'checkbox', 'select', 'document', 'textbox', 'textarea', 'alert'],
];

/** Class names that any template or view model of ours may write. */
function usedClasses() {
  const folders = [join(root, 'apps', 'server', 'views'), join(root, 'apps', 'server', 'src')];
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => /\.(hbs|ts)$/.test(entry.name))
      .map((entry) => read(entry.parentPath, entry.name)),
  );
  return new Set(texts.join('\n').match(/(?:nl|utrecht)-[a-z0-9_-]+/g) ?? []);
}

function componentStyles() {
  const files = [
    ...NL.map((name) => [modules, '@nl-design-system-candidate', `${name}-css`, 'dist', `${name}.css`]),
    ...UTRECHT.map((name) => [modules, '@utrecht', `${name}-css`, 'dist', 'index.css']),
  ];
  const used = usedClasses();
  const tree = postcss.parse(files.map((path) => read(...path)).join('\n'));
  const isUsed = (selector) =>
    (selector.match(/\.(?:nl|utrecht)-[\w-]+/g) ?? []).every((name) => used.has(name.slice(1)));
  tree.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter(isUsed);
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  tree.walkAtRules((rule) => rule.nodes?.length === 0 && rule.remove());
  return tree.toString();
}

/** The tokens that a style uses, with those that their values use, however deep. */
function tokensFor(style) {
  const values = new Map();
  postcss
    .parse(read(modules, '@nl-design-system-unstable', 'voorbeeld-design-tokens', 'dist', 'theme.css'))
    .walkDecls(/^--/, ({ prop, value }) => values.set(prop, value));
  const needed = new Set();
  const need = (text) => {
    for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (needed.has(name) || !values.has(name)) continue;
      needed.add(name);
      need(values.get(name));
    }
  };
  need(style);
  return `.wt-theme{${[...needed].map((name) => `${name}:${values.get(name)}`).join(';')}}`;
}

const manifest = {};

function put(name, content) {
  const ending = extname(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const file = `${name.slice(0, -ending.length)}.${hash}${ending}`;
  writeFileSync(join(out, file), content);
  const type = ['.css', '.js', '.svg'].includes(ending);
  if (type) writeFileSync(join(out, `${file}.br`), brotliCompressSync(content));
  manifest[name] = `/assets/${file}`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
put(
  'source-sans-3.woff2',
  readFileSync(
    join(modules, '@fontsource-variable', 'source-sans-3', 'files', 'source-sans-3-latin-wght-normal.woff2'),
  ),
);
put('icon.svg', readFileSync(join(own, 'icon.svg')));
const layers = readdirSync(join(own, 'css'))
  .sort()
  .map((file) => read(own, 'css', file));
const style = [componentStyles(), ...layers]
  .join('\n')
  .replaceAll('/assets/source-sans-3.woff2', manifest['source-sans-3.woff2']);
const { code } = transform({ filename: 'app.css', code: Buffer.from(`${tokensFor(style)}\n${style}`), minify: true });
put('app.css', code);
const csp = read(modules, 'htmx.org', 'dist', 'ext', 'hx-csp.min.js').replace(/\/\/# sourceMappingURL.*$/m, '');
const htmx = read(modules, 'htmx.org', 'dist', 'htmx.min.js').replace(/\/\/# sourceMappingURL.*$/m, '');
put('htmx.js', `${htmx}\n${csp}`);
put('app.js', read(own, 'js', 'app.js'));
writeFileSync(join(root, 'dist', 'assets.json'), JSON.stringify(manifest));
