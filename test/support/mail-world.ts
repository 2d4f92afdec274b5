import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Database } from '#lib/database';
import { writeAudit, writeNotices, type Notice } from '#lib/engine';
import { openTestDatabase } from '#lib/testing';

const MESSAGE_IDS = { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' };

/** A database with two regions and mails that an act wrote. */
export interface MailWorld {
  readonly workers: Database;
  readonly look: pg.Client;
  readonly workerUrl: string;
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** Writes a mail with its event; returns the id of its row. */
  write(address: string, more?: Partial<Notice>): Promise<string>;
  row(id: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function openMailWorld(): Promise<MailWorld> {
  const test = await openTestDatabase();
  const database = await Database.open({ url: test.appUrl, poolSize: 2 });
  const workers = await Database.open({ url: test.workerUrl, poolSize: 12 });
  const look = new pg.Client({ connectionString: test.superUrl });
  await look.connect();
  await look.query(`insert into region values ('noord', 'Noord', 'North'), ('zuid', 'Zuid', 'South')`);
  const one = async (sql: string, values: unknown[]): Promise<Record<string, unknown>> =>
    (await look.query<Record<string, unknown>>(sql, values)).rows[0] ?? {};
  return {
    ...{ workers, look, workerUrl: test.workerUrl, appUrl: test.appUrl, ownerUrl: test.ownerUrl },
    write: async (address, more = {}) => {
      const eventId = await act(database, address, more);
      return (await one('select id from outbox where event_id = $1', [eventId]))['id'] as string;
    },
    row: (id) => one('select * from outbox where id = $1', [id]),
    close: async () => {
      await look.end();
      await workers.close();
      await database.close();
      await test.drop();
    },
  };
}

async function act(database: Database, address: string, more: Partial<Notice>): Promise<string> {
  const eventId = randomUUID();
  const view = { name: 'A', number: '1', title: 'T', call: 'C', region: 'Noord', isAwb: true };
  const notice: Notice = {
    ...{ region: 'noord', eventId, recipientKey: address, template: 'withdrawn', language: 'nl' },
    ...{ to: { address, name: 'A. Voorbeeld' }, view },
    ...more,
  };
  const { region } = notice;
  await database.unit({ regions: [region], actor: null }, async (tx) => {
    const audit = { act: 'test', subjectKind: 'proposal', subjectId: eventId, data: { event: eventId } };
    await writeAudit(tx, { region, actor: null, ...audit });
    await writeNotices(tx, [notice], MESSAGE_IDS);
  });
  return eventId;
}
