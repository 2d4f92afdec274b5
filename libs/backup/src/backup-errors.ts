import { DomainError } from '#lib/kernel';

/** The file is no backup of Regioloket, or it was cut off. */
export class NotABackup extends DomainError {
  readonly code = 'not-a-backup';
  constructor(file: string, why: string) {
    super(`${file} is no backup of Regioloket, or it was cut off: ${why}.`, { file, why });
  }
}

/** Parts of the backup are not what was written. Take another backup; nothing was restored. */
export class BackupIsDamaged extends DomainError {
  readonly code = 'backup-is-damaged';
  constructor(readonly parts: readonly string[]) {
    super(`The backup is damaged: ${parts.join(', ')}. Nothing was restored.`, { parts });
  }
}

/** A newer version of Regioloket made the backup. Restore it with that version. */
export class BackupIsNewer extends DomainError {
  readonly code = 'backup-is-newer';
  constructor(unknown: readonly string[]) {
    super(`The backup comes from a newer version: ${unknown.join(', ')} is not known here.`, { unknown });
  }
}

/** The database holds something already. Restore into an empty one, or `--into` a new folder. */
export class DatabaseNotEmpty extends DomainError {
  readonly code = 'database-not-empty';
  constructor() {
    super('The database is not empty, and nothing in it is overwritten. Choose an empty one.');
  }
}

/** The folder for attachments holds something already. */
export class FilesNotEmpty extends DomainError {
  readonly code = 'files-not-empty';
  constructor(folder: string) {
    super(`The folder ${folder} is not empty, and nothing in it is overwritten.`, { folder });
  }
}

/** The schema is older than the first that can be backed up. Run `regioloket migrate` first. */
export class SchemaTooOld extends DomainError {
  readonly code = 'schema-too-old';
  constructor() {
    super('The schema of this database is too old for a backup. Run regioloket migrate first.');
  }
}
