import { openTransport, sendDueMail, Templates } from '#lib/notices';
import { Database } from '#lib/database';
import { freePort } from '#lib/testing';
import { openSlowSink } from '../support/slow-sink.js';
import type { BenchWorld } from './bench-world.js';
import { per, ratio, type Results } from './table.js';

const COUNT = 3_000;

/** Mails per second from the outbox, beside nodemailer with the same mails and the same five connections and nothing else. */
export async function benchMails({ noord, cluster }: BenchWorld): Promise<Results> {
  await noord.look.query(`update outbox set status = 'cancelled', secret = null where status in ('new', 'held')`);
  const sink = await openSlowSink(await freePort(), 0);
  const transport = openTransport(sink.url);
  const templates = Templates.load();
  const view = {
    name: 'Leraar',
    number: '2027-1-001',
    title: 'Schoon water uit eigen hand',
    call: 'Ronde 2027-1',
    region: 'Noord',
    sender: 'Noord',
  };
  const bare = await seconds(async () => {
    const { subject, text, html } = templates.render('admitted', 'nl', view);
    const queue = Array.from({ length: COUNT }, (_, i) => i).values();
    const lane = async (): Promise<void> => {
      for (const i of queue)
        await transport.sendMail({ from: 'loket@x.example', to: `a${i}@x.example`, subject, text, html });
    };
    await Promise.all(Array.from({ length: 5 }, lane));
  });
  await noord.look.query(
    `insert into outbox (region, event_id, recipient_key, template, language, to_address, view, message_id)
     select 'noord', gen_random_uuid(), n::text, 'admitted', 'nl', 'a' || n || '@x.example', $2, '<' || n || '@bench.example>' from generate_series(1, $1) n`,
    [COUNT, JSON.stringify(view)],
  );
  const workers = await Database.open({ url: cluster.workerUrl, poolSize: 8 });
  const work = { database: workers, transport, templates, from: 'loket@x.example', worker: 'bench' };
  const ours = await seconds(async () => {
    while ((await sendDueMail(work)) > 0);
  });
  await workers.close();
  transport.close();
  await sink.close();
  return {
    title: 'Mails per second',
    about: `${COUNT} mails to an SMTP server in the same process, five connections. Ours are rendered, stored before the attempt and marked after it, each in a transaction.`,
    rows: [
      ['', 'mails/s', 'of bare nodemailer'],
      ['nodemailer alone', per(COUNT / bare), '1.00'],
      ['outbox', per(COUNT / ours), ratio(bare, ours)],
    ],
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}
