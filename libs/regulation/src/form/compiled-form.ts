import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileCondition, evaluateCondition, type CompiledCondition } from '#lib/conditions';
import { FrozenDefinitionDoesNotFit } from '#lib/workflow';
import { APPLICATION_FACTS } from '../application-facts.js';
import type { CompiledConditions } from '../judge-application.js';
import { answerFaults, type CompiledQuestion, type FormFault } from './answer-faults.js';
import type { FormFile, FormQuestion } from './form-file.js';
import { ibanFault } from './iban.js';
import { valueAt, withValueAt } from './paths.js';
import { tidyAnswer } from './tidy-answer.js';

type Answers = Readonly<Record<string, unknown>>;

const ajv = new Ajv2020({ allErrors: false, strict: true });
ajv.addFormat('iban', (text: string) => ibanFault(text) === null);

/** A form together with the conditions that decide which answers are judged. Throws FrozenDefinitionDoesNotFit. */
export function compileForm(file: FormFile, conditions: CompiledConditions): CompiledForm {
  return new CompiledForm(file, new Set([...conditions.values()].flatMap(({ condition }) => condition.reads)));
}

/** A form that is ready to ask and to judge. */
export class CompiledForm {
  private readonly questions: readonly CompiledQuestion[];

  /** `judged`: paths that conditions of the regulation read. Throws FrozenDefinitionDoesNotFit. */
  constructor(
    readonly file: FormFile,
    judged: ReadonlySet<string>,
  ) {
    this.questions = file.order.flatMap((part) =>
      (file.parts[part]?.questions ?? []).flatMap((path) => {
        const question = file.questions[path];
        if (question === undefined || (question.whenJudged === true && !judged.has(question.proves ?? path))) return [];
        return [{ path, part, question, check: ajv.compile(question.schema), when: conditionOf(question, path) }];
      }),
    );
  }

  /** The questions that these answers lead to, in order. One whose condition cannot be judged yet is not asked. */
  asked(answers: Answers): readonly CompiledQuestion[] {
    return this.questions.filter(({ when }) => when === null || evaluateCondition(when, answers).verdict === 'met');
  }

  /** The questions of this call whatever was answered, in order. */
  every(): readonly CompiledQuestion[] {
    return this.questions;
  }

  /** What is still missing or wrong, in the order of the form; a file that is among the `infected` (by id) is no answer. */
  faults(title: string, content: Answers, infected: readonly string[] = []): readonly FormFault[] {
    const answers = { ...content, title };
    return this.asked(answers).flatMap((one) => answerFaults(one, answers, infected));
  }

  /** The answers as conditions judge them: what a file must prove is true when one was sent that holds no virus, and else it is absent. */
  factsIn(content: Answers, infected: readonly string[] = []): Answers {
    return this.questions.reduce((facts, { path, question: { proves } }) => {
      if (proves === undefined) return facts;
      const files = (valueAt(content, path) ?? []) as readonly { readonly id?: string }[];
      const isProven = files.some(({ id = '' }) => !infected.includes(id));
      return withValueAt(facts, proves, isProven ? true : undefined);
    }, content);
  }

  /** The question that gives a fact: the one that proves it, else the one whose answer it is. */
  questionOf(fact: string): string {
    return this.questions.find(({ question }) => question.proves === fact)?.path ?? fact;
  }

  /** The answers that the committee reads: without accounts and agreements that say nothing of the plan. */
  forReviewers(content: Answers): Answers {
    const hidden = this.questions.filter(({ question }) => !question.reviewers);
    return hidden.reduce(
      (all, { path }) => withValueAt(all, path, undefined),
      withValueAt(content, 'typed', undefined),
    );
  }

  /** The answers with the files that are stored: only adding and taking out a file changes those. */
  withFilesOf(stored: Answers, written: Answers): Answers {
    const paths = this.questions.filter(({ question }) => question.kind === 'files').map(({ path }) => path);
    const answered = paths.filter((path) => (valueAt(written, path) ?? valueAt(stored, path)) !== undefined);
    return answered.reduce((all, path) => withValueAt(all, path, valueAt(stored, path)), written);
  }

  /** The answers as they are stored and compared: each kind of value in the one form that it has. */
  tidied(content: Answers): Answers {
    return this.questions.reduce((all, { path, question }) => {
      const value = valueAt(all, path);
      return value === undefined ? all : withValueAt(all, path, tidyAnswer(path, question, value));
    }, content);
  }

  /** The path of the question that an answer, or a row of one, belongs to; undefined when it is none's. */
  questionAt(place: string): string | undefined {
    return this.questions.find(({ path }) => place === path || place.startsWith(`${path}.`))?.path;
  }

  /** Paths of answers that may be repaired after closing. */
  repairable(): readonly string[] {
    return this.questions.filter(({ question }) => question.repairableAfterClosing === true).map(({ path }) => path);
  }
}

function conditionOf({ when }: FormQuestion, path: string): CompiledCondition | null {
  if (when === undefined) return null;
  const answer = compileCondition(when, APPLICATION_FACTS);
  if ('condition' in answer) return answer.condition;
  throw new FrozenDefinitionDoesNotFit(
    'form',
    answer.problems.map(({ message }) => `${path}: ${message}`),
  );
}
