import { startEmbedded } from '#lib/database';
import type { Start } from './open-server.js';

/** Addresses of the database, one per role; owner and sealer are absent when the operator keeps them elsewhere. */
export interface Addresses {
  readonly appUrl: string;
  readonly workerUrl?: string | undefined;
  readonly ownerUrl?: string | undefined;
  readonly sealerUrl?: string | undefined;
  /** Whether the database is this installation's own, which may get demo accounts. */
  readonly isEmbedded: boolean;
}

/** The database of the settings, or the embedded one of the folder. */
export async function openDatabase({ settings, folder, closers, say }: Start): Promise<Addresses> {
  const { DATABASE_URL: appUrl, DATABASE_WORKER_URL: workerUrl } = settings;
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_SEALER_URL: sealerUrl } = settings;
  if (appUrl !== undefined) return { appUrl, workerUrl, ownerUrl, sealerUrl, isEmbedded: false };
  const embedded = await startEmbedded({ dataFolder: folder });
  // Only the holder of the lock runs on this folder, so a server that still ran was left behind by one that was killed.
  if (embedded.adopted) say('Took over the database of an installation that had not ended properly.');
  closers.add(() => embedded.stop());
  return { ...embedded, isEmbedded: true };
}
