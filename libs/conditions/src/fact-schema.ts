import { Temporal } from 'temporal-polyfill';

/**
 * What a fact is. `cents` are integer cents; `instant` is ISO text in facts and integer microseconds since 1970 in conditions, so that a
 * comparison loses nothing; `date` is YYYY-MM-DD and compares as text.
 */
export type ScalarType = 'bool' | 'int' | 'cents' | 'string' | 'instant' | 'date';

/** A list of records; its fields are scalars. */
export interface ListType {
  readonly list: string;
  readonly fields: Readonly<Record<string, ScalarType>>;
}

export type FactType = ScalarType | ListType;

/** Facts by dotted path: `call.opensAt`, `schools`, `now`. At most one dot. */
export type FactSchema = Readonly<Record<string, FactType>>;

const CEL_TYPES: Readonly<Record<ScalarType, string>> = {
  bool: 'bool',
  int: 'int',
  cents: 'int',
  string: 'string',
  instant: 'int',
  date: 'string',
};

export function celTypeOf(type: FactType): string {
  return typeof type === 'string' ? CEL_TYPES[type] : `list<${type.list}>`;
}

/** Microseconds since 1970 of an ISO instant. */
export function microsecondsOf(instant: string): bigint {
  return Temporal.Instant.from(instant).epochNanoseconds / 1000n;
}

/** A fact as CEL takes it; undefined when it is absent or not of its type. */
export function toCel(value: unknown, type: FactType): unknown {
  if (typeof type !== 'string') return Array.isArray(value) ? value.map((item) => recordToCel(item, type)) : undefined;
  if (type === 'bool') return typeof value === 'boolean' ? value : undefined;
  if (type === 'int' || type === 'cents') return toInteger(value);
  if (typeof value !== 'string') return undefined;
  return type === 'instant' ? microsecondsOf(value) : value;
}

function toInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

function recordToCel(item: unknown, type: ListType): Record<string, unknown> {
  const record = typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : {};
  const fields = Object.entries(type.fields).map(
    ([name, fieldType]) => [name, toCel(record[name], fieldType)] as const,
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
