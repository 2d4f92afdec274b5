import type { FileKind } from '#lib/files';
import { formatCents, type Language, type Text } from '#lib/kernel';
import type { RegulationFile } from '../regulation-file.js';

/** How a question is put on a page. */
export const QUESTION_KINDS = [
  ...(['line', 'text', 'number', 'money', 'choice', 'yes-no', 'tick'] as const),
  ...(['schools', 'partners', 'lines', 'files'] as const),
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface FormQuestion {
  readonly label: Text;
  readonly help?: Text;
  /** JSON Schema 2020-12 of one answer. Money is integer cents. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly kind: QuestionKind;
  readonly choices?: Readonly<Record<string, { readonly label: Text }>>;
  /** Kinds of files that may answer a question of the kind `files`; absent: every kind that is taken at all. */
  readonly accepts?: readonly FileKind[];
  /** CEL over the facts of an application: asked when it is met; absent: always. */
  readonly when?: string;
  /** What `when` says, in words, for who reads the questions before answering any. */
  readonly asked?: { readonly label: Text };
  /** Asked where a condition of the regulation reads this answer. */
  readonly whenJudged?: boolean;
  /** Of a question for files: the fact that a file proves (`file.schoolPlanProof`). Nothing that is typed makes it true. */
  readonly proves?: string;
  readonly optional?: boolean;
  /** May still be repaired when the call has closed, because it changes nothing in what is compared. */
  readonly repairableAfterClosing?: boolean;
  /** Whether the committee reads the answer. */
  readonly reviewers: boolean;
}

/** A form: its parts in order, each with its questions by the path of their answer (`budget.requestedCents`). */
export interface FormFile {
  readonly form: string;
  readonly order: readonly string[];
  readonly parts: Readonly<Record<string, { readonly label: Text; readonly questions: readonly string[] }>>;
  readonly questions: Readonly<Record<string, FormQuestion>>;
}

/** A question that a region adds to the programme's form, in one of its parts. */
export type AddedQuestion = FormQuestion & { readonly part: string };

/** The question that asks what hours and goods are worth. */
const IN_KIND = 'budget.inKindCents';

/** The form that a region asks: the programme's, with the region's own questions, and what an hour is worth where hours are valued. */
export function formOf(
  form: FormFile,
  { questions, request: { hourlyRateCents } }: Pick<RegulationFile, 'questions' | 'request'>,
): FormFile {
  const all = formWith(form, questions);
  const asked = all.questions[IN_KIND];
  if (asked === undefined || hourlyRateCents === undefined) return all;
  const rate = (language: Language): string => formatCents(BigInt(hourlyRateCents), language);
  const help = {
    nl: `${asked.help?.nl ?? ''} Reken ${rate('nl')} voor een uur.`.trim(),
    en: `${asked.help?.en ?? ''} Count ${rate('en')} for an hour.`.trim(),
  };
  return { ...all, questions: { ...all.questions, [IN_KIND]: { ...asked, help } } };
}

/** The programme's form with a region's own questions at the end of their parts. */
export function formWith(form: FormFile, added: Readonly<Record<string, AddedQuestion>> = {}): FormFile {
  const parts = Object.entries(form.parts).map(([key, part]) => {
    const own = Object.keys(added).filter((path) => added[path]?.part === key);
    return [key, { ...part, questions: [...part.questions, ...own.sort()] }] as const;
  });
  return { ...form, parts: Object.fromEntries(parts), questions: { ...form.questions, ...added } };
}
