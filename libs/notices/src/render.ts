import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { dateAndTime, dateOf, DomainError, formatCents, ZONE, type Language } from '#lib/kernel';
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

/** Values that a mail may lack: it leads to no page, or was written by an earlier version and waited. */
const MAY_LACK: Readonly<Record<string, null>> = {
  ...{ page: null, until: null, from: null, decideBy: null, number: null, act: null, isLate: null },
  ...{ desk: null, lead: null, call: null, closesAt: null, completeBy: null, expiresAt: null },
};

type Source = RenderedMail;
type Compiled = Readonly<Record<keyof RenderedMail, Handlebars.TemplateDelegate>>;

/** English as in Europe: the day before the month. */
const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

const hbs = Handlebars.create();
hbs.registerHelper('date', (moment: string, options: Handlebars.HelperOptions) => dayIn(languageOf(options), moment));
/** An instant with its time of day in Amsterdam: a receipt proves the second. */
hbs.registerHelper('moment', (instant: string, options: Handlebars.HelperOptions) => {
  const language = languageOf(options);
  const time = new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'medium', timeZone: ZONE, hourCycle: 'h23' });
  return `${dayIn(language, instant)}, ${time.format(new Date(instant))}`;
});
/** When a call closes or a link ends: the minute is enough. */
hbs.registerHelper('closing', (instant: string, options: Handlebars.HelperOptions) =>
  dateAndTime(languageOf(options), instant),
);
/** The desk of a network; the national one is a desk by name. */
hbs.registerHelper('desk-of', (region: string, options: Handlebars.HelperOptions) => {
  const words = deskOf(languageOf(options), region);
  return options.hash['capital'] === true ? words.charAt(0).toUpperCase() + words.slice(1) : words;
});
hbs.registerHelper('eq', (one: unknown, other: unknown) => one === other);
hbs.registerHelper('euro', (cents: number, options: Handlebars.HelperOptions) =>
  formatCents(BigInt(cents), languageOf(options)),
);

/** The mail's language, also inside an `each`, where `this` is the item. */
function languageOf({ data }: Handlebars.HelperOptions): Language {
  return (data as { root: { language: Language } }).root.language;
}

/** What the region without an area of its own is called. */
const NATIONAL_DESKS: readonly string[] = ['Landelijk loket', 'National desk'];

function deskOf(language: Language, region: string): string {
  if (NATIONAL_DESKS.includes(region)) return language === 'nl' ? 'het landelijk loket' : 'the national desk';
  return language === 'nl' ? `het loket van ${region}` : `the desk of ${region}`;
}

/** `24 november 2026` of an instant or of a calendar date. */
function dayIn(language: Language, moment: string): string {
  const day = moment.includes('T') ? dateOf(moment) : moment;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, date),
  );
}

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

  /** `page` in a view is the address of where the recipient goes on, `sender` who sends it, `desk` whom to ask. Throws MailCannotBeRendered; a value that is missing is a fault, never an empty place in a letter. */
  render(template: string, language: Language, view: Readonly<Record<string, unknown>>): RenderedMail {
    try {
      const { subject, text, html } = this.of(template, language);
      const values = { ...MAY_LACK, ...view, language };
      const line = subject(values).replace(/\s+/g, ' ').trim();
      return { subject: line, text: text(values), html: html({ ...values, subject: line }) };
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
