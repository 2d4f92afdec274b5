import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { runDueCommands, expireDueTerms } from '#lib/engine';
import { Database } from '#lib/database';
import { readProposal } from '#lib/intake';
import { dateOf, instantOf, wallTimeOf, type CalendarDate, type Instant } from '#lib/kernel';
import { Templates } from '#lib/notices';
import { CreateCall, RegisterOutage } from '#lib/regulation';
import { addWorkingDays } from '#lib/terms';
import { openRound } from '#app/worker';
import { FrozenClock } from '../support/frozen-clock.js';
import { PageReader } from '../support/page-reader.js';
import { viewerOf } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { mailsAbout } from '../support/variant-region.js';

/** One moment of the day, and what everybody is told then. */
interface Told {
  readonly list: string;
  readonly call: string;
  readonly api: string;
  readonly calendar: string;
  readonly start: string;
  readonly proposal: string;
  readonly check: string;
  /** Whether one who submits at that moment is told to be late: after sending, at the proposal, to the secretary there, over the API, in the mail. */
  readonly receipt: string;
}

const GRACE = 15;
let noord: TestRound;
let server: RunningServer;
let clock: FrozenClock;
let workers: Database;
let day: CalendarDate;
const played = new Map<string, Told>();

beforeAll(async () => {
  noord = await TestRound.open({ members: 2, applicants: 1 });
  server = await serve(noord);
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
  clock = new FrozenClock(noord.look);
  day = addWorkingDays(dateOf(await noord.database.now()), 3);
});
afterAll(async () => {
  const table = process.env['TABLE'];
  if (table !== undefined) process.stdout.write(`\n${tableOf(played)}\n`);
  await clock.runOn();
  await workers.close();
  await server.stop();
  await noord.close();
});

const lead = (): string => noord.people.applicants[0] ?? '';
const at = (time: string): Instant => instantOf(`${day}T${time}`);
const work = (): Parameters<typeof expireDueTerms>[0] => ({
  engine: openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined }).engine,
  ...{ database: workers, worker: 'test' },
});

interface Prepared {
  readonly call: string;
  /** One to look at and one to submit. */
  readonly drafts: readonly string[];
}

/** A call that closes at five with a quarter of an hour of grace, and a draft that is ready. */
async function prepare(number: string): Promise<Prepared> {
  const { coordinator, decider, region } = noord.people;
  const { engine, frozen } = noord.round;
  await clock.at(at('09:00'));
  const receivedAt = await noord.database.now();
  const call = await new CreateCall(noord.database, engine, frozen).execute(
    {
      ...{ region, programme: 'innovatie-wt', number, name: { nl: `Ronde ${number}`, en: `Call ${number}` } },
      ...{ opensAt: at('08:00'), closesAt: at('17:00'), graceMinutes: GRACE },
    },
    { actorId: coordinator, receivedAt },
  );
  await noord.act('call', call, 'publish', decider);
  await noord.act('call', call, 'open', coordinator);
  const drafts: string[] = [];
  for (let i = 0; i < 2; i++) drafts.push(await noord.draft(call, lead(), { title: `Plan ${number} ${i}` }));
  return { call, drafts };
}

/** Reads every face at one moment, and submits the second draft then. */
/** Reads every face at one moment, and submits the second draft then. */
async function tellAt(moment: Instant, { call, drafts }: Prepared): Promise<Told> {
  await clock.at(moment);
  const pages = new PageReader(noord.look, server.url);
  const [draft = '', sent = ''] = drafts;
  const number = String((await noord.one('select number from call where id = $1', [call]))['number']);
  const read = async (path: string): Promise<string> => inWords(await pages.textOf(lead(), path));
  const hub = await read(`/aanvragen/${draft}`);
  const told: Told = {
    list: partOf(await read('/rondes'), number),
    call: within((await read(`/rondes/${call}`)).replace('Bekijk de vragen ', ''), CALL_SAYS),
    api: await apiOf(call),
    calendar: String(await pages.statusOf(lead(), `/rondes/${call}/sluiting.ics`)),
    start: within(await read('/'), new RegExp(`(?<=Plan ${number} 0 Ronde ${number} ).*?uur`)),
    proposal: `${within(hub, /(?<=Concept ).*?\.(?= Het loket| U kunt nog)/)} ${within(hub, /(Indienen kan nog|Sluiting van de ronde) .*?uur/)}`,
    check: within(await read(`/aanvragen/${draft}/controleren`), /De sluiting is voorbij.*?meedoet\./),
    receipt: await receiptOf(pages, sent),
  };
  return told;
}

