import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

export type Path = readonly (string | number)[];

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML text as data, with the place of every path. Aliases are not expanded: a small file must not become a large one. */
export interface LocatedYaml {
  readonly data: unknown;
  readonly faults: readonly { readonly code: string; readonly message: string; readonly place: Place }[];
  /** The place of a value, or of the nearest thing around it that exists. */
  placeOf(path: Path): Place;
  /** The place of a value's own text, for positions inside it. */
  textPlaceOf(path: Path): Place;
}

const LARGEST_FILE = 256 * 1024;
const START: Place = { line: 1, column: 1 };

/** Never throws. */
export function readYaml(text: string): LocatedYaml {
  if (text.length > LARGEST_FILE) return unreadable('file-too-large', 'A definition has at most 256 kB.');
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const at = (offset: number): Place => ({ line: lines.linePos(offset).line, column: lines.linePos(offset).col });
    const faults = document.errors.map((e) => ({
      code: `yaml-${e.code.toLowerCase().replaceAll('_', '-')}`,
      message: e.message,
      place: at(e.pos[0]),
    }));
    const data: unknown = faults.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 });
    return {
      data,
      faults,
      placeOf: (path) => at(offsetOf(document, path, 'key')),
      textPlaceOf: (path) => at(offsetOf(document, path, 'value')),
    };
  } catch (error) {
    return unreadable('yaml-unreadable', error instanceof Error ? error.message.slice(0, 200) : 'This is not YAML.');
  }
}

function unreadable(code: string, message: string): LocatedYaml {
  return { data: undefined, faults: [{ code, message, place: START }], placeOf: () => START, textPlaceOf: () => START };
}

/** Offset of the key (or list item) at a path; of the longest part of the path that exists. */
function offsetOf(document: Document, path: Path, part: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const shown = path.slice(0, length);
    const offset = part === 'key' ? keyOffset(document, shown) : valueOffset(document, shown);
    if (offset !== undefined) return offset;
  }
  return 0;
}

function keyOffset(document: Document, path: Path): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (!isMap(parent)) return valueOffset(document, path);
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function valueOffset(document: Document, path: Path): number | undefined {
  const node: unknown = document.getIn(path, true);
  return rangeStart(node);
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range = node.range as readonly number[] | null | undefined;
  return range?.[0];
}
