import { DomainError } from '#lib/kernel';

/** What is wrong with a file, each with a sentence of its own (messages.ts). */
export type FileFault =
  | 'file-missing'
  | 'file-empty'
  | 'file-kind-not-taken'
  | 'file-is-another-kind'
  | 'file-is-damaged'
  | 'file-has-macros'
  | 'file-is-locked'
  | 'file-unpacks-too-large'
  | 'file-has-too-many-pixels';

/** The file cannot be taken; the code says why. */
export class FileRefused extends DomainError {
  constructor(
    readonly code: FileFault,
    name = '',
    more: Readonly<Record<string, string | number>> = {},
  ) {
    super(`The file was refused: ${code}.`, { name, ...more });
  }
}

/** The file is larger than may be sent. */
export class FileTooLarge extends DomainError {
  readonly code = 'file-too-large';
  constructor(readonly mostBytes: number) {
    super('The file is too large.', { most: Math.floor(mostBytes / 1024 / 1024) });
  }
}

/** The folder of the files is full; nothing was kept. */
export class FileStoreFull extends DomainError {
  readonly code = 'file-store-full';
  constructor() {
    super('There is no room left for files.');
  }
}

/** The upload ended before the file did. */
export class UploadBroken extends DomainError {
  readonly code = 'upload-broken';
  constructor() {
    super('The upload ended before the whole file was there.');
  }
}
