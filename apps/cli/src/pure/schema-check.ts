import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { projectFolder } from '#lib/settings';
import type { InputFault } from '../unusable-input.js';
import { pointerOf } from './pointer.js';
import { MOST_FAULTS } from './read-json.js';

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly items?: object }>>;
  readonly $defs?: object;
}

/**
 * The check of an input against `docs/schemas/NAME.schema.json`: every fault of shape. The items of a list at the top are checked one by
 * one, so that a list of millions of wrong items is left after a thousand faults instead of filling the memory with them.
 */
export function schemaCheck(name: string): (input: unknown) => readonly InputFault[] {
  const file = join(projectFolder(), 'docs', 'schemas', `${name}.schema.json`);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as ObjectSchema;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const top = ajv.compile({ ...schema, $id: `${name}-top`, properties: withoutItems(schema.properties) });
  const lists = Object.entries(schema.properties).flatMap(([key, { items }]) =>
    items === undefined ? [] : [[key, ajv.compile({ $defs: schema.$defs ?? {}, ...items })] as const],
  );
  return (input) => {
    const faults = faultsOf(top, input, '');
    for (const [key, item] of lists) faults.push(...listFaults(item, input, key));
    return faults;
  };
}

function withoutItems(properties: ObjectSchema['properties']): object {
  return Object.fromEntries(Object.entries(properties).map(([key, { items: _, ...rest }]) => [key, rest]));
}

function listFaults(item: ValidateFunction, input: unknown, key: string): InputFault[] {
  const list = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[key] : undefined;
  const faults: InputFault[] = [];
  for (let i = 0; Array.isArray(list) && i < list.length && faults.length <= MOST_FAULTS; i++)
    faults.push(...faultsOf(item, list[i], `/${key}/${i}`));
  return faults;
}

function faultsOf(check: ValidateFunction, value: unknown, at: string): InputFault[] {
  return check(value) ? [] : (check.errors ?? []).map((error) => faultOf(error, at));
}

function faultOf({ instancePath, keyword, params, message = 'is wrong' }: ErrorObject, at: string): InputFault {
  const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: unknown[] };
  const pointer = at + instancePath;
  if (keyword === 'additionalProperties')
    return { pointer: pointer + pointerOf([additionalProperty ?? '']), message: 'is not known here' };
  if (keyword === 'enum') return { pointer, message: `must be one of ${(allowedValues ?? []).join(', ')}` };
  return { pointer, message };
}
