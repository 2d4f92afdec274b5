import { DomainError } from './domain-error.js';
import { pointerOf } from './json-pointer.js';

/**
 * Fields of one line, by their name wherever they stand. They end up in subjects, greetings and lists of names: a sign that breaks or turns
 * the line is refused there, because a name that changes silently is a wrong name.
 */
export const LINE_FIELDS = [
  ...(['title', 'name', 'organisation', 'contactName', 'holderName', 'position', 'label', 'place'] as const),
  ...(['email', 'holder', 'contact', 'iban'] as const),
] as const;
export type LineField = (typeof LINE_FIELDS)[number];

/** A field of one line that holds signs which cannot stand in a line. */
export interface LineFault {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  /** The name in a form: `partners.0.name`. */
  readonly path: string;
  readonly field: LineField;
  /** `U+0007`, each once. */
  readonly signs: readonly string[];
}

interface Written {
  readonly value: unknown;
  readonly faults: readonly LineFault[];
}

const DEEPEST = 40;

/** What came in is nested deeper than anything that is ever asked for. */
export class NestedTooDeep extends DomainError {
  readonly code = 'nested-too-deep';
  constructor() {
    super(`What was sent is nested deeper than ${DEEPEST} levels.`, { deepest: DEEPEST });
  }
}

const LINES: ReadonlySet<string> = new Set(LINE_FIELDS);
/** Is compared as it was typed, never shown and never stored as text. */
const SECRET = /^(?:current|token)$|password/i;
/** A translated line is named by what holds it; a row, by its list. */
const NO_NAME = /^(?:nl|en|\d+)$/;

/** Byte order marks: nothing to see and nothing to mean, in a line either. */
const MARKS = /\ufeff/g;
/** Control characters, halves of signs, line separators, and turns of direction (Unicode UAX 9), which make a reader see another text. */
const IN_NO_LINE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const LINE_BREAKS = /\r\n?|[\u2028\u2029]/g;
const IN_NO_TEXT = /(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** A text as it is kept: one spelling for each letter (NFC), one kind of line break, no sign that cannot be seen and changes what is. */
export function writtenText(text: string): string {
  return text.replace(MARKS, '').replace(LINE_BREAKS, '\n').replace(IN_NO_TEXT, '').normalize('NFC');
}

/** The signs of a text that cannot stand in a line, each once: `U+0007`. */
export function signsInNoLine(text: string): readonly string[] {
  const signs = new Set(text.replace(MARKS, '').match(IN_NO_LINE) ?? []);
  return [...signs].map((sign) => `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}

/** The one filter for everything that people or files bring in: texts as they are kept, and the lines that must be refused. Throws NestedTooDeep. */
export function written(value: unknown, path: readonly string[] = []): Written {
  if (path.length > DEEPEST) throw new NestedTooDeep();
  if (typeof value === 'string') return writtenString(value, path);
  if (typeof value !== 'object' || value === null) return { value, faults: [] };
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).map(
    ([key, one]) => [writtenText(key), written(one, [...path, key])] as const,
  );
  const faults = entries.flatMap(([, one]) => one.faults);
  const kept = entries.map(([key, one]) => [key, one.value] as const);
  return { value: Array.isArray(value) ? kept.map(([, one]) => one) : Object.fromEntries(kept), faults };
}

function writtenString(text: string, path: readonly string[]): Written {
  const names = path.join('.').split('.');
  const field = names.findLast((name) => !NO_NAME.test(name)) ?? '';
  if (SECRET.test(field)) return { value: text, faults: [] };
  const signs = isLine(field) ? signsInNoLine(text) : [];
  const faults =
    isLine(field) && signs.length > 0 ? [{ pointer: pointerOf(path), path: path.join('.'), field, signs }] : [];
  return { value: writtenText(text), faults };
}

function isLine(name: string): name is LineField {
  return LINES.has(name);
}
