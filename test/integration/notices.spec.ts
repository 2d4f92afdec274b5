import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { Database } from '#lib/database';
import { writeAudit, writeNotices, type Notice } from '#lib/engine';
import { openTransport, sendDueMail, Templates, type MailTransport } from '#lib/notices';
import { openTestDatabase, type TestDatabase } from '#lib/testing';

const MESSAGE_IDS = { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' };

let test: TestDatabase;
let database: Database;
let workers: Database;
let look: pg.Client;
let smtp: SMTPServer;
let transport: MailTransport & { close(): void };
let received: { to: string; source: string }[] = [];

/** A server that answers by the recipient's name: `busy` 450, `unknown` 550, anything else is accepted. */
beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.appUrl, poolSize: 4 });
  workers = await Database.open({ url: test.workerUrl, poolSize: 12 });
  look = new pg.Client({ connectionString: test.superUrl });
  await look.connect();
  await look.query(`insert into region values ('noord', 'Noord', 'North'), ('zuid', 'Zuid', 'South')`);
  const refusal = (code: number): Error => Object.assign(new Error('refused'), { responseCode: code });
  smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('busy')) done(refusal(450));
      else if (address.startsWith('unknown')) done(refusal(550));
      else done();
    },
    onData: (stream, session, done) => {
      let source = '';
      stream.on('data', (chunk: Buffer) => (source += chunk.toString()));
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo[0]?.address ?? '', source });
        done();
      });
    },
  });
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  smtp.listen(port, '127.0.0.1');
  transport = openTransport(`smtp://127.0.0.1:${port}`);
});

afterAll(async () => {
  transport.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await look.end();
  await workers.close();
  await database.close();
  await test.drop();
});

beforeEach(async () => {
  received = [];
  await look.query('delete from outbox; delete from task');
});

/** Writes an invitation mail with its event, as an act would. */
const write = async (address: string, more: Partial<Notice> = {}): Promise<string> => {
  const eventId = randomUUID();
  const view = { name: 'A. Voorbeeld', region: 'Noord', inviter: 'B', roles: [], expiresAt: '2026-12-31T12:00:00Z' };
  const secret = { link: 'https://site.example/invitation#geheim' };
  const notice: Notice = {
    ...{ region: 'noord', eventId, recipientKey: address, template: 'invitation', language: 'nl' },
    ...{ to: { address, name: 'A. Voorbeeld' }, view, secret },
    ...more,
  };
  await database.unit({ regions: [notice.region], actor: null }, async (tx) => {
    const audit = { act: 'test', subjectKind: 'invitation', subjectId: eventId, data: { event: eventId } };
    await writeAudit(tx, { region: notice.region, actor: null, ...audit });
    await writeNotices(tx, [notice], MESSAGE_IDS);
  });
  return eventId;
};
const send = (more: Partial<Parameters<typeof sendDueMail>[0]> = {}): Promise<number> =>
  sendDueMail({
    ...{ database: workers, transport, templates: Templates.load(), from: 'loket@regioloket.example', worker: 'w1' },
    ...more,
  });
const row = async (eventId: string): Promise<Record<string, unknown>> =>
  (await look.query<Record<string, unknown>>('select * from outbox where event_id = $1', [eventId])).rows[0] ?? {};

