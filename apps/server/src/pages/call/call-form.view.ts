import { FILE_KINDS } from '#lib/files';
import type { Language, Say } from '#lib/kernel';
import {
  conditionWords,
  type CallRules,
  type CompiledForm,
  type CompiledQuestion,
  type QuestionKind,
} from '#lib/regulation';
import { fileField } from '../proposal/files.view.js';
import { choicesOf } from '../proposal/question.view.js';

interface Words {
  readonly language: Language;
  readonly say: Say;
}

interface AskedBy {
  readonly form: CompiledForm;
  readonly rules: CallRules;
  /** The answers that each condition judges by, by the name of the condition. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/** Every question of a call as it stands before anybody answered one, part by part, each part with the conditions that judge it. */
export function callFormView({ form, rules, reads }: AskedBy, words: Words): object {
  const { language } = words;
  const questions = form.every();
  const said = Object.entries(conditionWords(rules)).map(([name, { label }]) => ({
    part: partOf(questions, reads.get(name) ?? []),
    text: label[language],
  }));
  const parts = form.file.order.map((key) => ({
    key,
    name: form.file.parts[key]?.label[language] ?? key,
    questions: questions.filter(({ part }) => part === key).map((one) => questionView(one, words)),
    conditions: said.filter(({ part }) => part === key).map(({ text }) => text),
  }));
  return {
    parts: parts.filter((part) => part.questions.length > 0),
    others: said.filter(({ part }) => part === null).map(({ text }) => text),
  };
}

/** The part in which the last of these answers is asked: there one knows them all. */
function partOf(questions: readonly CompiledQuestion[], paths: readonly string[]): string | null {
  return questions.filter(({ path }) => paths.includes(path)).at(-1)?.part ?? null;
}

function questionView({ question }: CompiledQuestion, words: Words): object {
  const { language, say } = words;
  const { label, help, optional = false, when, asked, proves, reviewers } = question;
  return {
    ...{ label: label[language], optional, help: help?.[language] ?? null },
    answers: [
      ...(when === undefined ? [] : [asked?.label[language] ?? say('call-form.when')]),
      ...ANSWERS[question.kind](question, words),
      ...(proves === undefined ? [] : [say('call-form.proves')]),
      ...(reviewers ? [] : [say('call-form.desk-alone')]),
    ],
  };
}

type Asked = CompiledQuestion['question'];

const length = ({ schema }: Asked, { say }: Words): readonly string[] => {
  const { minLength = 0, maxLength } = schema as Readonly<Record<string, number>>;
  const least = minLength > 1 ? [say('call-form.at-least', { least: minLength })] : [];
  return maxLength === undefined ? least : [...least, say('call-form.at-most', { most: maxLength })];
};
const alone =
  (key: string) =>
  (_: Asked, { say }: Words): readonly string[] => [say(key)];
const each =
  (...keys: readonly string[]) =>
  (_: Asked, { say }: Words): readonly string[] => [
    say('call-form.each', { cells: keys.map((key) => say(`proposal.${key}`)).join('; ') }),
  ];

/** What an answer of each kind is, in words: how long, how many, of which choices. */
const ANSWERS: Readonly<Record<QuestionKind, (question: Asked, words: Words) => readonly string[]>> = {
  line: length,
  text: length,
  number: ({ schema: { minimum, maximum } }, { say }) =>
    minimum === undefined || maximum === undefined ? [] : [say('call-form.number', { minimum, maximum })],
  money: alone('call-form.money'),
  tick: alone('call-form.tick'),
  'yes-no': alone('call-form.yes-no'),
  choice: (question, { language, say }) => [
    say('call-form.choice', {
      choices: choicesOf(question)
        .map(([, text]) => text[language])
        .join('; '),
    }),
  ],
  files: ({ schema, accepts = FILE_KINDS }, { language, say }) => {
    const { kinds, most } = fileField(accepts, language);
    return [say('call-form.files', { count: schema['maxItems'] }), say('proposal.file-hint', { kinds, most })];
  },
  schools: each('school-name', 'school-site', 'school-board', 'school-province'),
  partners: each('partner-name', 'partner-kind', 'partner-kvk', 'partner-benefit'),
  lines: each('line-label', 'line-cents'),
};
