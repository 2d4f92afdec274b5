import type { MultipartFile } from '@fastify/multipart';
import { checkFile, fileName, MAX_FILE_BYTES, type FileKind, type FileStore } from '#lib/files';
import type { AttachmentView } from '#lib/intake';
import { receiveUpload } from '../edge/upload.js';

/** A file that lies in the store and has no row yet. */
export type ReceivedFile = Omit<AttachmentView, 'path'>;

/** Where attachments go. */
export class FileParts {
  constructor(
    readonly store: FileStore,
    /** Whether a virus scanner looks at each file before anybody opens it. */
    readonly isScanned: boolean,
    /** Wakes who has it scanned; never throws, never waits. */
    readonly ring: () => void,
  ) {}

  /** What a new file is. */
  get newState(): 'quarantined' | 'unscanned' {
    return this.isScanned ? 'quarantined' : 'unscanned';
  }

  /** Takes the file of an upload into the store. Throws what the checks of files throw. */
  async receive(upload: MultipartFile, accepts: readonly FileKind[]): Promise<ReceivedFile> {
    const name = fileName(upload.filename);
    return receiveUpload(upload, async (stream, assertWhole) => {
      let mediaType = '';
      const look = async (path: string): Promise<void> => {
        assertWhole();
        ({ mediaType } = await checkFile(path, name, accepts));
      };
      const stored = await this.store.receive(stream, MAX_FILE_BYTES, look);
      return { ...stored, name, mediaType, state: this.newState };
    });
  }

  /** A file of its own with the same bytes, for another proposal: either can be taken away without the other. */
  async copy({ id, name, mediaType }: AttachmentView): Promise<ReceivedFile> {
    const stored = await this.store.receive(this.store.read(id), MAX_FILE_BYTES, () => Promise.resolve());
    return { ...stored, name, mediaType, state: this.newState };
  }

  /** Does the work that gives a file its row and returns whose row there is now; a file of which the row is refused goes again. */
  async keep(id: string, giveRow: () => Promise<string>): Promise<string> {
    let kept = '';
    try {
      kept = await giveRow();
    } finally {
      if (kept !== id) await this.store.remove(id);
    }
    return kept;
  }
}
