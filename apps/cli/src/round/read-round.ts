import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { written, type LineFault } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import type { InputFault } from '../unusable-input.js';
import type { RoundFile } from './round-file.js';

const MOST_FAULTS = 100;

/** The published schema: docs/schemas/round.schema.json. */
function schema(): object {
  return JSON.parse(readFileSync(join(projectFolder(), 'docs', 'schemas', 'round.schema.json'), 'utf8')) as object;
}

/** A round from its text, or every fault in its shape. */
export function readRound(text: string): { readonly round: RoundFile } | { readonly faults: readonly InputFault[] } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { faults: [{ pointer: '', message: `This is no JSON: ${(error as Error).message}` }] };
  }
  const check = new Ajv2020({ allErrors: true, strict: false }).compile<RoundFile>(schema());
  if (!check(data)) return { faults: (check.errors ?? []).slice(0, MOST_FAULTS).map(faultOf) };
  const { value, faults } = written(data);
  return faults.length === 0 ? { round: value as RoundFile } : { faults: faults.map(signFault) };
}

function signFault({ pointer, signs }: LineFault): InputFault {
  return { pointer, message: `holds ${signs.join(', ')}, which cannot stand in a line` };
}

function faultOf({ instancePath, keyword, params, message = '' }: ErrorObject): InputFault {
  const extra = params as { additionalProperty?: string };
  const pointer =
    keyword === 'additionalProperties' ? `${instancePath}/${extra.additionalProperty ?? ''}` : instancePath;
  return { pointer, message: keyword === 'additionalProperties' ? 'is not known here' : message };
}
