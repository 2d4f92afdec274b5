import { DomainError } from '#lib/kernel';

/** The question is not asked, or its answer is no file. */
export class QuestionTakesNoFiles extends DomainError {
  readonly code = 'question-takes-no-files';
  constructor(path: string) {
    super('This question takes no files.', { path });
  }
}

/** A question, and a proposal as a whole, takes only so many files. */
export class TooManyFiles extends DomainError {
  readonly code = 'too-many-files';
  constructor(most: number) {
    super('There are as many files as there may be.', { most });
  }
}

/** Nobody opens a file that the virus scanner has not seen yet. */
export class AttachmentInQuarantine extends DomainError {
  readonly code = 'attachment-in-quarantine';
  constructor(name: string) {
    super('The file has not been scanned yet.', { name });
  }
}

/** The file was destroyed because a virus was found in it. */
export class AttachmentInfected extends DomainError {
  readonly code = 'attachment-infected';
  constructor(name: string) {
    super('A virus was found in the file, and it was destroyed.', { name });
  }
}
