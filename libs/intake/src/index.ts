/** What initiators bring in: proposals and their answers. */
export { leadInstitutionOf } from './write-proposal.js';
export { proposalCatalogue } from './proposal-catalogue.js';
export { ProposalContentDto } from './proposal-content.js';
export { AnswerByLinkDto, AnswerPartDto, WritePartyDto } from './dto/party.dto.js';
export * from './dto/initiative.dto.js';
export { WriteProposalDto } from './dto/proposal.dto.js';
export { CallTakesNoProposals, CreateProposal } from './create-proposal.js';
export { ProposalNotInYourHands, takesAnswers, takesSubstance } from './assert-in-hand.js';
export { SaveProposal } from './save-proposal.js';
export { proposalPort, type ProposalParts } from './proposal-port.js';
export { isInOrder } from './is-in-order.js';
export { proposalContext, toLeadApplicant } from './to-lead-applicant.js';
export { staffOf, toStaff } from './to-staff.js';
export { askedForIn, changeable, labelsOf, withOnly } from './completion/asked-for.js';
export * from './completion/completion-errors.js';
export {
  listOwnProposals,
  newestOwnProposals,
  listProposals,
  readProposal,
  type Outcome,
  type ProposalRow,
  type ProposalView,
} from './read-proposals.js';
export { isNamed, UNNAMED } from './is-named.js';
export { readReceipt, type ReceiptView } from './read-receipt.js';
export { INTAKE_MESSAGES } from './messages.js';
export { initiativeCatalogue } from './initiative/initiative-catalogue.js';
export { initiativePort } from './initiative/initiative-port.js';
export * from './initiative/initiative-content.js';
export * from './initiative/initiative-errors.js';
export { SaveInitiative, StartInitiative } from './initiative/start-initiative.js';
export {
  listInitiatives,
  listMatched,
  listOffers,
  listOpenInitiatives,
  pageOfInitiatives,
  pageOfOpenInitiatives,
  readInitiative,
  readInitiativeOf,
  readOpenInitiative,
  type InitiativeRow,
  type InitiativeView,
  type MatchedPartner,
  type OfferView,
  type OpenInitiative,
} from './initiative/read-initiatives.js';
export { MatchOffer } from './initiative/match-offer.js';
export { OFFER_KINDS, OfferHelp, type HelpOffer, type LinkedOffer } from './initiative/offer-help.js';
export { ConsultRegion, type Consultation } from './initiative/consult-region.js';
export { ConvertInitiative } from './initiative/convert-initiative.js';
export { INITIATIVE_INVARIANTS } from './initiative/initiative-invariants.js';
export * from './attachment/attachment-errors.js';
export {
  assertReadable,
  infectedOf,
  questionForFiles,
  type AttachmentView,
  type NewFile,
} from './attachment/attachment.js';
export { AddAttachment } from './attachment/add-attachment.js';
export { insertAttachment } from './attachment/insert-attachment.js';
export { TooManyFiles } from './attachment/attachment-errors.js';
export { RemoveAttachment } from './attachment/remove-attachment.js';
export { scanDueAttachments, type ScanWork } from './attachment/scan-due-attachments.js';
export { ATTACHMENT_INVARIANTS } from './attachment/attachment-invariants.js';
export {
  maskedIban,
  PARTY_ROLES,
  withMaskedAccount,
  type Part,
  type PartyView,
  type WrittenParty,
} from './party/party.js';
export { unconfirmedOf, type Unconfirmed } from './party/taking-part.js';
export { HoursAreWorthMore } from './party/valued-part.js';
export { mayChangeRole } from './party/party-questions.js';
export { listParties } from './party/list-parties.js';
export { WriteParties } from './party/write-parties.js';
export { listMandatedParts, type MandatedPart } from './party/mandated-parts.js';
export { outcomeForParties } from './party/to-parties.js';
export { participantsOf, pledgesOf, type Participant } from './party/participants.js';
export { PARTY_INVARIANTS } from './party/party-invariants.js';
export { AnswerPart, type OpenPart, type PartAnswer } from './party/answer-part.js';
export * from './party/party-errors.js';
export * from './co-writer/co-writer-errors.js';
export { listCoWriters, type CoWriterView } from './co-writer/list-co-writers.js';
export { WriteCoWriters, type AskedColleague } from './co-writer/write-co-writers.js';
export { InviteCoWriterDto } from './dto/co-writer.dto.js';
export { carryOver, type CarriedOver, type LeftOut } from './reuse/carry-over.js';
export { ProposalDoesNotFitCall, type CallFit } from './reuse/fit-call.js';
export { CallIsNotOpen, isOver, ProposalIsNotOver, ReuseProposal } from './reuse/reuse-proposal.js';
export { readSetAside, type SetAside } from './taking-back/read-set-aside.js';
export { readOrigin, type ProposalOrigin } from './reuse/read-origin.js';
export { AskOpening, type LinkedOpening, type OpeningWish, type WaitingOpening } from './opening/ask-opening.js';
export { NothingToTell, OpeningAskedTooOften } from './opening/opening-errors.js';
export { dropOpenings, tellOpenings, type OpeningWork } from './opening/tell-openings.js';
export { AskQuestion, takesQuestions } from './question/ask-question.js';
export { HandleQuestion, type PublishedWords } from './question/handle-question.js';
export * from './question/read-questions.js';
export { AskCheck, takesChecks } from './early-check/ask-check.js';
export { AnswerCheck, type MissingPoint } from './early-check/answer-check.js';
export * from './early-check/read-checks.js';
export { receiptLetter, type ReceiptFigures } from './receipt/receipt-letter.js';
export { applicationLetter, type ApplicationMark, type WrittenApplication } from './application/application-letter.js';
export { keptUntil } from './application/kept-until.js';
