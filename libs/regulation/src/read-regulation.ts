import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileCondition } from '#lib/conditions';
import { Fraction, parsePeriod, provinceOf } from '#lib/kernel';
import { APPLICATION_FACTS } from './application-facts.js';
import { conditionsOf } from './conditions-of.js';
import { ONCE } from './once-rule.js';
import { readFile, type RegulationFault } from './read-file.js';
import type { ProgrammeFile, RegulationFile } from './regulation-file.js';
import type { FormFile } from './form/form-file.js';
import { formFaults, questionFaults } from './form/read-form.js';
import { FORM_SCHEMA, PROGRAMME_SCHEMA, REGULATION_SCHEMA } from './regulation-schema.js';

const ajv = new Ajv2020({ allErrors: true, strict: true });
const isProgramme = ajv.compile<ProgrammeFile>(PROGRAMME_SCHEMA);
const isForm = ajv.compile<FormFile>(FORM_SCHEMA);
const isRegulation = ajv.compile<RegulationFile>(REGULATION_SCHEMA);

/** Throws RegulationIsWrong. */
export function readProgramme(source: string, file: string): ProgrammeFile {
  return readFile(source, file, isProgramme, ({ principles }) => conditionFaults('/principles', principles));
}

/** Throws RegulationIsWrong. */
export function readForm(source: string, file: string): FormFile {
  return readFile(source, file, isForm, formFaults);
}

/** A region's regulation, checked against its programme. Throws RegulationIsWrong. */
export function readRegulation(source: string, file: string, programme: ProgrammeFile): RegulationFile {
  const written = readFile(source, file, isRegulation, (regulation) => regulationFaults(regulation, programme));
  return { ...written, provinces: written.provinces.map((name) => provinceOf(name) ?? name) };
}

function regulationFaults(regulation: RegulationFile, programme: ProgrammeFile): readonly RegulationFault[] {
  const { request } = regulation;
  return [
    ...provinceFaults(regulation.provinces),
    ...rubricFaults(regulation),
    ...conditionFaults('/conditions', regulation.conditions),
    ...nameFaults(regulation, programme),
    ...fault(request.minimumCents > request.maximumCents, '/request/minimumCents', 'is above the maximum'),
    ...moneyFaults(regulation, programme),
    ...distributionFaults(regulation),
    ...fault(regulation.programme !== programme.programme, '/programme', `is not ${programme.programme}`),
    ...quorumFaults(regulation.committee),
    ...earlyCheckFaults(regulation.earlyCheck),
    ...Object.entries(regulation.questions ?? {}).flatMap(([path, question]) => questionFaults(path, question)),
  ];
}

/** What the programme asks, and what parameters generate, no condition of the region takes the place of. */
function nameFaults(regulation: RegulationFile, programme: ProgrammeFile): RegulationFault[] {
  const generated = conditionsOf(programme, { ...regulation, conditions: {} });
  return Object.keys(regulation.conditions).flatMap((name) => {
    const pointer = `/conditions/${name}`;
    return [
      ...fault(name === ONCE, pointer, 'is the name of the rule that `once` generates'),
      ...fault(name in programme.principles, pointer, 'is a national principle and cannot be replaced'),
      ...fault(
        name in generated && !(name in programme.principles),
        pointer,
        'is the name of a condition that a parameter generates',
      ),
    ];
  });
}

/** Each tranche is a call with the ceiling of its own. */
function moneyFaults({ distribution }: RegulationFile, programme: ProgrammeFile): RegulationFault[] {
  const { ceilingCents, tranches = 1 } = distribution;
  return [
    ...fault(ceilingCents > programme.ceilingCents, '/distribution/ceilingCents', 'is above the programme’s'),
    ...fault(
      tranches > 1 && ceilingCents * tranches > programme.ceilingCents,
      '/distribution/tranches',
      'have more together than the programme',
    ),
  ];
}

function quorumFaults({ quorum, seats }: RegulationFile['committee']): RegulationFault[] {
  return [
    ...fault(quorum.members > seats.expert + seats.field, '/committee/quorum/members', 'is more than there are seats'),
    ...fault(
      quorum.ofEachKind > Math.min(seats.expert, seats.field),
      '/committee/quorum/ofEachKind',
      'is more than there are seats of one kind',
    ),
  ];
}

/** Schools are compared with these names: one that no school can have would send every school away. */
function provinceFaults(provinces: readonly string[]): RegulationFault[] {
  const known = provinces.map((name) => provinceOf(name) ?? name);
  return provinces.flatMap((name, at) => [
    ...fault(provinceOf(name) === null, `/provinces/${at}`, `there is no province ${name}`),
    ...fault(known.indexOf(known[at] ?? name) < at, `/provinces/${at}`, `${name} stands there twice`),
  ]);
}

function rubricFaults({ rubric, distribution }: RegulationFile): RegulationFault[] {
  const { criteria, scale, threshold, total, extraReview } = rubric;
  const weights = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const [min, max] = [Fraction.parse(scale.min), Fraction.parse(scale.max)];
  const highest = total === 'sum' ? max.times(Fraction.of(BigInt(criteria.length))) : max;
  return [
    ...fault(weights !== 100, '/rubric/criteria', `weigh ${weights} together, not 100`),
    ...fault(new Set(criteria.map(({ key }) => key)).size !== criteria.length, '/rubric/criteria', 'have a key twice'),
    ...fault(min.compare(max) >= 0, '/rubric/scale', 'has no room between lowest and highest'),
    ...fault(Fraction.parse(threshold.total).compare(highest) > 0, '/rubric/threshold/total', 'cannot be reached'),
    ...fault(
      extraReview !== undefined && distribution.way === 'tender',
      '/rubric/extraReview',
      'does not go with tender: its reviews are compared, and each proposal has as many',
    ),
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
    ...fault(
      distribution.atShortage === 'pro-rata' && !distribution.partialAwards,
      '/distribution/partialAwards',
      'must be true where equal scores share what is left',
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
