import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { Texts, type Text } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import { helpersOf } from './helpers.js';

interface Built {
  readonly views: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, Text>>;
}

/** The templates of pages, compiled at the start. Values of people are data: they are escaped and never template text. */
export class Views {
  private constructor(
    private readonly templates: ReadonlyMap<string, Handlebars.TemplateDelegate>,
    readonly texts: Texts,
    /** Web addresses of assets by their plain name. */
    readonly assets: Readonly<Record<string, string>>,
  ) {}

  static load(): Views {
    const built = read('views.json') as Built;
    const texts = new Texts(built.texts);
    const hbs = Handlebars.create();
    for (const [name, helper] of Object.entries(helpersOf(texts))) hbs.registerHelper(name, helper);
    const templates = new Map<string, Handlebars.TemplateDelegate>();
    for (const [name, source] of Object.entries(built.views)) {
      if (name.startsWith('partials/')) hbs.registerPartial(name.slice('partials/'.length), source);
      else templates.set(name, hbs.compile(source));
    }
    return new Views(templates, texts, read('assets.json') as Readonly<Record<string, string>>);
  }

  /** Markup of one template. */
  render(name: string, model: Readonly<Record<string, unknown>>): string {
    const template = this.templates.get(name);
    if (template === undefined) throw new Error(`There is no view ${name}.`);
    return template(model);
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(projectFolder(), 'dist', file), 'utf8'));
}
