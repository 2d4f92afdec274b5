/** One file with everything an installation knows, and back from it. */
export { writeBackup } from './write-backup.js';
export { restoreBackup, type Restored } from './restore-backup.js';
