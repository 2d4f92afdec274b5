/** The fields of an object of an unknown input. */
export type Fields = Readonly<Record<string, unknown>>;

/** Looks into input whose shape may be wrong, so that faults of content are found beside those of shape: no object has no fields. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** No list has no items. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
