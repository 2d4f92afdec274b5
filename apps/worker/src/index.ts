/** What the processes of a round share, and the work that nobody waits for. */
export { CATALOGUES, openRound, type Round } from './round.js';
export { roundChores } from './round-chores.js';
export { attachmentChores, sweepFiles } from './attachment-chores.js';
export { openingChores } from './opening-chores.js';
export { documentChore } from './documents/document-chore.js';
export { IssuedDocuments } from './documents/issued-documents.js';
export { COMPUTATIONS, PRINT_MODULE } from './computations.js';
export { calculatorOf, KINDS_OF_BUNDLE, NODE_MAJOR } from './calculators.js';
