import type { InputFault } from '../unusable-input.js';
import { pointerOf } from './pointer.js';

/** Deeper than any input of a command; a text nested a million deep must not reach a parser or a validator. */
const DEEPEST = 64;

/** The fault of a text that is nested too deep, found without nesting ourselves; undefined when it is not. */
export function nestingFault(text: string): InputFault | undefined {
  let [depth, isInString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (isInString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) isInString = false;
    } else if (char === 0x22) isInString = true;
    else if (char === 0x5b || char === 0x7b) depth += 1;
    else if (char === 0x5d || char === 0x7d) depth -= 1;
    if (depth > DEEPEST)
      return { pointer: '', message: `The input is nested deeper than ${DEEPEST} at ${place(text, at)}.` };
  }
  return undefined;
}

/**
 * Where a text is not JSON (RFC 8259): each number that JSON does not know (NaN, Infinity), and the first place where reading cannot go
 * on. Only for a text that JSON.parse refused, whose own message names no place that a person can use.
 */
export function syntaxFaults(text: string): readonly InputFault[] {
  const reader = new Reader(text);
  try {
    reader.whole();
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error;
  }
  return reader.faults;
}

class CannotGoOn extends Error {}

class Reader {
  readonly faults: InputFault[] = [];
  private readonly path: (string | number)[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): void {
    this.value();
    if (this.peek() !== '') this.stop('Nothing may follow the value');
  }

  private value(): void {
    const char = this.peek();
    if (char === '{') this.list('}', () => this.member());
    else if (char === '[') this.list(']', (i) => this.inside(i, () => this.value()));
    else if (char === '"') this.string();
    else this.word();
  }

  /** The members or items between two brackets. */
  private list(end: string, item: (index: number) => void): void {
    this.skip();
    for (let i = 0; i > 0 || this.peek() !== end; i++) {
      item(i);
      if (this.peek() === end) break;
      if (this.peek() !== ',') this.stop(`A comma or ${end} should stand here`);
      this.skip();
    }
    this.skip();
  }

  private member(): void {
    if (this.peek() !== '"') this.stop('A name in double quotes should stand here');
    const name = this.string();
    if (this.peek() !== ':') this.stop('A colon should stand here');
    this.skip();
    this.inside(name, () => this.value());
  }

  private inside(segment: string | number, read: () => void): void {
    this.path.push(segment);
    read();
    this.path.pop();
  }

  private string(): string {
    const start = this.at;
    for (this.at += 1; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) this.stop('A text in double quotes has no end');
      if (this.text[this.at] === '\\') this.at += 1;
    }
    this.skip();
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      this.at = start;
      return this.stop('This text holds a line break or a wrong backslash');
    }
  }

  private word(): void {
    const word = /[^\s,:[\]{}"]*/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0].slice(0, 40) ?? '';
    if (found === '') this.stop('A value should stand here');
    if (!/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(found))
      this.tell(`${found} is not a value in JSON`);
    this.at = word.lastIndex;
  }

  private peek(): string {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at += 1;
    return this.text[this.at] ?? '';
  }

  private skip(): void {
    this.at += 1;
  }

  private tell(message: string): void {
    this.faults.push({ pointer: pointerOf(this.path), message: `${message} (${place(this.text, this.at)}).` });
  }

  private stop(message: string): never {
    this.tell(message);
    throw new CannotGoOn();
  }
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}
