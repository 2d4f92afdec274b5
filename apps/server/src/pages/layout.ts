import Handlebars from 'handlebars';
import type { Language } from '#lib/kernel';

/** Every value is escaped unless it is markup of a template of ours. */
const LAYOUT = Handlebars.compile(
  `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}}</title>
<style>{{{style}}}</style></head>
<body><a class="skip" href="#main">{{skip}}</a>
<header><a href="/">Regioloket</a></header>
<main id="main">{{{body}}}</main></body>
</html>`,
  { strict: true },
);

/** Colours of the house style with a contrast of at least 4.5 to 1; lines of at most some 75 characters. */
const STYLE = `
:root { font: 100%/1.5 Verdana, Arial, sans-serif; color: #1d2733; background: #f3f5f7; }
body { margin: 0; }
header { background: #154273; padding: .75rem 1rem; }
header a { color: #fff; font-weight: 700; text-decoration: none; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { color: #154273; line-height: 1.2; }
a { color: #154273; }
a:focus-visible, input:focus-visible, button:focus-visible { outline: 3px solid #f9b000; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .5rem; }
article { background: #fff; border: 1px solid #c6cdd5; border-radius: .25rem; padding: 1rem; margin: 1rem 0; }
article h2 { font-size: 1.125rem; margin: 0; overflow-wrap: anywhere; }
article p { margin: .25rem 0 1rem; overflow-wrap: anywhere; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
label { display: block; font-weight: 700; }
input, button { font: inherit; padding: .5rem; border: 1px solid #5c6773; border-radius: .25rem; max-width: 100%; box-sizing: border-box; }
button { background: #154273; color: #fff; border-color: #154273; min-height: 2.75rem; }`;

const SKIP = { nl: 'Naar de inhoud', en: 'To the content' };

/** A whole page around markup that a template of ours made. */
export function page(language: Language, title: string, body: string): string {
  return LAYOUT({ language, title: `${title} · Regioloket`, skip: SKIP[language], style: STYLE, body });
}
