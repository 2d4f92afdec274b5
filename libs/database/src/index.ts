/** The way to PostgreSQL: pools, units of work with row-level security, and migrations. */
export { Database, type DatabaseOptions } from './database.js';
export { CalmClient } from './calm-client.js';
export type { Statement, Transaction, UnitScope } from './transaction.js';
export {
  DatabaseAway,
  StaleTransaction,
  StandsAsAnnounced,
  UnitOfWorkNested,
  isDatabaseAway,
} from './database-errors.js';
export { withClient } from './connection.js';
export { DatabaseRefuses } from './connection-fault.js';
export { listMigrations } from './migration-files.js';
export { migrate, migrateDown, MigrationFailed } from './migrate.js';
export { assertSchemaLevel, MigrationWasChanged, SchemaAhead, SchemaBehind } from './schema-level.js';
export { emptyDatabase } from './empty-database.js';
export { assertTrueClock, restoreClock, shiftClock } from './clock.js';
export { hasEmbedded, startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from './embedded/embedded.js';
export {
  ensureDatabase,
  ensureRoles,
  newPasswords,
  roleUrls,
  type RolePasswords,
  type RoleUrls,
} from './embedded/roles.js';
export { PostgresCannotRun } from './embedded/binaries.js';
