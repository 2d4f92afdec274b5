/** The HTTP server: REST under /api/v1 and the pages. */
export { startServer, type RunningServer } from './server.js';
