import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, type RunningServer } from '#app/server';
import { checkInvariants } from '#lib/engine';
import { ATTACHMENT_INVARIANTS } from '#lib/intake';
import { pdfOf } from '#lib/testing';
import { PageReader } from '../support/page-reader.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { mailsAbout, regulate } from '../support/variant-region.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let files: TestFiles;
const lead = (): string => noord.people.applicants[0] ?? '';

/** Two equal proposals, granted and announced; the id of the first. */
const decided = async (number: string): Promise<string> => {
  const { decider, applicants } = noord.people;
  const call = await noord.openCall(number);
  await noord.seatAll(call);
  const ids: string[] = [];
  for (const applicant of applicants) ids.push(await noord.scored(call, applicant, 4));
  await noord.rank(call);
  for (const id of ids) {
    await noord.prepared(id);
    await noord.act('proposal', id, 'grant', decider);
  }
  await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
  await noord.act('call', call, 'announce', decider);
  return ids[0] ?? '';
};

let own: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  const { database, round } = noord;
  const people = {
    messageIds: MESSAGE_IDS,
    links: LINKS,
  };
  files = await openTestFiles();
  const stored = files.parts(false);
  server = await startServer({ database, host: '127.0.0.1', port: 0, isHttps: false, round, people, files: stored });
  pages = new PageReader(noord.look, server.url);
  own = await decided('2027-1');
});
afterAll(async () => {
  await server.stop();
  await noord.close();
  files.remove();
});

/** Everything that who applied reads of a proposal, on pages and in mails. */
const wordsAbout = async (id: string): Promise<readonly string[]> => {
  const texts: string[] = [];
  for (const path of ['', '/besluit', '/bezwaar', '/uitleg', '/ingediend'])
    texts.push(await pages.textOf(lead(), `/aanvragen/${id}${path}`));
  for (const template of ['receipt', 'admitted', 'decision-letter'])
    texts.push(...(await mailsAbout(noord, id, template)).map(({ subject, text }) => `${subject} ${text}`));
  return texts;
};

describe('the words of a decision', () => {
  it('are those of a region’s own rules', async () => {
    const texts = await wordsAbout(own);
    expect(texts.flatMap((text) => text.match(/[^.]*(besluit|bezwaar|subsidie)[^.]*/gi) ?? [])).toEqual([]);
    expect(texts.join(' ')).toMatch(/Beslissing over aanvraag .* De beslissing .* Waarom deze beslissing\?/);
  });

  it('are those of the Awb elsewhere', async () => {
    await regulate(noord, { regime: 'AWB' });
    const texts = await wordsAbout(await decided('2027-2'));
    expect(texts.flatMap((text) => text.match(/[^.]*(beslissing|herziening)[^.]*/gi) ?? [])).toEqual([]);
    expect(texts.join(' ')).toMatch(/Besluit over aanvraag .* Het besluit .* Waarom dit besluit\?/);
  });
});

describe('where one can object', () => {
  it('is the site, and the address of the network: on the page, in the letter and in the mail', async () => {
    const address = 'Demo-netwerk Noord, Postbus 90101, 9700 ZZ Groningen';
    const page = await pages.textOf(lead(), `/aanvragen/${own}/besluit`);
    const [mail] = await mailsAbout(noord, own, 'decision-letter');
    for (const text of [page, mail?.text.replace(/\s+/g, ' ')]) expect(text).toContain(address);
  });
});

describe('an act with something missing', () => {
  it('says what and how at each field, and links there from the top', async () => {
    const call = await noord.openCall('2027-3');
    await noord.seatAll(call);
    const id = await noord.scored(call, lead(), 4);
    await noord.rank(call);
    const chair = noord.people.members[0] ?? '';
    const key = noord.criteria[0] ?? '';
    const answer = async (fields: Readonly<Record<string, string>>): Promise<string> =>
      (await pages.send(chair, `/aanvragen/${id}/acties/advise`, fields)).text();
    const reason = { [`reasonsPerCriterion-${key}`]: 'Past in het schoolplan.' };
    const page = await answer(reason);
    expect(page).toMatch(/href="#outcome">Uitkomst: kies wat het wordt</);
    expect(page).toContain('id="outcome-fout"');
    const some = await answer({ outcome: 'grant', ...reason });
    expect(some).not.toContain(`reasonsPerCriterion-${key}-fout`);
    for (const other of noord.criteria.slice(1)) expect(some).toContain(`id="reasonsPerCriterion-${other}-fout"`);
    const none = await answer({ outcome: 'grant' });
    for (const one of noord.criteria) expect(none).toContain(`href="#reasonsPerCriterion-${one}"`);
  });
});

describe('an objection', () => {
  it('is registered with its day and words, and the secretary gets it as a task that ends by hand', async () => {
    const path = `/aanvragen/${own}/bezwaar`;
    const { secretary, members } = noord.people;
    expect(await pages.statusOf(secretary, path)).toBe(404);
    expect((await pages.send(lead(), path, { reasons: 'Het bedrag is te laag.' })).status).toBe(303);
    expect(await pages.textOf(lead(), path)).toContain('Wij hebben dit ontvangen');
    expect(await pages.textOf(secretary, '/')).toContain('Een aanvrager is het er niet mee eens');
    const read = await pages.textOf(secretary, path);
    for (const words of ['Het bedrag is te laag.', 'op tijd', 'Leraar']) expect(read).toContain(words);
    expect(await pages.page(secretary, `/aanvragen/${own}/besluit`)).toContain(`href="${path}"`);
    for (const stranger of [members[1] ?? '', noord.people.applicants[1] ?? ''])
      expect(await pages.statusOf(stranger, path)).toBe(404);
    const done = /action="(\/taken\/[^"]*)"/.exec(await pages.page(secretary, '/'))?.[1] ?? '';
    expect((await pages.send(secretary, done, {})).status).toBe(303);
    expect(await pages.textOf(secretary, '/')).not.toContain('is het er niet mee eens');
  });

  it('takes files along, that its sender and the secretary read and nobody reads as an answer', async () => {
    const path = `/aanvragen/${own}/bezwaar/bestanden`;
    const { secretary, members } = noord.people;
    const letter = new File([new Uint8Array(pdfOf('bezwaar'))], 'bezwaar.pdf');
    const sent = await pages.send(lead(), path, {}, letter);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/aanvragen/${own}/bezwaar#bestanden`]);
    const refused = await pages.send(lead(), path, {}, new File(['x'], 'bezwaar.exe'));
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('wt-errorsum')]);
    expect((await pages.send(secretary, path, {}, letter)).status).toBe(404);
    const href =
      /href="([^"]*bestanden\/[^"]*)"/.exec(await pages.page(secretary, `/aanvragen/${own}/bezwaar`))?.[1] ?? '';
    expect(await pages.statusOf(secretary, href)).toBe(200);
    expect(await pages.statusOf(members[1] ?? '', href)).toBe(404);
    expect(await pages.textOf(secretary, `/aanvragen/${own}`)).not.toContain('bezwaar.pdf');
    expect(await checkInvariants(noord.look, ATTACHMENT_INVARIANTS)).toEqual([]);
  });
});

describe('a place that two proposals share', () => {
  it('is written as each language writes numbers', async () => {
    const path = `/aanvragen/${own}/besluit`;
    expect(await pages.textOf(lead(), path)).toContain('plaats 1,5 van 2');
    expect(await pages.textOf(lead(), path, 'en')).toContain('ranks 1.5 of 2');
  });
});
