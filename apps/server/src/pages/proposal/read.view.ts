import { infectedOf, pledgesOf, type PartyView } from '#lib/intake';
import type { Language } from '#lib/kernel';
import type { CompiledForm } from '#lib/regulation';
import { filesView } from './files.view.js';
import { titleOf } from './part.view.js';
import type { ProposalCase } from './proposal-case.js';
import { answerInWords, fieldId } from './question.view.js';

/** All answers in words, part by part; for reviewers without what they need not know, and without parts in which that leaves nothing. */
export function answersView(
  { proposal, form, mayChange }: ProposalCase,
  language: Language,
  reader: 'everything' | 'reviewer' = 'everything',
): readonly object[] {
  const content = { ...proposal.content, title: titleOf(proposal) };
  const asked = form.asked(content).filter(({ question }) => reader === 'everything' || question.reviewers);
  const parts = form.file.order.map((key) => ({
    key,
    name: form.file.parts[key]?.label[language] ?? key,
    href: `/aanvragen/${proposal.id}/onderdelen/${key}`,
    isOpen: asked.some(({ part, path }) => part === key && mayChange(path)),
    rows: asked
      .filter(({ part }) => part === key)
      .map((one) => ({
        id: fieldId(one.path),
        label: one.question.label[language],
        isOptional: one.question.optional === true,
        ...(one.question.kind === 'files'
          ? { files: filesView(proposal, one.path, language) }
          : { lines: answerInWords(one, content, language) }),
      })),
  }));
  return reader === 'everything' ? parts : parts.filter(({ rows }) => rows.some(isAnswered));
}

function isAnswered(row: { readonly files?: readonly object[]; readonly lines?: readonly string[] | null }): boolean {
  return (row.files ?? row.lines ?? []).length > 0;
}

/** What a receipt is a copy of: the answers of then in words, part by part. */
export function receivedView(
  form: CompiledForm,
  content: Readonly<Record<string, unknown>>,
  language: Language,
): readonly object[] {
  const whole = { ...content, title: titleOf({ title: typeof content['title'] === 'string' ? content['title'] : '' }) };
  // Receipts of before the title was part of them say nothing of it.
  const asked = form.asked(whole).filter(({ path }) => path !== 'title' || 'title' in content);
  return form.file.order.map((key) => ({
    ...{ key, name: form.file.parts[key]?.label[language] ?? key },
    rows: asked
      .filter(({ part }) => part === key)
      .map((one) => ({
        ...{ label: one.question.label[language], isOptional: one.question.optional === true },
        lines: answerInWords(one, whole, language),
      })),
  }));
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
export function conditionsView({ proposal, form, mayChange }: ProposalCase, language: Language): readonly object[] {
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
      const lines = question === undefined ? null : answerInWords(question, proposal.content, language);
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
