import { infectedOf, pledgesOf, type PartyView } from '#lib/intake';
import type { Language } from '#lib/kernel';
import {
  answerInWords,
  applicationText,
  NOT_ASKED,
  type AnsweredQuestion,
  type AnswerWords,
  type CompiledForm,
} from '#lib/regulation';
import { STAFF } from '../../round/subject-view.js';
import { filesView } from './files.view.js';
import { titleOf } from './part.view.js';
import type { ProposalCase } from './proposal-case.js';
import { fieldId } from './question.view.js';

/** Whether this reader reads all answers: who applies and staff; others read those that are meant for the committee. */
export function isWhole({
  isOwn,
  isCoWriter,
  roles,
}: Pick<ProposalCase['proposal'], 'isOwn' | 'isCoWriter' | 'roles'>): boolean {
  return isOwn || isCoWriter || roles.some((role) => STAFF.includes(role));
}

/** All answers in words, part by part, as far as this reader reads them. */
export function answersView(
  { proposal, form, mayChange }: ProposalCase,
  words: AnswerWords,
  reads = isWhole(proposal),
): readonly object[] {
  const content = { ...proposal.content, title: titleOf(proposal) };
  return applicationText(form, content, { words, isWhole: reads }).map(({ key, name, questions }) => ({
    ...{ key, name, href: `/aanvragen/${proposal.id}/onderdelen/${key}` },
    isOpen: key !== NOT_ASKED && questions.some(({ path }) => mayChange(path)),
    rows: questions.map((one) => ({
      ...{ id: fieldId(one.path), label: one.label, isOptional: one.isOptional },
      ...(one.kind === 'files' ? { files: filesView(proposal, one.path, words.language) } : { lines: shown(one) }),
    })),
  }));
}

/** What a receipt is a copy of: the answers of then in words, part by part. */
export function receivedView(
  form: CompiledForm,
  content: Readonly<Record<string, unknown>>,
  words: AnswerWords,
): readonly object[] {
  const whole = { ...content, title: titleOf({ title: typeof content['title'] === 'string' ? content['title'] : '' }) };
  return applicationText(form, whole, { words, isWhole: true }).map(({ key, name, questions }) => ({
    ...{ key, name },
    rows: questions
      // Receipts of before the title was part of them say nothing of it.
      .filter(({ path }) => path !== 'title' || 'title' in content)
      .map((one) => ({ label: one.label, isOptional: one.isOptional, lines: shown(one) })),
  }));
}

/** Empty lines part paragraphs, and are none. */
function shown({ lines }: AnsweredQuestion): readonly string[] | null {
  return lines?.filter((line) => line.trim() !== '') ?? null;
}

/** What stands in the way of being taken in or granted, each with where to repair it; for who applies only what that person may repair. */
export function openPointsView(found: ProposalCase, language: Language): readonly OpenPoint[] {
  const { proposal, form, mayChange } = found;
  const own = form
    .faults(titleOf(proposal), proposal.content, infectedOf(proposal.attachments))
    .filter(({ path }) => mayChange(path))
    .map((fault) => ({ ...fault, message: fault.message[language] }));
  // Others do not read every answer, so what is missing cannot be told from what they read.
  return (proposal.isOwn ? own : proposal.openPoints).map(({ path, message }) => ({
    label: form.file.questions[path]?.label[language] ?? path,
    message,
    href: `/aanvragen/${proposal.id}/onderdelen/${partOf(form, path)}#${fieldId(path)}`,
  }));
}

/** Who takes part and has not confirmed that; a contact person confirms nothing that a proposal waits for. */
export function unconfirmedView(
  id: string,
  parties: readonly PartyView[],
  say: (key: string) => string,
): readonly OpenPoint[] {
  return parties
    .filter(({ role, state }) => role !== 'contact' && state !== 'confirmed')
    .map(({ id: party, organisation, state }) => ({
      label: organisation,
      message: say(`party.open-${state}`),
      href: `/aanvragen/${id}/partijen#${party}`,
    }));
}

/** Where what parties give is not what the budget says. */
export function pledgePoints(
  { proposal }: Pick<ProposalCase, 'proposal'>,
  parties: readonly PartyView[],
  say: (key: string) => string,
): readonly OpenPoint[] {
  return pledgesOf(proposal.content, parties)
    .filter(({ differs }) => differs)
    .map(({ of }) => ({
      label: say(`party.pledge-${of}`),
      message: say(`party.differs-${of}`),
      href: `/aanvragen/${proposal.id}/partijen#bedragen`,
    }));
}

function partOf({ file }: ProposalCase['form'], path: string): string {
  return file.order.find((part) => file.parts[part]?.questions.includes(path)) ?? '';
}

/** Per condition of the regulation: met, not met, or not to be judged yet and by lack of which answers; with the answers it judges by. */
export function conditionsView({ proposal, form, mayChange }: ProposalCase, words: AnswerWords): readonly object[] {
  const { language } = words;
  const questions = new Map(form.every().map((one) => [one.path, one]));
  return proposal.eligibility.map(({ condition, verdict, label, message, missing, facts, others = [] }) => ({
    ...{ condition, verdict, label, repair: verdict === 'not-met' ? message : null, others },
    /** Nothing is missing, and yet no rule can say it. */
    isForPeople: verdict === 'cannot-be-judged' && missing.length === 0,
    // To the answer that must change, for who may change it.
    href:
      proposal.isOwn && verdict !== 'met' ? linkTo(proposal.id, form, [...missing, ...facts].find(mayChange)) : null,
    missing: missing.map((path) => form.file.questions[path]?.label[language] ?? path),
    // By which answers it was judged; what is missing stands there already.
    facts: facts.flatMap((path) => {
      const question = questions.get(path);
      const lines = question === undefined ? null : answerInWords(question, proposal.content, words);
      return question === undefined || lines === null ? [] : [{ label: question.question.label[language], lines }];
    }),
  }));
}

/** Where an answer is given; null when no question asks for it. */
function linkTo(id: string, form: CompiledForm, place: string | undefined): string | null {
  const path = place === undefined ? undefined : form.questionAt(place);
  return path === undefined ? null : `/aanvragen/${id}/onderdelen/${partOf(form, path)}#${fieldId(path)}`;
}

/** An answer that is missing or wrong, with where to repair it. */
interface OpenPoint {
  readonly label: string;
  readonly message: string;
  readonly href: string;
}
