import { parseArgs } from 'node:util';
import type { InputFault } from '../unusable-input.js';

/** The options of a command: `flag` stands alone, `text` takes a value, `texts` may be given again, a list names the values allowed. */
export type OptionKinds = Readonly<Record<string, 'flag' | 'text' | 'texts' | readonly string[]>>;

/** What the caller wrote after the words of the command. */
export interface Arguments {
  readonly files: readonly string[];
  has(option: string): boolean;
  /** The value of an option; undefined when it was not given. */
  text(option: string): string | undefined;
  texts(option: string): readonly string[];
}

/** Reads `FILE --option value --flag`, or names every option that is unknown, lacks its value or has one that is not allowed. */
export function readArguments(
  args: readonly string[],
  kinds: OptionKinds,
): Arguments | { readonly faults: readonly InputFault[] } {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind !== 'flag' },
    ]),
  );
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false });
  const given = new Map(Object.entries(values).map(([name, value]) => [name, [value].flat()]));
  const faults = [...given].flatMap(([name, list]) =>
    faultsOf(name, Object.hasOwn(kinds, name) ? kinds[name] : undefined, list),
  );
  if (faults.length > 0) return { faults: faults.map((message) => ({ pointer: '', message })) };
  const texts = (option: string): string[] => (given.get(option) ?? []).map(String);
  return { files: positionals, has: (option) => given.has(option), text: (option) => texts(option).at(-1), texts };
}

function faultsOf(name: string, kind: OptionKinds[string] | undefined, values: readonly unknown[]): string[] {
  if (kind === undefined) return [`There is no option --${name}.`];
  if (kind === 'flag') return values.every((value) => value === true) ? [] : [`--${name} takes no value.`];
  if (!values.every((value) => typeof value === 'string')) return [`--${name} needs a value.`];
  if (kind !== 'texts' && values.length > 1) return [`--${name} is given more than once.`];
  if (typeof kind === 'string') return [];
  return values.every((value) => kind.includes(value)) ? [] : [`--${name} is one of ${kind.join(', ')}.`];
}
