import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startServer, type RunningServer } from '#app/server';
import { AddAttachment, readProposal, RemoveAttachment, scanDueAttachments } from '#lib/intake';
import { Database } from '#lib/database';
import { pdfOf } from '#lib/testing';
import { PageReader } from '../support/page-reader.js';
import { budgetOf, eligibleContent } from '../support/round-people.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

/** What a condition asks to be proven is proven by a file, and by nothing that was typed or ticked. */
let noord: TestRound;
let workers: Database;
let files: TestFiles;
let server: RunningServer;
let call: string;

beforeAll(async () => {
  noord = await TestRound.open({ members: 4, applicants: 3 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
  files = await openTestFiles();
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
    files: files.parts(false),
  });
  call = await noord.openCall();
});
afterAll(async () => {
  await server.stop();
  await workers.close();
  files.remove();
  await noord.close();
});

const lead = (): string => noord.people.applicants[0] ?? '';
const unproven = (content = eligibleContent()): Promise<string> =>
  noord.draft(call, lead(), { content, unproven: true });
const ticked = (): Promise<string> => {
  const file = { ...(eligibleContent()['file'] as object), schoolPlanProof: true, deMinimisDeclaration: true };
  return unproven(eligibleContent({ file }));
};
const request = async (): Promise<{ actorId: string; region: string; receivedAt: string }> => ({
  ...{ actorId: lead(), region: 'noord', receivedAt: await noord.database.now() },
});
const prove = async (id: string, path: string, state: 'unscanned' | 'quarantined' = 'unscanned'): Promise<string> => {
  const file = {
    id: randomUUID(),
    path,
    name: 'bewijs.pdf',
    mediaType: 'application/pdf',
    bytes: 9,
    sha256: 'a'.repeat(64),
  };
  const adding = new AddAttachment(noord.database, noord.round.frozen, { state, ring: () => undefined });
  return adding.execute(id, file, await request());
};
const verdictOf = async (id: string, condition: string): Promise<unknown> => {
  const view = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
    readProposal(tx, id),
  );
  return view?.eligibility.find((one) => one.condition === condition);
};