const CALL_SAYS =
  /(Begin een aanvraag )?(Opent|Sluit|Gesloten op) .*?uur( Zet in mijn agenda)?( De sluiting van deze ronde .*?(reden:|verleggen)[^.]*\.)?/;

/** What one who submits now is told, on the page, at the proposal, over the API and in the mail. */
async function receiptOf(pages: PageReader, id: string): Promise<string> {
  const answer = await pages.send(lead(), `/aanvragen/${id}/indienen`, {});
  if (answer.status !== 303) return `not taken, ${answer.status}`;
  const proposal = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
    readProposal(tx, id),
  );
  const [mail] = await mailsAbout(noord, id, 'receipt');
  const late = /kwam na de sluiting binnen|ontvingen haar na de sluiting van/;
  return [
    late.test(await pages.textOf(lead(), `/aanvragen/${id}/ingediend`)),
    late.test(await pages.textOf(lead(), `/aanvragen/${id}`)),
    late.test(await pages.textOf(noord.people.secretary, `/aanvragen/${id}`)),
    proposal?.receipts[0]?.inTime === false && proposal.isLate,
    late.test(mail?.text ?? ''),
  ]
    .map((isLate) => (isLate ? 'late' : 'silent'))
    .join(' ');
}

async function apiOf(call: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/calls/${call}`);
  const told = (await answer.json()) as Record<string, string | null>;
  return ['closesAt', 'plannedAt', 'closedAt'].map((key) => `${key} ${clockOf(told[key])}`).join(', ');
}

const addressOf = async (id: string): Promise<unknown> =>
  (await noord.one('select email::text as email from person where id = $1', [id]))['email'];
const within = (text: string, pattern: RegExp): string => pattern.exec(text)?.[0].trim() ?? '–';

const LONG = { timeZone: 'Europe/Amsterdam', day: 'numeric', month: 'long' } as const;
/** Days by their place in the story, and no lengths of time: the test reads the same on every day. */
function inWords(text: string): string {
  const short = (of: CalendarDate): string => new Intl.DateTimeFormat('nl-NL', LONG).format(new Date(`${of}T12:00Z`));
  return text
    .replace(/(ma|di|woens|donder|vrij|zater|zon)(an)?(n?s)?dag (?=\d)/g, '')
    .replaceAll(new RegExp(`${short(day)}( \\d{4})?`, 'g'), 'D')
    .replaceAll(new RegExp(`${short(next())}( \\d{4})?`, 'g'), 'N')
    .replace(/(?<=Indienen kan nog )\d+ (minuten|uur|uren|dagen|dag)/, '…');
}

const next = (): CalendarDate => addWorkingDays(day, 1);
const clockOf = (instant: string | null | undefined): string =>
  instant == null ? '–' : `${dateOf(instant) === day ? 'D' : 'N'} ${wallTimeOf(instant).slice(11, 16)}`;

/** Under which heading of the list a call stands, with its date. */
function partOf(list: string, number: string): string {
  const place = list.indexOf(number);
  const heading = ['Nu open', 'Gaat open', 'Gesloten'].filter((one) => list.lastIndexOf(`${one} `, place) >= 0).at(-1);
  return `${heading ?? '–'}: ${within(list.slice(place), /(Eerder gesloten\. De reden: .*?\. )?(Sluit|Opent|Gesloten op) [DN]/)}`;
}

function tableOf(rows: ReadonlyMap<string, Told>): string {
  const lines = [...rows].flatMap(([name, told]) => [
    `## ${name}`,
    ...Object.entries(told).map(([face, words]) => `- ${face}: ${String(words)}`),
  ]);
  return lines.join('\n');
}

const OPEN: Told = {
  list: 'Nu open: Sluit D',
  call: 'Begin een aanvraag Sluit D, 17.00 uur Zet in mijn agenda',
  api: 'closesAt D 17:00, plannedAt –, closedAt –',
  calendar: '200',
  start: 'Nodig vóór D, 17.00 uur',
  proposal: 'Alles is ingevuld. U kunt indienen. Indienen kan nog … D, 17.00 uur',
  check: '–',
  receipt: 'silent silent silent silent silent',
};
const CLOSED: Told = {
  list: 'Gesloten: Gesloten op D',
  call: 'Gesloten op D, 17.00 uur',
  api: 'closesAt D 17:00, plannedAt –, closedAt D 17:00',
  calendar: '404',
  start: 'De sluiting was D, 17.00 uur',
  proposal: 'De sluiting is voorbij. Sluiting van de ronde voorbij D, 17.00 uur',
  check:
    'De sluiting is voorbij. U kunt nog indienen. Is uw aanvraag te laat, dan leest u dat zodra u hebt ingediend. Het bestuur beslist dan of zij nog meedoet.',
  receipt: 'silent silent silent silent silent',
};
const LATE = 'late late late late late';

