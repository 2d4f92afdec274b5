import type { FileStore } from '#lib/files';

/** Where attachments go. */
export class FileParts {
  constructor(
    readonly store: FileStore,
    /** Whether a virus scanner looks at each file before anybody opens it. */
    readonly isScanned: boolean,
    /** Wakes who has it scanned; never throws, never waits. */
    readonly ring: () => void,
  ) {}
}
