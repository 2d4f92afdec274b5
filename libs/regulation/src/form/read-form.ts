import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileCondition } from '#lib/conditions';
import { APPLICATION_FACTS } from '../application-facts.js';
import type { RegulationFault } from '../read-file.js';
import type { FormFile, FormQuestion } from './form-file.js';

/** What a form says wrongly besides its shape: parts and questions that do not fit each other, schemas and conditions that do not compile. */
export function formFaults({ order, parts, questions }: FormFile): RegulationFault[] {
  const used = order.flatMap((key) => parts[key]?.questions ?? []);
  return [
    ...order
      .filter((key) => !(key in parts))
      .map((key) => ({ pointer: '/order', message: `names the unknown part ${key}` })),
    ...Object.keys(parts)
      .filter((key) => !order.includes(key))
      .map((key) => ({ pointer: `/parts/${key}`, message: 'is not in the order' })),
    ...used
      .filter((path) => !(path in questions))
      .map((path) => ({ pointer: '/parts', message: `ask the unknown question ${path}` })),
    ...Object.keys(questions)
      .filter((path) => used.filter((one) => one === path).length !== 1)
      .map((path) => ({ pointer: `/questions/${path}`, message: 'is not asked exactly once' })),
    ...Object.entries(questions)
      .filter(([, { proves }]) => proves !== undefined && proves in questions)
      .map(([path]) => ({ pointer: `/questions/${path}/proves`, message: 'is an answer to another question as well' })),
    ...Object.entries(questions).flatMap(([path, question]) => questionFaults(path, question)),
  ];
}

/** Files of one question at most. */
const MOST_FILES = 10;

export function questionFaults(path: string, question: FormQuestion): RegulationFault[] {
  const pointer = `/questions/${path}`;
  const faults: RegulationFault[] = [];
  try {
    new Ajv2020({ strict: true, formats: { iban: true } }).compile(question.schema);
  } catch (error) {
    faults.push({ pointer: `${pointer}/schema`, message: (error as { message: string }).message });
  }
  return [...faults, ...kindFaults(pointer, question), ...judgedFaults(pointer, path, question)];
}

/** What belongs to another kind of question changes nothing. */
function kindFaults(pointer: string, { schema, kind, choices, accepts, proves }: FormQuestion): RegulationFault[] {
  const isOfFiles = 'belongs to a question for files';
  const list = `of files is an array with maxItems of at most ${MOST_FILES}`;
  return [
    ...((kind === 'choice') !== (choices !== undefined)
      ? [{ pointer: `${pointer}/choices`, message: 'belong to a choice' }]
      : []),
    ...(kind !== 'files' && accepts !== undefined ? [{ pointer: `${pointer}/accepts`, message: isOfFiles }] : []),
    ...(kind !== 'files' && proves !== undefined ? [{ pointer: `${pointer}/proves`, message: isOfFiles }] : []),
    ...(kind === 'files' && !isListOfFiles(schema) ? [{ pointer: `${pointer}/schema`, message: list }] : []),
  ];
}

function judgedFaults(
  pointer: string,
  path: string,
  { when, asked, whenJudged, proves }: FormQuestion,
): RegulationFault[] {
  const answer = when === undefined ? null : compileCondition(when, APPLICATION_FACTS);
  const problems = answer !== null && 'problems' in answer ? answer.problems : [];
  return [
    ...problems.map(({ message }) => ({ pointer: `${pointer}/when`, message })),
    ...(when === undefined && asked !== undefined
      ? [{ pointer: `${pointer}/asked`, message: 'says in words what `when` asks' }]
      : []),
    ...(whenJudged === true && !((proves ?? path) in APPLICATION_FACTS)
      ? [{ pointer: `${pointer}/whenJudged`, message: 'is for an answer that a condition can read' }]
      : []),
  ];
}

function isListOfFiles({ type, maxItems }: FormQuestion['schema']): boolean {
  return type === 'array' && typeof maxItems === 'number' && maxItems <= MOST_FILES;
}
