import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { DomainError, pointerOf } from '#lib/kernel';
import { readYaml, type LocatedYaml } from '#lib/workflow';

export interface RegulationFault {
  /** JSON Pointer into the file. */
  readonly pointer: string;
  readonly message: string;
}

/** Where a fault stands in its file; lines and columns count from 1. */
export interface PlacedFault extends RegulationFault {
  readonly line?: number;
  readonly column?: number;
}

/** A file of a programme or a region cannot be used; every fault is listed. */
export class RegulationIsWrong extends DomainError {
  readonly code = 'regulation-is-wrong';
  constructor(
    file: string,
    readonly faults: readonly PlacedFault[],
  ) {
    super(faults.map((fault) => `${placeIn(file, fault)} ${fault.pointer} ${fault.message}`).join('; '), {
      file,
      faults,
    });
  }
}

/** `file:line:column`, as editors and compilers write it. */
function placeIn(file: string, { line, column }: PlacedFault): string {
  return line === undefined || column === undefined ? `${file}:` : `${file}:${line}:${column}`;
}

/** A YAML file of a known shape, judged. Throws RegulationIsWrong with the place of every fault. */
export function readFile<T>(
  source: string,
  file: string,
  check: ValidateFunction<T>,
  judge: (data: T) => readonly RegulationFault[],
): T {
  const yaml = readYaml(source);
  if (yaml.faults.length > 0)
    throw new RegulationIsWrong(
      file,
      yaml.faults.map(({ message, place }) => ({ pointer: '', message, ...place })),
    );
  const { data } = yaml;
  if (!check(data)) throw placed(file, yaml, (check.errors ?? []).map(faultOf));
  const faults = judge(data);
  if (faults.length > 0) throw placed(file, yaml, faults);
  return data;
}

function placed(file: string, yaml: LocatedYaml, faults: readonly RegulationFault[]): RegulationIsWrong {
  return new RegulationIsWrong(
    file,
    faults.map((fault) => ({ ...fault, ...yaml.placeOf(pathOf(yaml.data, fault.pointer)) })),
  );
}

/** A key that nobody knows is named itself: no code applies it. */
function faultOf({ instancePath, keyword, params, message = '' }: ErrorObject): RegulationFault {
  if (keyword !== 'additionalProperties') return { pointer: instancePath, message };
  const { additionalProperty } = params as { additionalProperty: string };
  return { pointer: `${instancePath}${pointerOf([additionalProperty])}`, message: 'is no key that anything applies' };
}

/** Names and indices of a JSON Pointer (RFC 6901). */
function pathOf(data: unknown, pointer: string): readonly (string | number)[] {
  let at = data;
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => {
      const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(at) ? Number(name) : name;
      at = (at as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
      return step;
    });
}
