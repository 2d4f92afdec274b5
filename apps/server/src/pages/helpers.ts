import Handlebars from 'handlebars';
import { calendarDate, endOfDay, formatCents, shareInWords, type Language, type Texts } from '#lib/kernel';
import { dateAndTime, longDate, plainDate, timeLeft } from './moments.js';

interface Root {
  readonly language: Language;
  readonly nonce: string;
  /** ISO text of the moment at which the request arrived. */
  readonly now: string;
}

const rootOf = (options: Handlebars.HelperOptions): Root => (options.data as { root: Root }).root;

/** What templates may call. Everything returns text that Handlebars escapes, except where it says markup. */
export function helpersOf(texts: Texts): Readonly<Record<string, Handlebars.HelperDelegate>> {
  return {
    t: (key: string, options: Handlebars.HelperOptions) => texts.say(rootOf(options).language, key, values(options)),
    euro: (cents: number, options: Handlebars.HelperOptions) => formatCents(BigInt(cents), rootOf(options).language),
    share: (part: string, options: Handlebars.HelperOptions) => shareInWords(part, rootOf(options).language),
    date: (moment: string, options: Handlebars.HelperOptions) => plainDate(rootOf(options).language, moment),
    longDate: (moment: string, options: Handlebars.HelperOptions) => longDate(rootOf(options).language, moment),
    moment: (instant: string, options: Handlebars.HelperOptions) => dateAndTime(rootOf(options).language, instant),
    left: (until: string, options: Handlebars.HelperOptions) => {
      const { language, now } = rootOf(options);
      return timeLeft(language, now, until);
    },
    // What is left of a term that counts in whole days, up to and including this one; null when it is over.
    leftThrough: (lastDay: string, options: Handlebars.HelperOptions) => {
      const { language, now } = rootOf(options);
      return timeLeft(language, now, endOfDay(calendarDate(lastDay)));
    },
    eq: (a: unknown, b: unknown) => a === b,
    or: (a: unknown, b: unknown) => (a !== undefined && a !== null && a !== false && a !== '' ? a : b),
    and: (a: unknown, b: unknown) => Boolean(a) && Boolean(b),
    concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
    list: (...items: unknown[]) => items.slice(0, -1),
    paragraphs: (text: string) => text.split(/\n+/).filter((line) => line.trim() !== ''),
    hx: (options: Handlebars.HelperOptions) => hxAttributes(options),
  };
}

function values(options: Handlebars.HelperOptions): Readonly<Record<string, unknown>> {
  return options.hash as Readonly<Record<string, unknown>>;
}

/** Markup: htmx attributes with the nonce without which the browser disarms them: `{{hx post="/x" target="#y"}}`. */
function hxAttributes(options: Handlebars.HelperOptions): Handlebars.SafeString {
  const { escapeExpression: escape } = Handlebars;
  const given = { ...values(options), nonce: rootOf(options).nonce } as Readonly<Record<string, string>>;
  const pairs = Object.entries(given);
  return new Handlebars.SafeString(pairs.map(([name, value]) => `hx-${name}="${escape(value)}"`).join(' '));
}