describe('the day of a closing', () => {
  it.each([
    ['a second before the closing', '16:59:59', OPEN],
    ['at the closing, which is its first moment that is told as closed', '17:00', CLOSED],
    ['in the grace, of which nobody is told', '17:05', CLOSED],
    ['after the grace, when lateness is told to whom it concerns', '17:15', { ...CLOSED, receipt: LATE }],
  ])('says the same everywhere %s', async (name, time, expected) => {
    const told = await tellAt(at(time), await prepare(`2030-${played.size}`));
    played.set(name, told);
    expect(told).toEqual(expected);
  });

  it('moves forward everywhere when the call is closed early, with the reason', async () => {
    const early = await prepare('2030-8');
    await noord.one(
      `insert into party (region, proposal_id, role, organisation, contact_name, email, language, part, state, token_hash, asked_at, expires_at)
       values ('noord', $1, 'partner', 'Bedrijf', 'B. Baas', 'bedrijf@x.example', 'nl', '{}', 'asked', $2, app_now(), app_now() + interval '1 day')`,
      [early.drafts[0], 'f'.repeat(64)],
    );
    await clock.at(at('12:00'));
    await noord.act('call', early.call, 'close-early', noord.people.decider, { reason: 'Het geld is op.' });
    const told = await tellAt(at('12:00:30'), early);
    played.set('closed early, half a minute ago', told);
    const { rows } = await noord.look.query<{ to: string; view: Record<string, unknown> }>(
      `select o.to_address as to, o.view from outbox o join transition t on t.id = o.event_id where t.subject_id = $1
        and o.template = 'call-closed-early' order by 1`,
      [early.call],
    );
    expect(rows.map(({ to }) => to)).toEqual(['bedrijf@x.example', await addressOf(lead())]);
    const mail = Templates.load().render('call-closed-early', 'nl', { sender: 'Noord', page: '', ...rows[0]?.view });
    expect(inWords(mail.text)).toMatch(
      /is gesloten op D, 12:00.*Aangekondigd was D, 17:00.* De reden: Het geld is op\./s,
    );
    expect(told).toEqual({
      ...CLOSED,
      list: 'Gesloten: Eerder gesloten. De reden: Het geld is op. Gesloten op D',
      call: 'Gesloten op D, 12.00 uur De sluiting van deze ronde De ronde is eerder gesloten dan was aangekondigd: op D, 12.00 uur, en niet op D, 17.00 uur. De reden: Het geld is op.',
      api: 'closesAt D 12:00, plannedAt D 17:00, closedAt D 12:00',
      start: 'De sluiting was D, 12.00 uur',
      proposal: 'De sluiting is voorbij. Sluiting van de ronde voorbij D, 12.00 uur',
      receipt: LATE,
    });
  });

  it('moves on everywhere when the call is opened again after an outage', async () => {
    const out = await prepare('2030-9');
    await clock.at(at('17:30'));
    await expireDueTerms(work());
    const { coordinator, decider } = noord.people;
    const outage = { region: 'noord', startsAt: at('16:30'), endsAt: at('17:10'), note: 'Storing.' };
    const receivedAt = await noord.database.now();
    await new RegisterOutage(noord.database).execute(viewerOf(coordinator, 'noord', 'coordinator'), outage, {
      receivedAt,
    });
    const newClosing = instantOf(`${next()}T17:00`);
    await noord.act('call', out.call, 'extend', decider, { newClosing, reason: 'Door de storing.' });
    await runDueCommands(work());
    const told = await tellAt(at('18:00'), out);
    played.set('opened again after an outage', told);
    const why =
      'De sluiting van deze ronde Er was een storing van D, 16.30 uur tot D, 17.10 uur. Storing. De sluiting is verlegd van D, 17.00 uur naar N, 17.00 uur. De reden: Door de storing.';
    expect(told).toEqual({
      ...OPEN,
      list: 'Nu open: Sluit N',
      call: `Begin een aanvraag Sluit N, 17.00 uur Zet in mijn agenda ${why}`,
      api: 'closesAt N 17:00, plannedAt –, closedAt –',
      start: 'Nodig vóór N, 17.00 uur',
      proposal: 'Alles is ingevuld. U kunt indienen. Indienen kan nog … N, 17.00 uur',
    });
  });
});
