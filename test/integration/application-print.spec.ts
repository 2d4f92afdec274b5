import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer } from '#app/server';
import { ApplicationPress } from '../../apps/server/src/application/application-press.js';
import { openRound } from '#app/worker';
import { DeclareInterest } from '#lib/committee';
import { Database } from '#lib/database';
import type { Letter } from '#lib/documents';
import { expireDueTerms } from '#lib/engine';
import { readProposal, SaveProposal } from '#lib/intake';
import { PageReader } from '../support/page-reader.js';
import { eligibleContent, viewerOf } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let workers: Database;
let made = 0;
beforeAll(async () => {
  noord = await TestRound.open({ members: 4, applicants: 2 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
});
afterAll(async () => {
  await workers.close();
  await server.stop();
  await noord.close();
});

const folder = mkdtempSync(join(tmpdir(), 'application-'));
const lead = (): string => noord.people.applicants[0] ?? '';
const other = (): string => noord.people.applicants[1] ?? '';
const read = async (person: string, path: string): Promise<string> =>
  Buffer.from(await pages.bytes(person, path)).toString('utf8');
/** The words of a print, page by page. */
const printed = async (person: string, path: string): Promise<readonly string[]> => {
  const file = join(folder, `${++made}.pdf`);
  writeFileSync(file, Buffer.from(await pages.bytes(person, path)));
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  return text.split('\f').filter((page) => page.trim() !== '');
};
const squeezed = (text: string): string => text.replace(/\s+/g, ' ');

/** Typed and no answer: an amount in words, and an answer to a question that nobody asks. */
const TYPED = { 'budget.totalCents': 'ongeveer tien mille', 'partners.0.benefitCents': 'een beetje' };
const content = (): Record<string, unknown> => ({ ...eligibleContent(), typed: TYPED });
const newCall = (): Promise<string> => noord.openCall(`2031-${++made}`, { days: 10 });
/** The closing comes by itself, with everything that the system does then. */
const closes = async (call: string): Promise<void> => {
  await noord.one(
    `update call set closes_at = app_now() - interval '2 minutes', opens_at = opens_at - interval '1 day' where id = $1`,
    [call],
  );
  await noord.one(
    `update term set due_at = app_now() - interval '1 second' where state = 'running' and period = 'P0D'
      and (subject_id = $1 or subject_id in (select id from proposal where call_id = $1))`,
    [call],
  );
  const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
  await expireDueTerms({ engine, database: workers, worker: 'test' });
};
/** The date a year from today, as pages say it. */
const inAYear = (): string => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const date = new Date(Date.UTC(year + 1, month - 1, day));
  return new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
};

/** Every answer of `content`, and what was typed and is none. */
const WHOLE = [
  ...['Schoon water uit eigen hand', 'Leerlingen ontwerpen een waterzuivering', 'Basisschool De Voorbeeldige'],
  ...['90AA00', 'Technisch Bedrijf Voorbeeld', 'KvK 90000001', 'In het najaar bereiden de teams voor'],
  ...['NL02 ABNA 0123 4567 89', ...Object.values(TYPED)],
];

describe('a draft', () => {
  it('is printed for who writes it, with every answer, and says on every page that it is a draft', async () => {
    const id = await noord.draft(await newCall(), lead(), { content: content() });
    for (const path of [`/aanvragen/${id}/aanvraag.pdf`, `/api/v1/proposals/${id}/print`]) {
      const sheets = await printed(lead(), path);
      for (const [at, sheet] of sheets.entries()) {
        expect(sheet).toContain('Concept, niet ingediend');
        expect(squeezed(sheet)).toContain(`pagina ${at + 1} van ${sheets.length}`);
      }
      for (const piece of WHOLE) expect(squeezed(sheets.join(' '))).toContain(piece);
    }
    expect(await pages.textOf(lead(), `/aanvragen/${id}`)).toContain('Download als pdf');
  });

  it('is text that programs of Windows read too, under a safe name', async () => {
    const id = await noord.draft(await newCall(), lead(), { content: content() });
    const session = await fetch(`${server.url}/aanvragen/${id}/aanvraag.txt`, { headers: await pages.headers(lead()) });
    expect(session.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(session.headers.get('content-disposition')).toMatch(
      /^attachment; filename="aanvraag-2031-\d+-\d+-concept\.txt"/,
    );
    const text = Buffer.from(await session.arrayBuffer()).toString('utf8');
    expect(text.startsWith('\u{feff}Schoon water uit eigen hand\r\n=====')).toBe(true);
    expect(text).toContain('Concept, niet ingediend. Stand van ');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    for (const piece of WHOLE) expect(text).toContain(piece);
    expect(await read(lead(), `/api/v1/proposals/${id}/text`)).toContain(WHOLE[0]);
  });

  it('exists for nobody else', async () => {
    const id = await noord.draft(await newCall(), lead());
    const paths = ['aanvraag.pdf', 'aanvraag.txt', 'niet-ingediend/aanvraag.pdf', 'niet-ingediend/aanvraag.txt'];
    const all = [
      ...paths.map((path) => `/aanvragen/${id}/${path}`),
      ...['print', 'text'].map((format) => `/api/v1/proposals/${id}/${format}`),
    ];
    const { secretary, members } = noord.people;
    for (const person of [other(), secretary, members[1] ?? ''])
      for (const path of all) expect([path, await pages.statusOf(person, path)]).toEqual([path, 404]);
  });

  it('prints whatever was typed in it', async () => {
    const worst = [
      '#panic("x") *Marloes* _y_ $x$ @ref <label> \\ `code` = kop',
      'العربية עברית 漢字 हिन्दी ไทย 👩‍👩‍👧‍👦 🧪 ₂ ∑ \u{f0b7} \u{e123}',
      'w'.repeat(300),
    ].join('\n');
    const id = await noord.draft(await newCall(), lead(), { content: { ...content(), summary: worst } });
    const text = (await printed(lead(), `/aanvragen/${id}/aanvraag.pdf`)).join(' ');
    expect(text).toContain('#panic("x") *Marloes*');
    expect(text).toContain('[U+E123]');
    expect(await read(lead(), `/aanvragen/${id}/aanvraag.txt`)).toContain(worst.replaceAll('\n', '\r\n'));
  });
});

describe('a submitted proposal', () => {
  let id: string;
  beforeAll(async () => {
    const call = await newCall();
    await noord.seatAll(call);
    id = await noord.draft(call, lead());
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    await noord.assign(id, noord.people.members[1] ?? '');
    await noord.act('proposal', id, 'start-review', noord.people.secretary);
    const review = (await noord.one('select id from review where proposal_id = $1', [id]))['id'] as string;
    await noord.act('review', review, 'accept', noord.people.members[1] ?? '');
  });

  it('is printed as it was received, with its hash, equal bytes each time, and without a mark', async () => {
    const path = `/aanvragen/${id}/aanvraag.pdf`;
    const text = (await printed(lead(), path)).join(' ');
    const { hash } = (await noord.one('select content_hash as hash from receipt where proposal_id = $1', [id])) as {
      hash: string;
    };
    expect(text.replace(/\s/g, '')).toContain(hash);
    expect(text).not.toMatch(/Concept|iet zo ingediend/);
    const [one, two] = [await pages.bytes(lead(), path), await pages.bytes(lead(), path)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });

  it('shows the desk the account masked, as its page does', async () => {
    const text = await read(noord.people.secretary, `/aanvragen/${id}/aanvraag.txt`);
    expect(text).toContain('Leerlingen ontwerpen een waterzuivering');
    expect(text).toContain('NL•• ••');
    expect(text).not.toMatch(/NL02 ?ABNA/);
  });

  it('shows a reviewer what is meant for the committee and nothing else', async () => {
    const member = noord.people.members[1] ?? '';
    const [text, sheets] = [
      await read(member, `/aanvragen/${id}/aanvraag.txt`),
      await printed(member, `/aanvragen/${id}/aanvraag.pdf`),
    ];
    for (const all of [text, sheets.join(' ')]) {
      expect(all).toContain('Leerlingen ontwerpen een waterzuivering');
      expect(all).not.toMatch(/ABNA|Op welke rekening|Wie om een bevestiging/);
      expect(all).not.toContain('Kenmerk (SHA-256)');
    }
    const declaring = new DeclareInterest(noord.database, noord.round.engine);
    const interest = { proposalId: id, personId: noord.people.members[2] ?? '', reason: 'Mijn zus werkt er.' };
    const viewer = viewerOf(noord.people.secretary, 'noord', 'secretary');
    await declaring.execute(viewer, interest, { region: 'noord', receivedAt: await noord.database.now() });
    for (const person of [other(), interest.personId])
      for (const format of ['pdf', 'txt'])
        expect(await pages.statusOf(person, `/aanvragen/${id}/aanvraag.${format}`)).toBe(404);
  });

  it('is printed one at a time for each person', async () => {
    const draft = await noord.draft(await newCall(), lead());
    const status = async (person: string, path: string): Promise<number> => pages.statusOf(person, path);
    const paths = [`/aanvragen/${id}/aanvraag.pdf`, `/aanvragen/${draft}/aanvraag.pdf`];
    const both = await Promise.all(paths.map((path) => status(lead(), path)));
    expect([...both].sort()).toEqual([200, 429]);
    // The same twice is one print; another person has a turn of its own.
    const secretary = noord.people.secretary;
    const same = [status(lead(), paths[0] ?? ''), status(lead(), paths[0] ?? ''), status(secretary, paths[0] ?? '')];
    expect(await Promise.all(same)).toEqual([200, 200, 200]);
  });
});

describe('what ended or came late', () => {
  const expired = async (): Promise<string> => {
    const call = await newCall();
    const id = await noord.draft(call, lead(), { content: content() });
    await closes(call);
    return id;
  };
  const withdrawn = async (): Promise<string> => {
    const id = await noord.draft(await newCall(), lead(), { content: content() });
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'withdraw', lead());
    return id;
  };
  const late = async (): Promise<string> => {
    const call = await newCall();
    const id = await noord.draft(call, lead(), { content: content() });
    await noord.one(`update call set closes_at = app_now() - interval '1 second' where id = $1`, [call]);
    await noord.act('proposal', id, 'submit', lead());
    return id;
  };
  const discarded = async (): Promise<string> => {
    const id = await noord.draft(await newCall(), lead(), { content: content() });
    await noord.act('proposal', id, 'discard', lead());
    return id;
  };

  it.each([
    ['expired', expired],
    ['withdrawn', withdrawn],
    ['discarded', discarded],
    ['late', late],
  ])('%s: its page says until when it can be read, and holds all of it, as do text and print', async (_, make) => {
    const id = await make();
    const path = `/aanvragen/${id}`;
    const page = await pages.page(lead(), path);
    expect(squeezed(page)).toContain(
      `U kunt het in ieder geval tot en met ${inAYear()} lezen, kopiëren en downloaden.`,
    );
    const area = /<textarea[^>]*readonly[^>]*>([^]*?)<\/textarea>/.exec(page)?.[1] ?? '';
    const sheets = squeezed((await printed(lead(), `${path}/aanvraag.pdf`)).join(' '));
    const text = await read(lead(), `${path}/aanvraag.txt`);
    for (const piece of WHOLE) for (const all of [area, sheets, text]) expect(all).toContain(piece);
  });

  it('says on every page of what was never submitted that it was not', async () => {
    const sheets = await printed(lead(), `/aanvragen/${await expired()}/aanvraag.pdf`);
    for (const sheet of sheets) expect(sheet).toContain('Niet ingediend');
  });

  it('tells others nothing of how long who applied can read it', async () => {
    const id = await late();
    expect(await pages.textOf(noord.people.secretary, `/aanvragen/${id}`)).not.toContain('in ieder geval tot');
  });
});

describe('what was set aside', () => {
  it('can be read, copied and downloaded whole, and says that it takes no part', async () => {
    const call = await newCall();
    const id = await noord.draft(call, lead());
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'take-back', lead());
    const receivedAt = await noord.database.now();
    const place = { actorId: lead(), region: 'noord', receivedAt };
    const found = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
      readProposal(tx, id),
    );
    const written = { title: 'Schoon water, beter', content: content() };
    await new SaveProposal(noord.database, noord.round.frozen).execute(id, written, found?.revision ?? 0, place);
    const changed = await printed(lead(), `/aanvragen/${id}/aanvraag.pdf`);
    for (const sheet of changed) expect(sheet).toContain('Gewijzigd, niet zo ingediend');
    await closes(call);
    const path = `/aanvragen/${id}/niet-ingediend`;
    const page = squeezed(await pages.page(lead(), path));
    expect(page).toContain(`in ieder geval tot en met ${inAYear()} lezen`);
    const sheets = await printed(lead(), `${path}/aanvraag.pdf`);
    for (const sheet of sheets) expect(sheet).toContain('Niet ingediend, doet niet mee');
    for (const all of [page, squeezed(sheets.join(' ')), await read(lead(), `${path}/aanvraag.txt`)]) {
      expect(all).toContain('Schoon water, beter');
      expect(all).toContain('ongeveer tien mille');
    }
    expect(await read(lead(), `/aanvragen/${id}/aanvraag.txt`)).not.toContain('ongeveer tien mille');
  });
});

describe('a print that nobody waits for any longer', () => {
  it('is given up with a sentence that says what to do instead', async () => {
    const press = new ApplicationPress(1);
    const letter: Letter = {
      ...{ language: 'nl', title: 'Lang', reference: '1', date: '1 december 2026', datedAt: '2026-12-01T09:00:00Z' },
      ...{ sender: { name: 'Noord', lines: [] }, recipient: { name: 'A', lines: [] }, sections: [] },
    };
    await expect(press.print(letter, 'a')).rejects.toMatchObject({ code: 'print-takes-too-long' });
  });
});
