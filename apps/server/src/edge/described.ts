import type { Page } from '#lib/access';
import type { CalendarDate } from '#lib/kernel';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Under this key a schema carries the name it gets among the components of the document. */
export const SCHEMA_NAME = 'x-schema-name';

const JSON_TYPE = 'application/json';

/** What an answer of type T, or a value in it, looks like: its schema, in which each value has its example. Nothing but the very type T fits. */
export class Mark<T> {
  /** Never there: it makes `Mark` of a wider or a narrower type another type. */
  declare readonly exactly: (value: T) => T;

  constructor(
    readonly schema: Schema,
    readonly example: unknown,
    readonly mediaType: string = JSON_TYPE,
  ) {}
}

/** A property that an object may lack. */
class Optional<T> {
  constructor(readonly of: Mark<T>) {}
}

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

/** What tells its type by itself: text, a number, a truth, a list of these, an object of these. All else needs a mark. */
type Plain<T> = unknown extends T
  ? never
  : [T] extends [boolean]
    ? boolean
    : true extends IsUnion<T>
      ? never
      : [T] extends [string]
        ? string extends T
          ? string
          : never
        : [T] extends [number]
          ? number
          : T extends readonly (infer E)[]
            ? readonly [Marked<E>, ...Marked<E>[]]
            : string extends keyof T
              ? never
              : Fields<T>;

/** The properties of an object, none left out and none too many. */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Marked<T[K]>;
};

/** An example of T in which marks say what the example alone does not. */
export type Marked<T> = Mark<T> | Plain<T>;

/** The same where T is known from around the example, or from a mark, and never from plain text in it. */
type Given<T> = Mark<T> | NoInfer<Plain<T>>;

/** An object that has a name of its own in the document: `described<ProposalRow>('ProposalRow', {…})`. */
export function described<T>(name: string, fields: Fields<T>): Mark<T> {
  const { schema, example } = readFields<T>(fields as unknown as AnyFields);
  return new Mark<T>({ [SCHEMA_NAME]: name, ...schema }, example);
}

/** The value or null; the example shows the value. */
export function orNull<T>(of: Given<T>): Mark<T | null> {
  const { schema, example } = read<T>(of);
  return new Mark<T | null>({ anyOf: [schema, { type: 'null' }] }, example);
}

/** The value or null; the example shows null. */
export function nullOr<T>(of: Given<T>): Mark<T | null> {
  return new Mark<T | null>({ ...orNull<T>(of).schema, example: null }, null);
}

export function optional<T>(of: Given<T>): Optional<T> {
  return new Optional(read<T>(of));
}

/** One of a closed set of values. */
export function oneOf<const V extends string | number>(values: readonly V[], example: NoInfer<V>): Mark<V> {
  return new Mark<V>({ type: typeof example, enum: values, example }, example);
}

/** One of several kinds of objects; the example is of the first. */
export function either<A, B, C = never>(a: Mark<A>, b: Mark<B>, c?: Mark<C>): Mark<A | B | C> {
  const schemas = [a.schema, b.schema, ...(c === undefined ? [] : [c.schema])];
  return new Mark<A | B | C>({ anyOf: schemas }, a.example);
}

export function listOf<T>(of: Given<T>): Mark<readonly T[]> {
  const { schema, example } = read<T>(of);
  return new Mark<readonly T[]>({ type: 'array', items: schema }, [example]);
}

/** A page of a list, under the name of its rows. */
export function pageOf<T>(row: Mark<T>): Mark<Page<T>> {
  const next = { anyOf: [{ type: 'string' }, { type: 'null' }] };
  const properties = { items: { type: 'array', items: row.schema }, next };
  const name = `${String(row.schema[SCHEMA_NAME])}Page`;
  const schema = { [SCHEMA_NAME]: name, type: 'object', required: ['items', 'next'], properties };
  return new Mark<Page<T>>(schema, { items: [row.example], next: null });
}

/** An object whose keys are data: names of criteria, numbers of proposals. */
export function mapOf<T>(entries: Readonly<Record<string, Given<T>>>): Mark<Readonly<Record<string, T>>> {
  const marks = Object.entries(entries).map(([key, of]) => [key, read<T>(of)] as const);
  const [first] = marks;
  if (first === undefined) throw new Error('A map is read off its first entry, and this one has none.');
  const example = Object.fromEntries(marks.map(([key, mark]) => [key, mark.example]));
  return new Mark({ type: 'object', additionalProperties: first[1].schema, example }, example);
}

/** JSON of any shape: what a regulation or a person decides, not this code. */
export function anyJson(example: unknown): Mark<unknown> {
  return new Mark<unknown>({ example }, example);
}

/** An object of any shape, such as the answers to a form. */
export function anyObject(example: object): Mark<Readonly<Record<string, unknown>>> {
  return new Mark({ type: 'object', additionalProperties: true, example }, example);
}

export function date(example: string): Mark<CalendarDate> {
  return new Mark<CalendarDate>({ type: 'string', format: 'date', example }, example);
}

/** An answer that is a file, sent by the handler itself. */
export function file(mediaType: string): Mark<void> {
  return new Mark<void>({ type: 'string', format: 'binary' }, undefined, mediaType);
}

/** An answer in plain text. */
export function plainText(example: string): Mark<string> {
  return new Mark<string>({ type: 'string', example }, example, 'text/plain');
}

const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['uuid', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/],
  ['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
];

/** The schema of a marked example: a uuid, a moment and a day are known by how they look, a whole number by being one. */
function read<T>(marked: Marked<T>): Mark<T> {
  if (marked instanceof Mark) return marked;
  if (typeof marked === 'string') {
    const [format] = FORMATS.find(([, look]) => look.test(marked)) ?? [];
    return new Mark<T>({ type: 'string', ...(format === undefined ? {} : { format }), example: marked }, marked);
  }
  if (typeof marked === 'number') {
    const type = Number.isInteger(marked) ? 'integer' : 'number';
    return new Mark<T>({ type, example: marked }, marked);
  }
  if (typeof marked === 'boolean') return new Mark<T>({ type: 'boolean', example: marked }, marked);
  if (Array.isArray(marked)) return readList<T>(marked as unknown as readonly [Marked<unknown>]);
  return readFields<T>(marked as unknown as AnyFields);
}

function readList<T>(list: readonly [Marked<unknown>, ...Marked<unknown>[]]): Mark<T> {
  const items = list.map((one) => read<unknown>(one));
  return new Mark<T>(
    { type: 'array', items: items[0]?.schema },
    items.map(({ example }) => example),
  );
}

type AnyFields = Readonly<Record<string, Marked<unknown> | Optional<unknown>>>;

function readFields<T>(fields: AnyFields): Mark<T> {
  const marks = Object.entries(fields).map(
    ([key, of]) => [key, of instanceof Optional ? of.of : read<unknown>(of)] as const,
  );
  const required = Object.keys(fields).filter((key) => !(fields[key] instanceof Optional));
  const properties = Object.fromEntries(marks.map(([key, { schema }]) => [key, schema]));
  const example = Object.fromEntries(marks.map(([key, one]) => [key, one.example]));
  return new Mark<T>({ type: 'object', ...(required.length === 0 ? {} : { required }), properties }, example);
}
