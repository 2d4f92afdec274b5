import { hostname } from 'node:os';
import pg from 'pg';
import { attachmentChores, COMPUTATIONS, documentChore, openingChores, openRound, roundChores } from '#app/worker';
import { CalmClient, Database, withClient } from '#lib/database';
import { sealAudit } from '#lib/engine';
import { mailChore, Mailbox, openTransport, Templates } from '#lib/notices';
import { ChoreRunner, jobChore, ThreadPool, type Bell, type Chore } from '#lib/queue';
import { assertFits, messageIdsOf, openBell, openFiles, type Start } from './open-server.js';
import { siteLinks } from './site-links.js';

interface WorkAddresses {
  readonly workerUrl?: string | undefined;
  readonly sealerUrl?: string | undefined;
}

const DRAIN_MS = 8_000;

/** Starts what rows ask for: mail, terms, commands, reminders and the sealing. Returns the development mailbox when mail goes nowhere else. */
export async function startWork(start: Start, { workerUrl, sealerUrl }: WorkAddresses): Promise<Mailbox | undefined> {
  const { closers, say, settings } = start;
  const mailbox = settings.SMTP_URL === undefined ? await Mailbox.open() : undefined;
  if (mailbox !== undefined) closers.add(() => mailbox.close());
  const smtpUrl = settings.SMTP_URL ?? mailbox?.smtpUrl ?? '';
  const bell = workerUrl === undefined ? undefined : await openBell(start, workerUrl);
  const working = workerUrl === undefined ? [] : await choresOf(start, { workerUrl, smtpUrl, bell });
  const chores = [...(await sealing(start, sealerUrl)), ...working];
  const runner = new ChoreRunner({ chores, onError: (chore, error) => say(`${chore}: ${String(error)}`) });
  bell?.listen((ring) => runner.wake(ring));
  runner.start();
  closers.add(() => runner.drain(DRAIN_MS));
  return mailbox;
}

interface WorkOf {
  readonly workerUrl: string;
  readonly smtpUrl: string;
  readonly bell: Bell | undefined;
}

async function choresOf(start: Start, { workerUrl, smtpUrl, bell }: WorkOf): Promise<Chore[]> {
  const { closers, settings, site } = start;
  const database = await Database.open({ url: workerUrl, applicationName: 'regioloket-worker' });
  closers.add(() => database.close());
  await assertFits(database);
  const transport = openTransport(smtpUrl);
  closers.add(() => transport.close());
  const { LEASE_SECONDS: leaseSeconds, CLAMD_URL: scannerUrl } = settings;
  const worker = `worker-${hostname()}-${process.pid}`;
  const ring = (): void => bell?.ring('outbox');
  const messageIds = messageIdsOf(start);
  const { engine, frozen, documents } = openRound(database, { messageIds, ring });
  const { links, pageOf } = siteLinks(() => site.url);
  const from = settings.MAIL_FROM;
  const mail = { database, transport, templates: Templates.load(), from, pageOf, worker, leaseSeconds, say: start.say };
  const pool = new ThreadPool(settings.WORKER_THREADS);
  return [
    mailChore(mail),
    ...roundChores({ engine, database, worker, leaseSeconds }),
    ...attachmentChores({ database, frozen, worker, messageIds, store: await openFiles(start), scannerUrl }),
    ...openingChores({ database, messageIds, linkTo: links.opening }),
    documentChore({ database, documents, pool }),
    jobChore({ database, worker, leaseSeconds, pool, computations: COMPUTATIONS }),
  ];
}

/** Chains new audit entries under the sealer's own role. */
async function sealing({ closers }: Start, sealerUrl: string | undefined): Promise<Chore[]> {
  if (sealerUrl === undefined) return [];
  // A wrong address is told at the start, not by every round of sealing.
  await withClient(sealerUrl, (sealer) => sealer.query('select 1'));
  const pool = new pg.Pool({ connectionString: sealerUrl, max: 1, Client: CalmClient });
  pool.on('error', () => undefined);
  closers.add(() => pool.end());
  const run = async (): Promise<number> => {
    const client = await pool.connect();
    try {
      return await sealAudit(client);
    } finally {
      client.release();
    }
  };
  return [{ name: 'audit', run }];
}
