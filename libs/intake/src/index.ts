/** What initiators bring in: proposals and their answers. */
export { proposalCatalogue } from './proposal-catalogue.js';
export { missingParts, ProposalContentDto } from './proposal-content.js';
export { WriteProposalDto } from './dto/proposal.dto.js';
export { CallTakesNoProposals, CreateProposal } from './create-proposal.js';
export { ProposalNotInYourHands, SaveProposal } from './save-proposal.js';
export { proposalPort, type ProposalParts } from './proposal-port.js';
export { proposalContext, toLeadApplicant } from './to-lead-applicant.js';
export {
  listOwnProposals,
  listProposals,
  readProposal,
  type ProposalRow,
  type ProposalView,
} from './read-proposals.js';
export { INTAKE_MESSAGES } from './messages.js';
