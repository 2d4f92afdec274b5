import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { compileCondition } from '#lib/conditions';
import { DomainError, Fraction, parsePeriod, provinceOf } from '#lib/kernel';
import { APPLICATION_FACTS } from './application-facts.js';
import { conditionsOf } from './conditions-of.js';
import { ONCE } from './once-rule.js';
import type { ProgrammeFile, RegulationFile, Rubric } from './regulation-file.js';
import type { FormFile } from './form/form-file.js';
import { formFaults, questionFaults } from './form/read-form.js';
import { FORM_SCHEMA, PROGRAMME_SCHEMA, REGULATION_SCHEMA } from './regulation-schema.js';

export interface RegulationFault {
  /** JSON Pointer into the file. */
  readonly pointer: string;
  readonly message: string;
}

/** A file of a programme or a region cannot be used; every fault is listed. */
export class RegulationIsWrong extends DomainError {
  readonly code = 'regulation-is-wrong';
  constructor(
    file: string,
    readonly faults: readonly RegulationFault[],
  ) {
    super(`${file}: ${faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')}`, { file, faults });
  }
}

const ajv = new Ajv2020({ allErrors: true, strict: true });
const isProgramme = ajv.compile<ProgrammeFile>(PROGRAMME_SCHEMA);
const isForm = ajv.compile<FormFile>(FORM_SCHEMA);
const isRegulation = ajv.compile<RegulationFile>(REGULATION_SCHEMA);

/** Throws RegulationIsWrong. */
export function readProgramme(source: string, file: string): ProgrammeFile {
  const programme = shaped(isProgramme, source, file);
  refuse(file, conditionFaults('/principles', programme.principles));
  return programme;
}

/** Throws RegulationIsWrong. */
export function readForm(source: string, file: string): FormFile {
  const form = shaped(isForm, source, file);
  refuse(file, formFaults(form));
  return form;
}

/** A region's regulation, checked against its programme. Throws RegulationIsWrong. */
export function readRegulation(source: string, file: string, programme: ProgrammeFile): RegulationFile {
  const written = shaped(isRegulation, source, file);
  const regulation = { ...written, provinces: written.provinces.map((name) => provinceOf(name) ?? name) };
  const { request, distribution, committee } = regulation;
  const faults = [
    ...provinceFaults(regulation.provinces),
    ...rubricFaults(regulation.rubric),
    ...conditionFaults('', conditionsOf(programme, regulation)),
    ...fault(request.minimumCents > request.maximumCents, '/request/minimumCents', 'is above the maximum'),
    ...fault(
      distribution.ceilingCents > programme.ceilingCents,
      '/distribution/ceilingCents',
      'is above the programme’s',
    ),
    ...distributionFaults(regulation),
    ...fault(regulation.programme !== programme.programme, '/programme', `is not ${programme.programme}`),
    ...fault(
      committee.quorum.members > committee.seats.expert + committee.seats.field,
      '/committee/quorum/members',
      'is more than there are seats',
    ),
    ...fault(
      committee.quorum.ofEachKind > Math.min(committee.seats.expert, committee.seats.field),
      '/committee/quorum/ofEachKind',
      'is more than there are seats of one kind',
    ),
    ...earlyCheckFaults(regulation.earlyCheck),
    ...Object.entries(regulation.questions ?? {}).flatMap(([path, question]) => questionFaults(path, question)),
    ...fault(ONCE in regulation.conditions, `/conditions/${ONCE}`, 'is the name of the rule that `once` generates'),
    ...Object.keys(regulation.conditions)
      .filter((name) => name in programme.principles)
      .map((name) => ({ pointer: `/conditions/${name}`, message: 'is a national principle and cannot be replaced' })),
  ];
  refuse(file, faults);
  return regulation;
}

function shaped<T>(check: ValidateFunction<T>, source: string, file: string): T {
  let data: unknown;
  try {
    data = parse(source, { maxAliasCount: 0 });
  } catch (error) {
    throw new RegulationIsWrong(file, [{ pointer: '', message: (error as Error).message }]);
  }
  if (check(data)) return data;
  const errors = check.errors ?? [];
  throw new RegulationIsWrong(
    file,
    errors.map(({ instancePath, message = '' }) => ({ pointer: instancePath, message })),
  );
}

/** Schools are compared with these names: one that no school can have would send every school away. */
function provinceFaults(provinces: readonly string[]): RegulationFault[] {
  return provinces.flatMap((name, at) => [
    ...fault(provinceOf(name) === null, `/provinces/${at}`, `there is no province ${name}`),
    ...fault(provinces.indexOf(name) < at, `/provinces/${at}`, `${name} stands there twice`),
  ]);
}

function rubricFaults({ criteria, scale, threshold, total }: Rubric): RegulationFault[] {
  const weights = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const [min, max] = [Fraction.parse(scale.min), Fraction.parse(scale.max)];
  const highest = total === 'sum' ? max.times(Fraction.of(BigInt(criteria.length))) : max;
  return [
    ...fault(weights !== 100, '/rubric/criteria', `weigh ${weights} together, not 100`),
    ...fault(new Set(criteria.map(({ key }) => key)).size !== criteria.length, '/rubric/criteria', 'have a key twice'),
    ...fault(min.compare(max) >= 0, '/rubric/scale', 'has no room between lowest and highest'),
    ...fault(Fraction.parse(threshold.total).compare(highest) > 0, '/rubric/threshold/total', 'cannot be reached'),
  ];
}

/** Who comes first is judged pass or fail and draws lots at the ceiling (Kaderregeling subsidies OCW, SZW en VWS 2.2); who is compared is ranked. */
function distributionFaults({ distribution, ranksBy }: RegulationFile): RegulationFault[] {
  const isFirstCome = distribution.way === 'order-of-arrival';
  return [
    ...fault(isFirstCome !== (ranksBy === 'pass-or-fail'), '/ranksBy', `does not go with ${distribution.way}`),
    ...fault(
      isFirstCome !== (distribution.atShortage === 'lots'),
      '/distribution/atShortage',
      `does not go with ${distribution.way}`,
    ),
  ];
}

/** Who asks on the last day must get an answer after it, not before. */
function earlyCheckFaults(earlyCheck: RegulationFile['earlyCheck']): RegulationFault[] {
  if (earlyCheck === undefined) return [];
  const [ask, answer] = [parsePeriod(earlyCheck.askUntil).count, parsePeriod(earlyCheck.answerBy).count];
  return fault(answer >= ask, '/earlyCheck/answerBy', 'does not lie after the last day to ask');
}

function conditionFaults(
  pointer: string,
  conditions: Readonly<Record<string, { readonly cel: string }>>,
): RegulationFault[] {
  return Object.entries(conditions).flatMap(([name, { cel }]) => {
    const answer = compileCondition(cel, APPLICATION_FACTS);
    if ('condition' in answer) return [];
    return answer.problems.map(({ message }) => ({ pointer: `${pointer}/${name}/cel`, message }));
  });
}

function fault(isWrong: boolean, pointer: string, message: string): RegulationFault[] {
  return isWrong ? [{ pointer, message }] : [];
}

function refuse(file: string, faults: readonly RegulationFault[]): void {
  if (faults.length > 0) throw new RegulationIsWrong(file, faults);
}