describe('the outbox', () => {
  it('sends a mail once, under the Message-ID it was written with, and wipes its secret', async () => {
    const event = await write('a@school.example');
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    const sent = await row(event);
    expect(sent).toMatchObject({ status: 'sent', attempts: 1, secret: null, subject: null, html: null });
    expect(received).toHaveLength(1);
    expect(received[0]?.source.replace(/\s+/g, ' ')).toContain(`Message-ID: ${String(sent['message_id'])}`);
    expect(received[0]?.source).toMatch(/auto-submitted: auto-generated/i);
  });

  it('keeps the text of a mail without a secret, so that a second copy is the same', async () => {
    const secretless = { view: { name: 'A', minutes: 15, secret: { link: 'x' } } };
    const event = await write('a@school.example', { template: 'sign-in-link', ...secretless });
    await look.query('update outbox set secret = null');
    await send();
    expect(await row(event)).toMatchObject({ subject: 'Inloggen bij Regioloket', status: 'sent' });
  });

  it('says under every mail how the desk of its network is reached, and nothing where no regulation says it', async () => {
    const contact = { address: 'Postbus 1, Assen', email: 'loket@noord.example' };
    await look.query(`insert into programme (code, source, content) values ('demo', '', '{}') on conflict do nothing`);
    await look.query(
      `insert into regulation (region, programme, number, status, source, content, adopted_at)
        values ('noord', 'demo', 1, 'adopted', '', jsonb_build_object('contact', $1::jsonb), now())`,
      [JSON.stringify(contact)],
    );
    const view = { name: 'A', number: '1', title: 'T', call: 'C', region: 'Noord', isAwb: true };
    const mail = { template: 'withdrawn', view };
    const [north, south] = [await write('a@x.example', mail), await write('b@x.example', { ...mail, region: 'zuid' })];
    await look.query('update outbox set secret = null');
    await send();
    expect(await row(north)).toMatchObject({
      text: expect.stringContaining('Vragen? Noord: loket@noord.example, Postbus 1, Assen'),
      html: expect.stringContaining('mailto:loket@noord.example'),
    });
    expect(String((await row(south))['text'])).not.toContain('Vragen?');
    await look.query(`delete from regulation`);
  });

  it('leads to the page of what it is about, in text and as a button, and nowhere when there is no page', async () => {
    const view = { name: 'A', number: '1', title: 'T', call: 'C', region: 'Noord', isInOrder: false, isAwb: true };
    const mail = { template: 'admitted', view, about: { kind: 'proposal', id: 'p1' } };
    const pageOf = (template: string, about?: { kind: string; id: string }) =>
      about === undefined ? null : `https://site.example/${template}/${about.kind}/${about.id}`;
    const events = [
      await write('a@school.example', mail),
      await write('b@school.example', { template: 'admitted', view }),
    ];
    await look.query('update outbox set secret = null');
    await send({ pageOf });
    const [led, plain] = [await row(events[0] ?? ''), await row(events[1] ?? '')];
    const address = 'https://site.example/admitted/proposal/p1';
    expect(String(led['text'])).toMatch(new RegExp(`\n\nNaar de pagina: ${address}\n\nAfzender: Noord\n$`));
    expect(String(led['html'])).toContain(`href="${address}"`);
    expect(`${String(plain['text'])}${String(plain['html'])}`).not.toContain('Naar de pagina');
    expect(String(plain['text'])).toMatch(/\n\nAfzender: Noord\n$/);
  });

  it('lets one bad recipient delay nobody: 4xx waits, 5xx bounces with a task, the others get their mail', async () => {
    const busy = await write('busy@school.example');
    const unknown = await write('unknown@school.example');
    for (let i = 0; i < 30; i++) await write(`good${i}@school.example`, i % 2 === 0 ? {} : { region: 'zuid' });
    await send();
    expect(received).toHaveLength(30);
    expect(await row(busy)).toMatchObject({ status: 'new', attempts: 1, last_error: expect.stringContaining('450') });
    const wait = await look.query<{ wait: number }>(
      'select extract(epoch from next_attempt_at - app_now())::int as wait from outbox where event_id = $1',
      [busy],
    );
    expect(wait.rows[0]?.wait).toBeGreaterThan(50);
    const bounced = await row(unknown);
    expect(bounced).toMatchObject({ status: 'bounced', secret: null });
    const tasks = await look.query('select kind, for_role, subject_id, data from task');
    expect(tasks.rows).toEqual([
      {
        ...{ kind: 'mail-not-delivered', for_role: 'secretary', subject_id: bounced['id'] },
        data: { template: 'invitation', status: 'bounced', reason: 'address' },
      },
    ]);
  });

  it('tries a recipient that cannot be reached now again later, and gives up after two days with a task', async () => {
    const event = await write('busy@school.example');
    await send();
    expect(await row(event)).toMatchObject({ status: 'new', attempts: 1 });
    await look.query('update outbox set attempts = 7, next_attempt_at = app_now()');
    await send();
    expect(await row(event)).toMatchObject({ status: 'failed', secret: null });
    expect((await look.query(`select data ->> 'reason' as reason from task`)).rows).toEqual([{ reason: 'deferred' }]);
  });

  it('gives a mail whose sender died to another worker, and never to two at once', async () => {
    const event = await write('a@school.example');
    await look.query(
      `update outbox set status = 'sending', attempts = 1, leased_by = 'dead', lease_until = app_now() - interval '1 second'`,
    );
    const counts = await Promise.all([send({ worker: 'w1' }), send({ worker: 'w2' })]);
    expect([...counts].sort()).toEqual([0, 1]);
    expect(await row(event)).toMatchObject({ status: 'sent', attempts: 2 });
    expect(received).toHaveLength(1);
  });

  it('leaves held mail alone', async () => {
    const event = await write('a@school.example', { holdId: randomUUID() });
    expect(await send()).toBe(0);
    expect(await row(event)).toMatchObject({ status: 'held' });
  });

  it('puts what people wrote neither into a header nor into HTML', async () => {
    const name = 'Eva\r\nBcc: iedereen@school.example <b>{{secret.link}}</b>';
    const view = { name, region: 'Noord', inviter: name, roles: [], expiresAt: '2026-12-31T12:00:00Z' };
    await write('a@school.example', { view, to: { address: 'a@school.example', name } });
    await send();
    const { source = '' } = received[0] ?? {};
    const headers = source.split('\r\n\r\n')[0] ?? '';
    expect(headers).not.toMatch(/^bcc:/im);
    expect(source.split('Content-Type: text/html')[1]).not.toContain('<b>');
    expect(received.map(({ to }) => to)).toEqual(['a@school.example']);
  });

  it('is tried again behind the others when its worker vanished, and given up after five times, with a task', async () => {
    await write('weg@school.example');
    const vanish = async (): Promise<unknown> => {
      await look.query(
        `update outbox set status = 'sending', begun = true, lease_until = app_now() - interval '1 second' where to_address = 'weg@school.example'`,
      );
      await look.query(`select app.claim_outbox('x', 0, interval '1 minute')`);
      const { rows } = await look.query(
        `select status, lost_leases, next_attempt_at > app_now() as later from outbox where to_address = 'weg@school.example'`,
      );
      return rows[0];
    };
    expect(await vanish()).toEqual({ status: 'uncertain', lost_leases: 1, later: true });
    for (let i = 0; i < 3; i++) await vanish();
    expect(await vanish()).toMatchObject({ status: 'failed', lost_leases: 5 });
    const { rows } = await look.query(
      `select kind from task where subject_id = (select id from outbox where to_address = 'weg@school.example')`,
    );
    expect(rows).toEqual([{ kind: 'mail-not-delivered' }]);
  });
});

