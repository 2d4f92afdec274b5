/** What tests share: throw-away databases and builders that say only what matters. */
export { openTestDatabase, prepareTemplate, type TestDatabase } from './test-database.js';
