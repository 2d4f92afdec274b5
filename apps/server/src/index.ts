/** The HTTP server: REST under /api/v1 and the pages. */
export { startServer, type RunningServer } from './server.js';
export { pageAddress } from './pages/page-address.js';
export { FileParts } from './attachments/file-parts.js';
