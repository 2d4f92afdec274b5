/** What initiators bring in: proposals and their answers. */
export { proposalCatalogue } from './proposal-catalogue.js';
export { ProposalContentDto } from './proposal-content.js';
export { WriteProposalDto } from './dto/proposal.dto.js';
export { CallTakesNoProposals, CreateProposal } from './create-proposal.js';
export { ProposalNotInYourHands } from './assert-in-hand.js';
export { SaveProposal } from './save-proposal.js';
export { proposalPort, type ProposalParts } from './proposal-port.js';
export { proposalContext, toLeadApplicant } from './to-lead-applicant.js';
export { toStaff } from './to-staff.js';
export { askedForIn, changeable, labelsOf, withOnly } from './completion/asked-for.js';
export * from './completion/completion-errors.js';
export {
  listOwnProposals,
  listProposals,
  readProposal,
  type ProposalRow,
  type ProposalView,
} from './read-proposals.js';
export { INTAKE_MESSAGES } from './messages.js';
export { initiativeCatalogue } from './initiative/initiative-catalogue.js';
export { initiativePort } from './initiative/initiative-port.js';
export * from './initiative/initiative-content.js';
export * from './initiative/initiative-errors.js';
export { SaveInitiative, StartInitiative } from './initiative/start-initiative.js';
export {
  listInitiatives,
  listOffers,
  listOpenInitiatives,
  readInitiative,
  type InitiativeView,
  type OfferView,
} from './initiative/read-initiatives.js';
export { MatchOffer, OFFER_KINDS, OfferHelp, type HelpOffer } from './initiative/offer-help.js';
export { ConsultRegion } from './initiative/consult-region.js';
export { ConvertInitiative } from './initiative/convert-initiative.js';
export { INITIATIVE_INVARIANTS } from './initiative/initiative-invariants.js';
export { PARTY_ROLES, type PartyView, type WrittenParty } from './party/party.js';
export { listParties, WriteParties } from './party/list-parties.js';
export { AnswerPart, type OpenPart, type PartAnswer } from './party/answer-part.js';
export * from './party/party-errors.js';
