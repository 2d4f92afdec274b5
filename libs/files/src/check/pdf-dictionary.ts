/** Values of a PDF dictionary by their keys: a string as its bytes (of a list the first), anything else as it is written. */
export type PdfDictionary = Readonly<Record<string, Buffer | string>>;

/** Bounds what is read of a file that only looks like a PDF. */
const MOST_KEYS = 100;
const KEY = /^[\s\0]*\/([^\s\0/<>[\]()]+)[\s\0]*/;
const HEX = /^<([\da-f\s]*)>/i;
const NESTED = /^(?:<<|\[)/;
const CLOSING = /^(?:>>|\])/;
const PLAIN = /^(?:\/[^\s\0/<>[\]()]*|[^/<>[\]()]+)/;

/** The dictionary that begins at a place in a file (read as Latin-1); null when none does. */
export function dictionaryAt(text: string, at: number): PdfDictionary | null {
  const start = /^[\s\0]*<</.exec(text.slice(at, at + 100));
  if (start === null) return null;
  let rest = text.slice(at + start[0].length, at + start[0].length + 10_000);
  const values: Record<string, Buffer | string> = {};
  for (let i = 0; i < MOST_KEYS; i += 1) {
    const [whole, key = ''] = KEY.exec(rest) ?? [];
    if (whole === undefined) break;
    const { value, length } = valueIn(rest.slice(whole.length));
    values[key] = value;
    rest = rest.slice(whole.length + length);
  }
  return values;
}

interface Read {
  readonly value: Buffer | string;
  readonly length: number;
}

function valueIn(text: string): Read {
  const [hex, digits = ''] = HEX.exec(text) ?? [];
  if (hex !== undefined) return { value: Buffer.from(digits.replace(/\s/g, ''), 'hex'), length: hex.length };
  if (text.startsWith('(')) return literalIn(text);
  if (NESTED.test(text)) return nestedIn(text);
  const [plain = ''] = PLAIN.exec(text) ?? [];
  return { value: plain.trim(), length: plain.length };
}

/** A list or dictionary, of which only the first value counts. */
function nestedIn(text: string): Read {
  const opening = text.startsWith('<<') ? 2 : 1;
  let [at, first] = [opening, undefined as Buffer | string | undefined];
  for (let i = 0; i < MOST_KEYS && at < text.length; i += 1) {
    at += /^[\s\0]*/.exec(text.slice(at))?.[0].length ?? 0;
    const [closing] = CLOSING.exec(text.slice(at, at + 2)) ?? [];
    if (closing !== undefined) return { value: first ?? '', length: at + closing.length };
    const { value, length } = valueIn(text.slice(at));
    if (length === 0) break;
    first ??= value;
    at += length;
  }
  return { value: first ?? '', length: text.length };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A string between round brackets (ISO 32000-2, 7.3.4.2): brackets may stand in pairs, a backslash escapes. */
function literalIn(text: string): Read {
  let [depth, at, value] = [0, 0, ''];
  while (at < text.length) {
    const [token = ''] = /^\\(?:[0-7]{1,3}|\r\n|[^])|^[^]/.exec(text.slice(at, at + 4)) ?? [];
    at += token.length;
    if (token === ')' && depth === 1) break;
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    if (at > 1) value += token.startsWith('\\') ? unescaped(token.slice(1)) : token;
  }
  return { value: Buffer.from(value, 'latin1'), length: at };
}

function unescaped(sign: string): string {
  if (/^[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(sign, 8) & 0xff);
  return /^[\r\n]/.test(sign) ? '' : (ESCAPES[sign] ?? sign);
}
