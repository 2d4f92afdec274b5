import type { FormFile } from './form-file.js';

type Schema = Record<string, unknown>;

/** The form as one JSON Schema (2020-12) over all answers, for programs that fill it in. Conditions between answers are not in it. */
export function jsonSchemaOf({ form, questions }: FormFile): Schema {
  const root: Schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form,
    type: 'object',
    properties: {},
  };
  for (const [path, { schema, label, kind }] of Object.entries(questions))
    // Files come and go by requests of their own; what a program sends here for them counts for nothing.
    put(root, path.split('.'), { ...schema, description: label.en, ...(kind === 'files' ? { readOnly: true } : {}) });
  return root;
}

function put(at: Schema, [key = '', ...rest]: readonly string[], schema: Schema): void {
  const properties = (at['properties'] ??= {}) as Record<string, Schema>;
  if (rest.length === 0) properties[key] = schema;
  else put((properties[key] ??= { type: 'object', properties: {} }), rest, schema);
}