describe('what must be proven', () => {
  it('is not proven by a tick, whoever sends it', async () => {
    const id = await ticked();
    expect(await verdictOf(id, 'school-plan')).toMatchObject({
      verdict: 'cannot-be-judged',
      missing: ['answers.schoolPlanFiles'],
    });
    await noord.act('proposal', id, 'submit', lead());
    await expect(noord.act('proposal', id, 'admit', noord.people.secretary)).rejects.toMatchObject({
      facts: { conditions: ['form-is-complete', 'eligible'] },
    });
  });

  it('is proven by a file, as long as it is there', async () => {
    const id = await unproven();
    const file = await prove(id, 'answers.schoolPlanFiles');
    expect(await verdictOf(id, 'school-plan')).toMatchObject({ verdict: 'met' });
    await new RemoveAttachment(noord.database, noord.round.frozen).execute(id, file, await request());
    expect(await verdictOf(id, 'school-plan')).toMatchObject({ verdict: 'cannot-be-judged' });
  });

  it('is proven no more by a file in which a virus is found', async () => {
    const id = await unproven();
    await prove(id, 'answers.schoolPlanFiles', 'quarantined');
    expect(await verdictOf(id, 'school-plan')).toMatchObject({ verdict: 'met' });
    const { frozen } = noord.round;
    const work = { database: workers, frozen, worker: 'w', messageIds: MESSAGE_IDS, destroy: () => Promise.resolve() };
    await scanDueAttachments({ ...work, scan: () => Promise.resolve({ found: 'Eicar' }) });
    expect(await verdictOf(id, 'school-plan')).toMatchObject({ verdict: 'cannot-be-judged' });
  });

  it('of a company that gains is its de minimis declaration', async () => {
    const partners = [{ kind: 'COMPANY', name: 'Technisch Bedrijf', kvk: '90000001', benefitCents: 100 }];
    const file = { ...(eligibleContent()['file'] as object), deMinimisDeclaration: true };
    const id = await unproven(eligibleContent({ partners, file, budget: budgetOf(300_000) }));
    expect(await verdictOf(id, 'state-aid-is-declared')).toMatchObject({
      verdict: 'cannot-be-judged',
      missing: ['answers.deMinimisFiles'],
    });
    await prove(id, 'answers.deMinimisFiles');
    expect(await verdictOf(id, 'state-aid-is-declared')).toMatchObject({ verdict: 'met' });
  });

  it('counts by a tick in calls that were published under a form which asked for one', async () => {
    const where = `where code = 'innovatie-wt'`;
    const { content } = await noord.one(`select content -> 'formFile' as content from programme ${where}`);
    const before = structuredClone(content) as {
      parts: Record<string, { questions: string[] }>;
      questions: Record<string, unknown>;
    };
    before.questions['file.schoolPlanProof'] = {
      ...{
        label: { nl: 'Bewijs', en: 'Proof' },
        schema: { const: true },
        kind: 'tick',
        whenJudged: true,
        reviewers: true,
      },
    };
    delete before.questions['answers.schoolPlanFiles'];
    for (const part of Object.values(before.parts))
      part.questions = part.questions.filter((path) => path !== 'answers.schoolPlanFiles');
    before.parts['file']?.questions.push('file.schoolPlanProof');
    const set = `update programme set content = jsonb_set(content, '{formFile}', $1) ${where}`;
    await noord.look.query(set, [JSON.stringify(before)]);
    const older = await noord.openCall('2027-9');
    await noord.look.query(set, [JSON.stringify(content)]);
    const file = { ...(eligibleContent()['file'] as object), schoolPlanProof: true };
    const id = await noord.draft(older, lead(), { content: eligibleContent({ file }), unproven: true });
    expect(await verdictOf(id, 'school-plan')).toMatchObject({ verdict: 'met' });
  });
});

describe('a completion that asks for a proof', () => {
  it('opens that question, and lets the files of the others be read', async () => {
    const reader = new PageReader(noord.look, server.url);
    const id = await ticked();
    await prove(id, 'answers.attachments');
    await noord.act('proposal', id, 'submit', lead());
    const missing = ['answers.schoolPlanFiles'];
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing });
    const address = `/aanvragen/${id}/onderdelen/attachments/bijlagen`;
    const page = await reader.page(lead(), address);
    expect(page).toContain('id="answers-schoolPlanFiles-bestand"');
    expect(page).not.toContain('id="answers-attachments-bestand"');
    expect(page).not.toContain('value="remove:');
    expect(await reader.textOf(lead(), address)).toMatch(/bewijs\.pdf.*U kunt het lezen en niet veranderen/);
    const sent = new File([new Uint8Array(pdfOf('schoolplan'))], 'schoolplan.pdf');
    expect((await reader.send(lead(), address, { question: 'answers.schoolPlanFiles' }, sent)).status).toBe(303);
    expect(await verdictOf(id, 'school-plan')).toMatchObject({ verdict: 'met' });
  });

  it('of something else leaves the attachments to be read, and takes none', async () => {
    const reader = new PageReader(noord.look, server.url);
    const id = await unproven(eligibleContent({ payee: {} }));
    await prove(id, 'answers.schoolPlanFiles');
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing: ['payee.iban'] });
    const address = `/aanvragen/${id}/onderdelen/attachments/bijlagen`;
    expect(await reader.statusOf(lead(), address)).toBe(200);
    expect(await reader.textOf(lead(), address)).toContain('bewijs.pdf');
    const sent = new File([new Uint8Array(pdfOf('x'))], 'x.pdf');
    expect((await reader.send(lead(), address, { question: 'answers.attachments' }, sent)).status).toBe(409);
  });
});
