import type { Language, Text } from './text.js';

/** Says the words of a key in one language. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Words of pages and letters by key, with {places} that values fill. A key that does not exist is a fault of ours and throws. */
export class Texts {
  constructor(private readonly texts: Readonly<Record<string, Text>>) {}

  /** With `count` among the values, `key.one` and `key.other` are tried before `key` (CLDR plural rules). */
  say(language: Language, key: string, values: Readonly<Record<string, unknown>> = {}): string {
    const { count } = values;
    const plural = typeof count === 'number' ? `${key}.${new Intl.PluralRules(language).select(count)}` : key;
    const text = this.texts[plural] ?? this.texts[key];
    if (text === undefined) throw new Error(`There is no text ${key}.`);
    return text[language].replace(/\{(\w+)\}/g, (_, name: string) => placeOf(values[name], key, name));
  }

  has(key: string): boolean {
    return key in this.texts;
  }
}

function placeOf(value: unknown, key: string, name: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`The text ${key} needs a value for ${name}.`);
}
