import { brinOf, canonicalJson, institutionOf, sha256, type Instant } from '#lib/kernel';
import type { RequestKey } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { withoutDeclined, type Standing } from './party/taking-part.js';

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
  /** School or board it comes from, by BRIN or number; null: another organisation, a person. */
  readonly leadInstitution: string | null;
  readonly complete: boolean;
  /** Whether an open answer may still be repaired after closing. */
  readonly repairable: boolean;
  readonly eligible: boolean | null;
  readonly eligibility: string;
}

/** What stands beside the answers and counts: what parties said, and the files in which a virus was found, by id. */
export interface Beside {
  readonly parties: readonly Standing[];
  readonly infected: readonly string[];
}

export const NOTHING: Beside = { parties: [], infected: [] };

/** The verdict of the conditions: who said no does not take part, and what a file must prove, a file proves. */
export async function judgeEligibility(
  frozen: FrozenRules,
  rulesHash: string,
  content: WrittenProposal['content'],
  { parties, infected }: Beside,
): Promise<Pick<JudgedProposal, 'eligible' | 'eligibility'>> {
  const form = await frozen.form(rulesHash);
  const facts = withoutDeclined(form.factsIn(content, infected), parties);
  const { met, verdicts } = await frozen.eligibility(rulesHash, facts);
  const stored = verdicts.map(({ condition, verdict, missing }) => ({
    ...{ condition, verdict, missing: missing.map((path) => form.questionOf(path)) },
  }));
  return { eligible: met, eligibility: JSON.stringify(stored) };
}

export async function judgeProposal(
  frozen: FrozenRules,
  rulesHash: string,
  { title, content }: WrittenProposal,
  beside: Beside = NOTHING,
): Promise<JudgedProposal> {
  const form = await frozen.form(rulesHash);
  const text = canonicalJson(content);
  const faults = form.faults(title, content, beside.infected);
  const repairable = form.repairable();
  const lead = (content['lead'] ?? {}) as Lead;
  return {
    content: text,
    // The name of the plan is an answer too: a receipt proves it with the others.
    contentHash: sha256(canonicalJson({ ...content, title })),
    organisation: lead.name ?? '',
    leadInstitution: leadInstitutionOf(content),
    complete: faults.length === 0,
    repairable: faults.some(({ path }) => repairable.includes(path)),
    ...(await judgeEligibility(frozen, rulesHash, content, beside)),
  };
}

interface Lead {
  readonly kind?: string;
  readonly name?: string;
  readonly institution?: string;
}

/** School or board that a proposal comes from: as it was given; else the school that takes part under the same name. */
export function leadInstitutionOf(content: WrittenProposal['content']): string | null {
  const { kind, name, institution = '' } = (content['lead'] ?? {}) as Lead;
  const { schools } = content;
  if (kind === 'PERSON') return null;
  const given = institutionOf(institution);
  if (given !== null) return given;
  const taking = (Array.isArray(schools) ? schools : []) as readonly {
    readonly name?: string;
    readonly brin?: string;
  }[];
  return brinOf(taking.find((school) => name !== undefined && school.name === name)?.brin ?? '');
}
