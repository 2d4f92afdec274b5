import { formatCents, type Language, type Text } from '#lib/kernel';
import type { Catalogue } from './catalogue.js';

/** A fact that a sentence names: `{arrival.waitingBefore}`. */
const NAMED = /\{([a-z][A-Za-z]*\.[a-z][A-Za-z]*)\}/g;

/** Types that read well in a sentence. */
const TELLABLE: readonly unknown[] = ['int', 'cents', 'string'];

/** Paths of the facts that a sentence names. */
export function factsNamedIn({ nl, en }: Text): readonly string[] {
  return [...new Set([nl, en].flatMap((sentence) => [...sentence.matchAll(NAMED)].map(([, path = '']) => path)))];
}

/** Whether a sentence can tell a fact of this path. */
export function isTellable(catalogue: Catalogue, path: string): boolean {
  return TELLABLE.includes(catalogue.facts[path]?.type);
}

/** A refusal with the facts it names filled in; what is absent stays a dash. */
export function refusalText(text: Text, facts: Readonly<Record<string, unknown>>, catalogue: Catalogue): Text {
  const fill = (language: Language): string =>
    text[language].replace(NAMED, (_, path: string) => told(facts[path], catalogue.facts[path]?.type, language));
  return { nl: fill('nl'), en: fill('en') };
}

function told(value: unknown, type: unknown, language: Language): string {
  if (type === 'cents' && typeof value === 'bigint') return formatCents(value, language);
  return typeof value === 'bigint' || typeof value === 'string' ? String(value) : '–';
}
