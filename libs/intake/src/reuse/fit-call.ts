import { DomainError, type Text } from '#lib/kernel';
import { FITTING, type FrozenRules } from '#lib/regulation';

/** The call is for another region or another kind of applicant: nothing that is written can make the proposal fit. */
export class ProposalDoesNotFitCall extends DomainError {
  readonly code = 'proposal-does-not-fit-call';
  constructor(call: string, labels: Text) {
    super('This call is for others.', { call, labels });
  }
}

/** What a call says of answers that come from elsewhere. */
export interface CallFit {
  /** Why it is no call for this applicant or these schools; empty: it may be. */
  readonly refusals: readonly Text[];
  /** Questions of its form that are still to be answered. */
  readonly missing: readonly Text[];
}

interface Written {
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Judges by the frozen rules of the call: by what no answer can repair, and by what its form still asks. */
export async function fitOf(frozen: FrozenRules, rulesHash: string, { title, content }: Written): Promise<CallFit> {
  const { verdicts } = await frozen.eligibility(rulesHash, content);
  const refused = verdicts.filter(({ condition, verdict }) => verdict === 'not-met' && FITTING.includes(condition));
  const form = await frozen.form(rulesHash);
  const open = new Set(form.faults(title, content, []).map(({ path }) => path));
  return {
    refusals: refused.map(({ message }) => message),
    missing: [...open].map((path) => form.file.questions[path]?.label ?? { nl: path, en: path }),
  };
}

/** Throws ProposalDoesNotFitCall. */
export async function assertFits(
  frozen: FrozenRules,
  { rulesHash, number }: { readonly rulesHash: string; readonly number: string },
  written: Written,
): Promise<void> {
  const { refusals } = await fitOf(frozen, rulesHash, written);
  if (refusals.length === 0) return;
  const inWords = (language: keyof Text): string => refusals.map((text) => text[language]).join(' ');
  throw new ProposalDoesNotFitCall(number, { nl: inWords('nl'), en: inWords('en') });
}
