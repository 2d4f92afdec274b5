import { leadInstitutionOf } from '#lib/intake';
import { onceWords, type OnceRule } from '#lib/regulation';
import type { InputFault } from '../unusable-input.js';
import { contentFaults } from './content-faults.js';
import type { ProposalInFile } from './round-file.js';

/** Proposals of one applicant over the limit of the region's once-rule, which would stop their admission. What was granted before is not known here. */
export function onceFaults(proposals: readonly ProposalInFile[], rule: OnceRule | undefined): InputFault[] {
  if (rule === undefined || !('atMost' in rule)) return [];
  const applicants = proposals.map((proposal) => applicantOf(proposal, rule.per));
  return applicants.flatMap((applicant, i) => {
    const before = applicants.slice(0, i).filter((one) => one === applicant).length;
    if (applicant === null || before < rule.atMost) return [];
    return [{ pointer: `/proposals/${i}/content/lead`, message: `is one too many: ${onceWords(rule).label.en}` }];
  });
}

/** Who a proposal counts for; null: nobody, as a company has no number, and what is refused before the others are admitted does not count. */
function applicantOf({ applicant, content, refuse }: ProposalInFile, per: 'school' | 'board'): string | null {
  if (refuse !== undefined || contentFaults(content, '').length > 0) return null;
  const institution = leadInstitutionOf(content);
  if (institution === null) return kindOf(content) === 'PERSON' ? applicant.email.toLowerCase() : null;
  if (per === 'school' && /^\d{5}$/.test(institution)) return null;
  const schools = (content['schools'] ?? []) as readonly { readonly brin?: string; readonly board?: string }[];
  const board = schools.find(({ brin }) => brin === institution)?.board;
  return per === 'board' ? (board ?? institution) : institution;
}

function kindOf(content: ProposalInFile['content']): string | undefined {
  return (content['lead'] as { readonly kind?: string } | undefined)?.kind;
}
