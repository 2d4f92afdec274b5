/** What tests share: throw-away databases and servers, and builders that say only what matters. */
export { openTestDatabase, prepareTemplate, type TestDatabase } from './test-database.js';
export { hasRedis, openTestRedis, type TestRedis } from './test-redis.js';
export { freePort } from './free-port.js';
export { duoFiles, DUO_SIZES, type DuoFiles } from './duo-files.js';
export { docxOf, jpgOf, pdfOf, pngOf, xlsxOf, zipOf, type ZipEntry } from './sample-files.js';
export { EICAR, FakeClamd } from './fake-clamd.js';
export {
  contestedAssignment,
  generatedAssignment,
  type AssignmentSize,
  type GeneratedAssignment,
} from './assignment-inputs.js';
export {
  generatedAllocation,
  inSmallerUnits,
  smallAllocation,
  type GeneratedAllocation,
  type GeneratedRequest,
} from './allocation-inputs.js';
