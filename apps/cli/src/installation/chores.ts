import pg from 'pg';
import { Database } from '#lib/database';
import { sealAudit } from '#lib/engine';
import { Mailbox, openTransport, sendDueMail, Templates } from '#lib/notices';
import { ChoreRunner, type Chore } from '#lib/queue';
import type { Closers } from './closers.js';

/** What the work that nobody waits for needs. */
export interface ChoreOptions {
  readonly workerUrl: string | undefined;
  readonly sealerUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly closers: Closers;
  readonly say: (text: string) => void;
}

const DRAIN_MS = 8_000;

/** Starts what rows ask for: mail and the sealing of the audit trail. Returns the development mailbox when mail goes nowhere else. */
export async function startChores(options: ChoreOptions): Promise<Mailbox | undefined> {
  const { closers, say, smtpUrl } = options;
  const mailbox = smtpUrl === undefined ? await Mailbox.open() : undefined;
  if (mailbox !== undefined) closers.add(() => mailbox.close());
  const chores = [...sealing(options), ...(await mailing(options, smtpUrl ?? mailbox?.smtpUrl ?? ''))];
  const runner = new ChoreRunner({ chores, onError: (chore, error) => say(`${chore}: ${String(error)}`) });
  runner.start();
  closers.add(() => runner.drain(DRAIN_MS));
  return mailbox;
}

async function mailing(options: ChoreOptions, smtpUrl: string): Promise<Chore[]> {
  if (options.workerUrl === undefined) return [];
  const database = await Database.open({ url: options.workerUrl, applicationName: 'regioloket-worker' });
  const transport = openTransport(smtpUrl);
  options.closers.add(() => database.close());
  options.closers.add(() => transport.close());
  const work = {
    database,
    transport,
    templates: Templates.load(),
    from: options.mailFrom,
    worker: `mail-${process.pid}`,
  };
  return [{ name: 'outbox', run: (signal) => sendDueMail(work, signal) }];
}

/** Chains new audit entries under the sealer's own role. */
function sealing({ sealerUrl, closers }: ChoreOptions): Chore[] {
  if (sealerUrl === undefined) return [];
  const pool = new pg.Pool({ connectionString: sealerUrl, max: 1 });
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
