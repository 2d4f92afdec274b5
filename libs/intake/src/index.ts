/** What initiators bring in: proposals and their answers. */
export { proposalCatalogue } from './proposal-catalogue.js';
export { missingParts, ProposalContentDto } from './proposal-content.js';
