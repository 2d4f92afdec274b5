import type { Database } from '#lib/database';
import {
  claimDocuments,
  documentFailed,
  documentIsMade,
  keepPrint,
  type DueDocument,
  type Letter,
  type PrintedLetter,
} from '#lib/documents';
import type { Language } from '#lib/kernel';
import type { Chore, ThreadPool } from '#lib/queue';
import { PRINT_MODULE } from '../computations.js';
import type { IssuedDocuments } from './issued-documents.js';

export interface DocumentWork {
  /** Connected as the role worker. */
  readonly database: Database;
  readonly documents: IssuedDocuments;
  readonly pool: ThreadPool;
}

const LANGUAGES: readonly Language[] = ['nl', 'en'];
/** Documents printed in one go: a thread starts the press once for all of them. */
const BATCH = 20;
/** So long a claim holds; printing a batch takes seconds. */
const LEASE_SECONDS = 300;

/** Puts what was issued into words and prints it, in both languages, on a thread: the process goes on with its mails and terms. */
export function documentChore(work: DocumentWork): Chore {
  const run = async (signal: AbortSignal): Promise<number> => {
    if (work.pool.free === 0 || signal.aborted) return 0;
    const due = await claimDocuments(work.database, BATCH, LEASE_SECONDS);
    if (due.length === 0) return 0;
    await makeAll(work, due, signal);
    return due.length;
  };
  return { name: 'documents', run };
}

/** A document that cannot be made holds up no other: then each is tried alone. */
async function makeAll(work: DocumentWork, due: readonly DueDocument[], signal: AbortSignal): Promise<void> {
  try {
    await make(work, due, signal);
  } catch (error) {
    if (signal.aborted) return;
    if (due.length > 1) for (const one of due) await makeAll(work, [one], signal);
    else await fail(work, due, error);
  }
}

async function make(
  { database, documents, pool }: DocumentWork,
  due: readonly DueDocument[],
  signal: AbortSignal,
): Promise<void> {
  const letters: Letter[] = [];
  for (const { id, region } of due)
    for (const language of LANGUAGES) letters.push(await documents.letter({ id, region, actor: null }, language));
  const prints = (await pool.run({ module: PRINT_MODULE, input: { letters }, signal })) as readonly PrintedLetter[];
  for (const [i, document] of due.entries()) {
    const { id, region } = document;
    await database.unit({ regions: [region], actor: null }, async (tx) => {
      for (const [j, language] of LANGUAGES.entries()) {
        const print = prints[i * LANGUAGES.length + j];
        if (print !== undefined) await keepPrint(tx, document, { language, ...print });
      }
      await documentIsMade(tx, id);
    });
  }
}

async function fail({ database }: DocumentWork, [one]: readonly DueDocument[], error: unknown): Promise<void> {
  if (one === undefined) return;
  const reason = (error as { message?: string }).message ?? String(error);
  await database.unit({ regions: [one.region], actor: null }, (tx) => documentFailed(tx, one.id, reason));
}
