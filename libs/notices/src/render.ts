import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { dateOf, DomainError, type Language } from '#lib/kernel';
import { projectFolder } from '#lib/settings';

/** A mail as it is sent. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A row names a template, or a template names a value, that does not exist. */
export class MailCannotBeRendered extends DomainError {
  readonly code = 'mail-cannot-be-rendered';
  constructor(template: string, language: Language, reason: string) {
    super(`The mail ${template} (${language}) cannot be rendered: ${reason}`, { template, language });
  }
}

type Source = RenderedMail;
type Compiled = Readonly<Record<keyof RenderedMail, Handlebars.TemplateDelegate>>;

const hbs = Handlebars.create();
hbs.registerHelper('date', function (this: { language: Language }, instant: string) {
  const [year, month, day] = dateOf(instant).split('-').map(Number) as [number, number, number];
  const format = new Intl.DateTimeFormat(this.language, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(Date.UTC(year, month - 1, day));
});

/** Only templates of the build are compiled; values of people are data and never template text. */
export class Templates {
  private readonly compiled = new Map<string, Compiled>();

  private constructor(private readonly sources: Readonly<Record<string, Partial<Record<Language, Source>>>>) {}

  static load(): Templates {
    const file = join(projectFolder(), 'dist', 'templates.json');
    return new Templates(JSON.parse(readFileSync(file, 'utf8')) as Templates['sources']);
  }

  names(): readonly string[] {
    return Object.keys(this.sources);
  }

  /** Throws MailCannotBeRendered; a value that is missing is a fault, never an empty place in a letter. */
  render(template: string, language: Language, view: Readonly<Record<string, unknown>>): RenderedMail {
    try {
      const { subject, text, html } = this.of(template, language);
      const line = subject({ ...view, language })
        .replace(/\s+/g, ' ')
        .trim();
      return {
        subject: line,
        text: text({ ...view, language }),
        html: html({ ...view, language, subject: line }),
      };
    } catch (error) {
      throw new MailCannotBeRendered(template, language, (error as Error).message);
    }
  }

  private of(template: string, language: Language): Compiled {
    const key = `${template}.${language}`;
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const source = this.sources[template]?.[language];
    if (source === undefined) throw new MailCannotBeRendered(template, language, 'there is no such template');
    const plain = { strict: true, noEscape: true };
    const compiled = {
      subject: hbs.compile(source.subject, plain),
      text: hbs.compile(source.text, plain),
      html: hbs.compile(source.html, { strict: true }),
    };
    this.compiled.set(key, compiled);
    return compiled;
  }
}