describe('the templates', () => {
  const templates = Templates.load();
  const view = {
    ...{ name: 'A', region: 'Noord', inviter: 'B', roles: ['lid'], expiresAt: '2026-12-31T12:00:00Z', minutes: 15 },
    secret: { link: 'https://site.example/#x', unsubscribe: 'https://site.example/afmelden' },
    until: '2026-12-20T11:00:00Z',
    ...{
      number: '2027-1-004',
      title: 'Schoon <water>',
      call: 'Ronde 1',
      receivedAt: '2026-12-31T15:59:59.999Z',
      ...{ isComplete: true, isCompletion: true, contentHash: 'a7b1', files: [{ name: 'plan.pdf', sha256: 'c0ffee' }] },
    },
    ...{
      missing: [{ question: 'Wat leren ze ervan?', until: '2027-01-02T16:00:00Z' }],
      ...{ note: 'Vul de rekening in.', about: 'De tweede school doet niet mee.', view: 'Zij doet wel mee.' },
      lastDay: '2027-01-04',
      term: 'de termijn',
      isGranted: true,
      isAwb: true,
      where: ', Postbus 1, 9700 AA Groningen',
      amountCents: 400_000,
    },
    ...{
      ground: '',
      reasons: 'Wij volgen het advies.',
      scores: [{ criterion: 'Delen', score: '4,00' }],
      total: '4,00',
    },
    ...{ isRefused: false, isPartial: true, requestedCents: 500_000, reservePlace: 2, deviationReason: 'Het past.' },
    objectionLastDay: '2027-02-11',
    ...{ outcome: 'Wij denken mee.', answerBy: '2027-01-18', organisation: 'Kwekerij <water>', contact: 'T. van Dam' },
    ...{
      isContact: false,
      isPayee: false,
      giver: 'D. Bestuurder',
      boardName: 'Stichting',
      mayApply: true,
      mayConfirm: true,
    },
    ...{
      applicant: 'A. Voorbeeld',
      isConfirmed: true,
      reason: 'Anders',
      inTime: true,
      closesAt: '2026-12-31T16:00:00Z',
      isLate: true,
      former: { receivedAt: '2026-12-20T11:00:00Z', contentHash: 'ffff' },
      closedAt: '2026-12-24T11:00:00Z',
      plannedAt: '2026-12-31T16:00:00Z',
    },
    ...{ question: 'Telt <water>?', paragraphs: ['Ja.', 'Dat mag.'], mayObject: true, isOral: true },
    ...{ points: [{ label: 'Rekening', text: 'Vul <water> in.' }], note: 'Bel gerust.' },
    ...{ file: 'plan.pdf', isSubmitted: true, sender: 'Noord', lead: 'De <water>school', completeBy: null },
  };

  it.each(templates.names())('%s exists in both languages, with a subject, a text and HTML', (name) => {
    const [nl, en] = (['nl', 'en'] as const).map((language) => templates.render(name, language, view));
    expect(nl?.subject).not.toBe(en?.subject);
    for (const mail of [nl, en]) {
      expect(mail?.html).toContain('<!doctype html>');
      expect(mail?.html).not.toContain('<water>');
      expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/\{\{|undefined/);
    }
  });

  it('put a mailed secret in the text, and the moment and the amount in words of the language', () => {
    expect(templates.render('sign-in-link', 'nl', view).text).toContain('https://site.example/#x');
    expect(templates.render('receipt', 'nl', view).text).toContain('31 december 2026, 16:59:59');
    expect(templates.render('receipt', 'en', view).text).toContain('31 December 2026, 16:59:59');
    expect(templates.render('decision-letter', 'nl', view).text).toContain('€ 4.000,00');
    expect(templates.render('decision-letter', 'en', view).text).toContain('until 11 February 2027');
  });

  it('refuse to leave a place empty', () => {
    expect(() => Templates.load().render('sign-in-link', 'nl', { name: 'A' })).toThrow(/cannot be rendered/);
  });
});
