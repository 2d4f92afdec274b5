/** Files that people bring: kept under a random id with a hash, checked before anybody opens them, and handed out safely. */
export { FileStore, type StoredFile } from './file-store.js';
export { checkFile, type CheckedFile } from './check/check-file.js';
export { FILE_KINDS, kindOf, MAX_FILE_BYTES, type FileKind } from './file-kinds.js';
export { fileName } from './file-name.js';
export { downloadHeaders } from './download-headers.js';
export { FileRefused, FileStoreFull, FileTooLarge, UploadBroken, type FileFault } from './file-errors.js';
export { scannerAddress, scanWithClamd, ScannerAway, type ScannerAddress, type Verdict } from './clamd.js';
export { FILES_MESSAGES } from './messages.js';
