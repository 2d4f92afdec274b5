import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { RunningServer } from '#app/server';
import { documentChore, openRound } from '#app/worker';
import { Database } from '#lib/database';
import { ROUND_INVARIANTS } from '#lib/decision';
import { DOCUMENT_INVARIANTS } from '#lib/documents';
import { checkInvariants } from '#lib/engine';
import { ThreadPool } from '#lib/queue';
import { PageReader } from '../support/page-reader.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
/** The first is granted, the others refused for lack of money. */
let ids: string[];
let call: string;

const lead = (i: number): string => noord.people.applicants[i] ?? '';
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pdf = async (person: string, path: string): Promise<Buffer> => Buffer.from(await pages.bytes(person, path));

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 3 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  const { decider } = noord.people;
  call = await noord.openCall('2027-1');
  await noord.seatAll(call);
  ids = [];
  for (const [i, score] of [5, 4, 4].entries()) ids.push(await noord.scored(call, lead(i), score));
  await noord.rank(call);
  for (const [i, id] of ids.entries()) {
    const draft = i === 0 ? { outcome: 'grant' } : { outcome: 'refuse', ground: 'ceiling' };
    await noord.prepared(id, draft);
    await noord.act('proposal', id, i === 0 ? 'grant' : 'refuse', decider);
  }
  await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

describe('before the announcement', () => {
  it('staff read the letter as it would be, and nothing is kept of it', async () => {
    const text = await pages.textOf(noord.people.secretary, `/aanvragen/${ids[0] ?? ''}/besluit`);
    expect(text).toContain('Zo ziet de brief er nu uit');
    expect(await noord.one(`select count(*)::int as n from document where kind = 'decision'`)).toEqual({ n: 0 });
    expect(await pages.statusOf(lead(0), `/aanvragen/${ids[0] ?? ''}/besluit`)).toBe(404);
  });
});

describe('what was announced', () => {
  it('is kept in figures, with what it rests on, in the transaction of the announcement', async () => {
    await noord.act('call', call, 'announce', noord.people.decider);
    const { rows } = await noord.look.query<{ figures: Record<string, unknown>; inputs: Record<string, unknown> }>(
      `select figures, inputs from document where kind = 'decision' and call_id = $1 order by figures ->> 'outcome'`,
      [call],
    );
    expect(rows).toHaveLength(3);
    expect(rows[0]?.figures).toMatchObject({ outcome: 'granted', rank: { position: 1, of: 3 } });
    expect(rows[1]?.figures).toMatchObject({ outcome: 'refused', ground: 'ceiling', rank: { of: 3 } });
    expect(rows.map(({ figures }) => figures['reservePlace']).sort()).toEqual([1, 2, null]);
    expect(rows[0]?.inputs).toMatchObject({ decision: expect.any(String), ranking: { hash: expect.any(String) } });
  });

  it('is served as the same bytes whatever happens to a ranking, a seat, a name or a title afterwards', async () => {
    const id = ids[1] ?? '';
    const { secretary } = noord.people;
    const path = `/aanvragen/${id}/besluit`;
    const before = [await pdf(lead(1), `${path}.pdf`), await pages.textOf(lead(1), path)] as const;
    await noord.look.query(`update person set name = 'Iemand Anders' where id = any ($1)`, [
      [...noord.people.members, lead(1)],
    ]);
    await noord.look.query(`update seat set ended_at = now() where call_id = $1`, [call]);
    await noord.look.query(`update region set name_nl = 'Een andere naam' where code = 'noord'`);
    const after = [await pdf(lead(1), `${path}.pdf`), await pages.textOf(lead(1), path)] as const;
    expect(hashOf(after[0])).toBe(hashOf(before[0]));
    expect(after[1]).toBe(before[1]);
    expect(hashOf(await pdf(secretary, `${path}.pdf`))).toBe(hashOf(before[0]));
  });

  it('cannot be changed or deleted, not even by the owner of the database', async () => {
    for (const table of ['document', 'document_text', 'document_print', 'receipt', 'advice', 'ranking', 'announcement'])
      await expect(noord.look.query(`delete from ${table}`)).rejects.toMatchObject({ code: 'RL001' });
    await expect(noord.look.query(`update document set figures = '{}'`)).rejects.toMatchObject({ code: 'RL001' });
  });

  it('is put into words and printed in both languages by a worker, once, whoever read it before', async () => {
    const before = hashOf(await pdf(lead(1), `/aanvragen/${ids[1] ?? ''}/besluit.pdf`));
    const worker = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
    const { documents } = openRound(worker, { messageIds: MESSAGE_IDS, ring: () => undefined });
    const chore = documentChore({ database: worker, documents, pool: new ThreadPool(1) });
    while ((await chore.run(new AbortController().signal)) > 0);
    await worker.close();
    expect(await noord.one('select count(*)::int as n from document_due')).toEqual({ n: 0 });
    expect(await noord.one('select count(*)::int as n from document_print')).toEqual({ n: 2 * (3 + 3 + 3 + 1) });
    expect(hashOf(await pdf(lead(1), `/aanvragen/${ids[1] ?? ''}/besluit.pdf`))).toBe(before);
    expect(await checkInvariants(noord.look, [...DOCUMENT_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
  });

  it('is followed by a version that names it when a place on the reserve list becomes an award, and stays readable', async () => {
    const [first = '', second = ''] = ids;
    const { decider, secretary } = noord.people;
    const path = `/aanvragen/${second}/besluit`;
    const old = await pages.textOf(lead(1), path);
    await noord.look.query(`update ceiling set total_cents = total_cents * 10 where call_id = $1`, [call]);
    expect(first).not.toBe('');
    await noord.act('proposal', second, 'prepare-decision', secretary, { outcome: 'grant', reasons: 'Er is geld.' });
    await noord.act('proposal', second, 'promote', decider);
    const text = await pages.textOf(lead(1), path);
    expect(text).toMatch(/komt in de plaats van onze brief van/);
    expect(text).toContain('Brief 1, van');
    const former = await pages.textOf(lead(1), `${path}/1`);
    expect(former).toContain('Er is een nieuwere');
    expect(former).toContain(old.slice(old.indexOf('Waarom'), old.indexOf('Waarom') + 200));
    expect(await pages.statusOf(lead(2), `${path}/1`)).toBe(404);
    expect(await pages.statusOf(lead(1), `${path}/3`)).toBe(404);
  });
});

describe('a receipt', () => {
  it('is a letter of its own, printed once and for ever', async () => {
    const id = ids[0] ?? '';
    const { id: receipt } = (await noord.one('select id from receipt where proposal_id = $1', [id])) as { id: string };
    const path = `/aanvragen/${id}/ontvangen/${receipt}/bevestiging.pdf`;
    const bytes = await pdf(lead(0), path);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(hashOf(await pdf(lead(0), path))).toBe(hashOf(bytes));
    expect(await pages.statusOf(lead(1), path)).toBe(404);
  });
});
