import { DomainError } from '#lib/kernel';
import { listMigrations } from './migration-files.js';

/** The database lacks migrations that this version needs. Run `regioloket migrate`. */
export class SchemaBehind extends DomainError {
  readonly code = 'schema-behind';
  constructor(lacking: readonly string[]) {
    const first = lacking[0] ?? '';
    super(
      `The schema of the database lacks ${lacking.length} migration(s), from ${first} on: run regioloket migrate.`,
      {
        lacking: [...lacking],
      },
    );
  }
}

/** A later version of Regioloket migrated the database; this one does not know what it finds there. */
export class SchemaAhead extends DomainError {
  readonly code = 'schema-ahead';
  constructor(unknown: readonly string[]) {
    super(`The database was migrated by a later version (${unknown.join(', ')}): start that version.`, {
      unknown: [...unknown],
    });
  }
}

/** A migration that already ran was edited afterwards. Undo the edit and write a new migration instead. */
export class MigrationWasChanged extends DomainError {
  readonly code = 'migration-was-changed';
  constructor(name: string) {
    super(`The migration ${name} was changed after it ran.`, { name });
  }
}

interface RanMigration {
  readonly name: string;
  readonly sha256: string;
}

/** Whoever answers one statement: the pools of a process, or the owner's client. */
export type Answers = (text: string) => Promise<readonly unknown[]>;

const RAN = 'select name, sha256 from migration_file order by name';
/** No such table, or not for this role (which reads it since 0130): an older schema than any that can be judged. */
const NOTHING_TO_READ = new Set(['42P01', '42501']);

/** For every process that does not migrate itself. Throws SchemaBehind, SchemaAhead, MigrationWasChanged. */
export async function assertSchemaLevel(answers: Answers): Promise<void> {
  const ran = await ranIn(answers);
  refuseUnknown(ran);
  const names = new Set(ran.map(({ name }) => name));
  const lacking = listMigrations().filter(({ name }) => !names.has(name));
  if (lacking.length > 0) throw new SchemaBehind(lacking.map(({ name }) => name));
}

/** What ran in a database; nothing when it is empty or older than the bookkeeping can be read. */
export async function ranIn(answers: Answers): Promise<readonly RanMigration[]> {
  try {
    return (await answers(RAN)) as readonly RanMigration[];
  } catch (error) {
    if (NOTHING_TO_READ.has((error as { readonly code?: string }).code ?? '')) return [];
    throw error;
  }
}

/** Throws SchemaAhead, MigrationWasChanged. */
export function refuseUnknown(ran: readonly RanMigration[]): void {
  const hashes = new Map(listMigrations().map(({ name, sha256 }) => [name, sha256]));
  const unknown = ran.filter(({ name }) => !hashes.has(name));
  if (unknown.length > 0) throw new SchemaAhead(unknown.map(({ name }) => name));
  const changed = ran.find(({ name, sha256 }) => hashes.get(name) !== sha256);
  if (changed !== undefined) throw new MigrationWasChanged(changed.name);
}
