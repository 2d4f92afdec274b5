import { canonicalJson, sha256, type Instant } from '#lib/kernel';
import type { RequestKey } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';

/** What the lead applicant writes. */
export interface WrittenProposal {
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface IntakeRequest {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key?: RequestKey | undefined;
}

/** The columns that follow from what was written, judged by the frozen rules of the call. */
export interface JudgedProposal {
  readonly content: string;
  readonly contentHash: string;
  readonly organisation: string;
  readonly complete: boolean;
  /** Whether an open answer may still be repaired after closing. */
  readonly repairable: boolean;
  readonly eligible: boolean | null;
  readonly eligibility: string;
}

export async function judgeProposal(
  frozen: FrozenRules,
  rulesHash: string,
  { title, content }: WrittenProposal,
): Promise<JudgedProposal> {
  const { met, verdicts } = await frozen.eligibility(rulesHash, content);
  const form = await frozen.form(rulesHash);
  const text = canonicalJson(content);
  const faults = form.faults(title, content);
  const repairable = form.repairable();
  const lead = content['lead'] as { name?: string } | undefined;
  return {
    content: text,
    contentHash: sha256(text),
    organisation: lead?.name ?? '',
    complete: faults.length === 0,
    repairable: faults.some(({ path }) => repairable.includes(path)),
    eligible: met,
    eligibility: JSON.stringify(verdicts.map(({ condition, verdict, missing }) => ({ condition, verdict, missing }))),
  };
}
