import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type RunningServer } from '#app/server';
import { attachmentChores, sweepFiles } from '#app/worker';
import { DeclareInterest } from '#lib/committee';
import { Database } from '#lib/database';
import { checkInvariants, ENGINE_INVARIANTS } from '#lib/engine';
import { FileStore, MAX_FILE_BYTES } from '#lib/files';
import { ATTACHMENT_INVARIANTS, SaveProposal } from '#lib/intake';
import { canonicalJson, sha256 } from '#lib/kernel';
import { csrfTokenOf } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { docxOf, EICAR, FakeClamd, freePort, pdfOf } from '#lib/testing';
import { Mortal } from '../support/mortal.js';
import { eligibleContent, viewerOf } from '../support/round-people.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { mailsAbout } from '../support/variant-region.js';

let noord: TestRound;
let workers: Database;
let call: string;
let folder: string;
let store: FileStore;
let files: TestFiles;
/** One server that has files scanned, and one that does not. */
let site: { scanned: RunningServer; plain: RunningServer };
const tokens = new Map<string, string>();

const serve = async (isScanned: boolean): Promise<RunningServer> =>
  startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
    files: files.parts(isScanned),
  });

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 3 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
  files = await openTestFiles();
  ({ folder, store } = files);
  call = await noord.openCall();
  await noord.seatAll(call);
  site = { scanned: await serve(true), plain: await serve(false) };
});
afterAll(async () => {
  await site.scanned.stop();
  await site.plain.stop();
  await workers.close();
  await noord.close();
  files.remove();
});
afterEach(async () => {
  expect(await checkInvariants(noord.look, [...ATTACHMENT_INVARIANTS, ...ENGINE_INVARIANTS])).toEqual([]);
});

const lead = (): string => noord.people.applicants[0] ?? '';
const draft = (content?: Record<string, unknown>): Promise<string> =>
  noord.draft(call, lead(), { unproven: true, ...(content === undefined ? {} : { content }) });
const filesIn = (where = folder): readonly string[] =>
  readdirSync(where, { recursive: true, withFileTypes: true }).flatMap((one) =>
    one.isFile() && one.name !== 'clock' ? [one.name] : [],
  );

const tokenOf = async (person: string): Promise<string> => {
  const known = tokens.get(person);
  if (known !== undefined) return known;
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [hash, person],
  );
  tokens.set(person, token);
  return token;
};
const as = async (person: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await tokenOf(person)}`,
});

interface Sent {
  readonly by?: string;
  readonly server?: RunningServer;
  readonly name?: string;
  readonly question?: string;
  readonly key?: string;
}
interface Got {
  readonly status: number;
  readonly body: any;
}

const upload = async (proposal: string, bytes: Buffer, sent: Sent = {}): Promise<Got> => {
  const { by = lead(), server = site.plain, name = 'plan.pdf', question = 'answers.attachments' } = sent;
  const body = new FormData();
  body.append('question', question);
  body.append('file', new Blob([new Uint8Array(bytes)]), name);
  const headers = { ...(await as(by)), 'idempotency-key': sent.key ?? randomUUID() };
  const address = `${server.url}/api/v1/proposals/${proposal}/attachments`;
  const response = await fetch(address, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
};
const ask = async (method: string, proposal: string, rest = '', by = lead()): Promise<Got & { headers: Headers }> => {
  const address = `${site.plain.url}/api/v1/proposals/${proposal}/attachments${rest}`;
  const response = await fetch(address, { method, headers: await as(by) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: /^[[{]/.test(text) ? JSON.parse(text) : text };
};
const contentOf = async (proposal: string): Promise<any> =>
  (await noord.one('select content from proposal where id = $1', [proposal]))['content'];
const scan = async (clamd: FakeClamd): Promise<void> => {
  const work = {
    database: workers,
    frozen: noord.round.frozen,
    worker: 'w',
    messageIds: MESSAGE_IDS,
    store,
    scannerUrl: clamd.url,
  };
  const chore = attachmentChores(work).find(({ name }) => name === 'scans');
  while ((await chore?.run(new AbortController().signal)) ?? 0) continue;
};

describe('a file that is sent with a proposal', () => {
  it('goes along when the proposal is used again, as a file of its own, and once', async () => {
    const [old, next] = [await draft(), await noord.openCall(`2028-${randomUUID().slice(0, 8)}`)];
    const bytes = pdfOf('het schoolplan');
    await upload(old, bytes, { name: 'schoolplan.pdf' });
    await noord.act('proposal', old, 'discard', lead());
    const headers = { ...(await as(lead())), 'idempotency-key': randomUUID(), 'content-type': 'application/json' };
    const again = async (): Promise<string> => {
      const address = `${site.plain.url}/api/v1/proposals/${old}/reuse`;
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ callId: next }) });
      return ((await answer.json()) as { id: string }).id;
    };
    const fresh = await again();
    expect(await again()).toBe(fresh);
    const { body: files } = await ask('GET', fresh);
    expect(files).toMatchObject([{ name: 'schoolplan.pdf', path: 'answers.attachments', bytes: bytes.length }]);
    expect((await ask('DELETE', fresh, `/${files[0].id as string}`)).status).toBe(204);
    expect((await ask('GET', old)).body).toMatchObject([{ name: 'schoolplan.pdf' }]);
    expect((await contentOf(fresh)).answers.attachments).toBeUndefined();
  });

  it('is an answer: its name and hash stand in the content, and its bytes come back as they were', async () => {
    const proposal = await draft();
    const bytes = pdfOf('twee kassen');
    const { status, body } = await upload(proposal, bytes, { name: 'map/Twée “kassen”.pdf' });
    expect(status).toBe(201);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const answer = { id: body.id, name: 'Twée “kassen”.pdf', sha256: hash, bytes: bytes.length };
    expect((await contentOf(proposal)).answers.attachments).toEqual([answer]);
    expect((await ask('GET', proposal)).body).toEqual([
      { ...answer, path: 'answers.attachments', mediaType: 'application/pdf', state: 'unscanned' },
    ]);
    expect((await ask('GET', proposal, `/${body.id}`)).body).toBe(bytes.toString());
  });

  it('leaves with headers under which no browser runs it', async () => {
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf(), { name: 'Één (1).pdf' });
    const { headers } = await ask('GET', proposal, `/${body.id}`);
    const named = ['content-type', 'content-disposition', 'content-security-policy', 'x-content-type-options'];
    const more = ['cache-control', 'cross-origin-resource-policy', 'content-encoding'];
    expect([...named, ...more].map((name) => headers.get(name))).toEqual([
      'application/pdf',
      `attachment; filename="Een (1).pdf"; filename*=UTF-8''%C3%89%C3%A9n%20%281%29.pdf`,
      "sandbox; default-src 'none'",
      'nosniff',
      'private, no-store',
      'same-origin',
      null,
    ]);
  });

  it('stands on the receipt with its hash, and stays in the store when a completion takes it out', async () => {
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf());
    await noord.act('proposal', proposal, 'submit', lead());
    const receipt = await noord.one('select content, content_hash from receipt where proposal_id = $1', [proposal]);
    const content = receipt['content'] as { answers: { attachments: { id: string; sha256: string }[] } };
    expect(content.answers.attachments).toMatchObject([
      { id: body.id, sha256: createHash('sha256').update(pdfOf()).digest('hex') },
    ]);
    expect(receipt['content_hash']).toBe(sha256(canonicalJson(content)));
    const [mail] = await mailsAbout(noord, proposal, 'receipt');
    expect(mail?.text).toContain(content.answers.attachments[0]?.sha256);
    expect((await upload(proposal, pdfOf())).body.code).toBe('proposal-not-in-your-hands');
    expect((await ask('DELETE', proposal, `/${body.id}`)).body.code).toBe('proposal-not-in-your-hands');
    await noord.look.query(`update proposal set state = 'Completing', phase = 'screening' where id = $1`, [proposal]);
    expect((await ask('DELETE', proposal, `/${body.id}`)).status).toBe(204);
    await noord.look.query(`update proposal set state = 'Submitted', phase = 'submitted' where id = $1`, [proposal]);
    expect([await sweepFiles(workers, store, 0), await store.has(String(body.id))]).toEqual([0, true]);
  });

  it('goes from the store when it is taken out of a draft', async () => {
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf());
    expect((await ask('DELETE', proposal, `/${body.id}`)).status).toBe(204);
    expect(await store.has(String(body.id))).toBe(false);
    expect((await contentOf(proposal)).answers).not.toHaveProperty('attachments');
    for (const method of ['GET', 'DELETE']) expect((await ask(method, proposal, `/${body.id}`)).status).toBe(404);
  });

  it('is kept once under one key, and another file under that key is refused', async () => {
    const proposal = await draft();
    const key = randomUUID();
    const [first, again] = [await upload(proposal, pdfOf(), { key }), await upload(proposal, pdfOf(), { key })];
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect((await upload(proposal, pdfOf('anders'), { key })).body.code).toBe('idempotency-key-reused');
    await noord.act('proposal', proposal, 'submit', lead());
    const late = await upload(proposal, pdfOf(), { key });
    expect([late.status, late.body.id]).toEqual([201, first.body.id]);
    expect((await upload(proposal, pdfOf())).body.code).toBe('proposal-not-in-your-hands');
    expect((await contentOf(proposal)).answers.attachments).toHaveLength(1);
  });

  it('is written by uploads alone: who saves the answers neither changes nor forges it', async () => {
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf());
    const forged = { ...eligibleContent(), answers: { goal: 'x', attachments: [{ id: randomUUID(), sha256: 'x' }] } };
    const request = { actorId: lead(), region: 'noord', receivedAt: await noord.database.now() };
    const saving = new SaveProposal(noord.database, noord.round.frozen);
    await saving.execute(proposal, { title: 'x', content: forged }, 2, request);
    expect((await contentOf(proposal)).answers).toMatchObject({ goal: 'x', attachments: [{ id: body.id }] });
    const begun = await draft({ answers: { attachments: [{ id: randomUUID(), sha256: 'x' }] } });
    expect(await contentOf(begun)).toEqual({});
  });
});

describe('what is refused', () => {
  it('leaves nothing behind, and says how to repair it', async () => {
    const proposal = await draft();
    const before = filesIn();
    const refused = async (bytes: Buffer, sent: Sent): Promise<unknown> => {
      const { status, body } = await upload(proposal, bytes, sent);
      return [status, body.code, typeof body.detail];
    };
    expect([
      await refused(Buffer.from('<script>alert(1)</script>'), { name: 'plan.pdf' }),
      await refused(Buffer.from('<svg/>'), { name: 'plan.svg' }),
      await refused(Buffer.alloc(0), { name: 'plan.pdf' }),
      await refused(docxOf([{ name: 'word/vbaProject.bin', bytes: Buffer.from('x') }]), { name: 'plan.docx' }),
      await refused(Buffer.concat([pdfOf(), Buffer.alloc(MAX_FILE_BYTES)]), { name: 'plan.pdf' }),
      await refused(pdfOf(), { question: 'answers.goal' }),
      await refused(pdfOf(), { question: '__proto__' }),
      await refused(pdfOf(), { question: 'answers.deMinimisFiles' }),
    ]).toEqual([
      [400, 'file-is-another-kind', 'string'],
      [400, 'file-kind-not-taken', 'string'],
      [400, 'file-empty', 'string'],
      [400, 'file-has-macros', 'string'],
      [413, 'file-too-large', 'string'],
      [400, 'question-takes-no-files', 'string'],
      [400, 'question-takes-no-files', 'string'],
      [400, 'question-takes-no-files', 'string'],
    ]);
    expect(filesIn()).toEqual(before);
    expect(await noord.one('select revision from proposal where id = $1', [proposal])).toEqual({ revision: 1 });
  });

  it('is one file too many, also when two come at once', async () => {
    const proposal = await draft();
    for (let i = 0; i < 9; i++) expect((await upload(proposal, pdfOf(`${i}`))).status).toBe(201);
    const both = await Promise.all([upload(proposal, pdfOf('a')), upload(proposal, pdfOf('b'))]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('too-many-files');
    expect((await contentOf(proposal)).answers.attachments).toHaveLength(10);
  });

  it('is a body that is no upload, and an upload where none is taken', async () => {
    const proposal = await draft();
    const headers = { ...(await as(lead())), 'idempotency-key': randomUUID() };
    const json = { ...headers, 'content-type': 'application/json' };
    const address = `${site.plain.url}/api/v1/proposals/${proposal}`;
    const noFile = await fetch(`${address}/attachments`, {
      method: 'POST',
      headers: json,
      body: '{"question":"answers.attachments"}',
    });
    expect([noFile.status, ((await noFile.json()) as { code: string }).code]).toEqual([400, 'file-missing']);
    const body = new FormData();
    body.append('title', 'x');
    const elsewhere = await fetch(`${address}/actions/submit`, { method: 'POST', headers, body });
    expect(elsewhere.status).toBe(415);
  });

  it('is an upload that breaks off, wherever it does', async () => {
    const proposal = await draft();
    const before = filesIn();
    const head =
      `--x\r\ncontent-disposition: form-data; name="question"\r\n\r\nanswers.attachments\r\n--x\r\n` +
      `content-disposition: form-data; name="file"; filename="plan.pdf"\r\n\r\n`;
    const headers = { ...(await as(lead())), 'idempotency-key': randomUUID() };
    for (const sent of ['--x\r\ncont', head, `${head}%PDF-1.7`, `${head}%PDF-1.7${'x'.repeat(300_000)}`]) {
      await new Promise<void>((resolve) => {
        const asked = send(`${site.plain.url}/api/v1/proposals/${proposal}/attachments`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 5_000_000 },
        });
        asked.on('error', () => resolve());
        asked.write(sent, () => setTimeout(() => asked.destroy(new Error('gone')), 100));
      });
    }
    for (let tries = 0; tries < 100 && filesIn().length > before.length; tries++) await sleep(50);
    expect(filesIn()).toEqual(before);
    expect((await upload(proposal, pdfOf())).status).toBe(201);
  });

  it('is told while a sender of too much still has more', async () => {
    const proposal = await draft();
    const { hostname, port } = new URL(site.plain.url);
    const socket = connect(Number(port), hostname);
    const answer = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    socket.write(
      `POST /api/v1/proposals/${proposal}/attachments HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${await tokenOf(lead())}\r\n` +
        `idempotency-key: ${randomUUID()}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 900000000\r\n\r\n` +
        `--x\r\ncontent-disposition: form-data; name="question"\r\n\r\nanswers.attachments\r\n--x\r\n` +
        `content-disposition: form-data; name="file"; filename="plan.pdf"\r\n\r\n%PDF-1.7`,
    );
    socket.write(Buffer.alloc(MAX_FILE_BYTES + 1000));
    expect(await answer).toMatch(/^HTTP\/1.1 413 [^]*connection: close[^]*file-too-large/);
  });
});

describe('the virus scanner', () => {
  /** Whether a proposal is complete, and what is wrong with its files as its writer reads it. */
  const openFiles = async (proposal: string): Promise<{ complete: boolean; codes: readonly string[] }> => {
    const response = await fetch(`${site.plain.url}/api/v1/proposals/${proposal}`, { headers: await as(lead()) });
    const body = (await response.json()) as { complete: boolean; openPoints: readonly unknown[] };
    const points = body.openPoints as { path: string; code: string }[];
    return {
      complete: body.complete,
      codes: points.filter(({ path }) => path === 'answers.attachments').map(({ code }) => code),
    };
  };

  it('keeps a file from everybody until it found nothing', async () => {
    const clamd = await FakeClamd.open();
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf(), { server: site.scanned });
    const stateNow = async (): Promise<unknown> => (await ask('GET', proposal)).body[0].state;
    expect(await stateNow()).toBe('quarantined');
    expect((await ask('GET', proposal, `/${body.id}`)).body.code).toBe('attachment-in-quarantine');
    clamd.isStuck = true;
    await clamd.close();
    await scan(clamd);
    expect(await stateNow()).toBe('quarantined');
    const awake = await FakeClamd.open();
    await noord.look.query('update attachment set next_attempt_at = app_now() where id = $1', [body.id]);
    await scan(awake);
    await awake.close();
    expect(await stateNow()).toBe('ready');
    expect((await ask('GET', proposal, `/${body.id}`)).status).toBe(200);
  });

  it('destroys what it found a virus in; the person and the secretary are told', async () => {
    const clamd = await FakeClamd.open();
    const proposal = await noord.draft(call, lead());
    const { body } = await upload(proposal, pdfOf(EICAR), { server: site.scanned, name: 'besmet.pdf' });
    const { complete } = await noord.one('select complete from proposal where id = $1', [proposal]);
    await scan(clamd);
    await clamd.close();
    expect(await store.has(String(body.id))).toBe(false);
    expect(complete).toBe(true);
    expect(await openFiles(proposal)).toEqual({ complete: false, codes: ['infected'] });
    expect(
      await noord.one('select state, found, sha256 is not null as hash from attachment where id = $1', [body.id]),
    ).toEqual({
      ...{ state: 'infected', found: 'Eicar-Test-Signature', hash: true },
    });
    expect((await ask('GET', proposal, `/${body.id}`)).body.code).toBe('attachment-infected');
    expect(
      await noord.one(`select recipient_key, view ->> 'file' as file from outbox where event_id = $1`, [body.id]),
    ).toEqual({
      ...{ recipient_key: lead(), file: 'besmet.pdf' },
    });
    expect(await noord.one(`select kind, for_role from task where subject_id = $1`, [body.id])).toEqual({
      ...{ kind: 'attachment-infected', for_role: 'secretary' },
    });
    expect((await ask('DELETE', proposal, `/${body.id}`)).status).toBe(204);
    expect(await openFiles(proposal)).toEqual({ complete: true, codes: [] });
  });

  it('that gives no answer five times has the secretary told', async () => {
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf(), { server: site.scanned });
    const clamd = await FakeClamd.open();
    await clamd.close();
    for (let i = 0; i < 5; i++) {
      await noord.look.query('update attachment set next_attempt_at = app_now() where id = $1', [body.id]);
      await scan(clamd);
    }
    expect(await noord.one('select kind from task where subject_id = $1', [body.id])).toEqual({
      kind: 'attachment-not-scanned',
    });
  });
});

describe('who may open a file', () => {
  it('is who may read the answer: to all others it does not exist', async () => {
    const { secretary, members, applicants } = noord.people;
    const content = eligibleContent({
      partners: [{ kind: 'COMPANY', name: 'Bedrijf', kvk: '90000001', benefitCents: 100 }],
    });
    const proposal = await draft(content);
    await upload(proposal, pdfOf('schoolplan'), { question: 'answers.schoolPlanFiles' });
    const plan = (await upload(proposal, pdfOf())).body.id as string;
    const minimis = (await upload(proposal, pdfOf('m'), { question: 'answers.deMinimisFiles' })).body.id as string;
    const opens = async (by: string): Promise<unknown> => [
      (await ask('GET', proposal, `/${plan}`, by)).status,
      (await ask('GET', proposal, `/${minimis}`, by)).status,
    ];
    expect([await opens(lead()), await opens(secretary), await opens(applicants[1] ?? '')]).toEqual([
      ...[
        [200, 200],
        [404, 404],
        [404, 404],
      ],
    ]);
    await noord.act('proposal', proposal, 'submit', lead());
    await noord.act('proposal', proposal, 'admit', secretary);
    const [, reviewer = '', other = '', interested = ''] = members;
    await noord.assign(proposal, reviewer);
    expect(await opens(secretary)).toEqual([200, 200]);
    expect(await opens(reviewer)).toEqual([200, 404]);
    expect(await opens(other)).toEqual([404, 404]);
    await noord.assign(proposal, other);
    await noord.assign(proposal, interested);
    await noord.act('proposal', proposal, 'start-review', secretary);
    const place = { region: 'noord', receivedAt: await noord.database.now() };
    await new DeclareInterest(noord.database, noord.round.engine).execute(
      viewerOf(interested, 'noord', 'member'),
      { proposalId: proposal, personId: interested, reason: 'familie' },
      place,
    );
    expect([await opens(other), await opens(interested)]).toEqual([
      ...[
        [200, 404],
        [404, 404],
      ],
    ]);
    const stranger = (await noord.one(
      `with p as (insert into person (email, name) values ('zuid@x.example', 'Zuid') returning id)
       insert into role_assignment (region, person_id, role) select 'zuid', id, 'secretary' from p returning person_id`,
    )) as { person_id: string };
    expect(await opens(stranger.person_id)).toEqual([404, 404]);
    expect((await upload(proposal, pdfOf(), { by: stranger.person_id })).status).toBe(404);
    const draftOfLead = await draft();
    expect((await ask('GET', draftOfLead, `/${plan}`)).status).toBe(404);
  });
});

describe('an upload from a page', () => {
  const session = async (): Promise<{ cookie: string; csrf: string }> => {
    const [id, secret] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    const hash = createHash('sha256').update(id).digest('hex');
    await noord.look.query(
      `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values ($1, $2, $3, 'link')`,
      [hash, lead(), secret],
    );
    return { cookie: `session=${id}`, csrf: csrfTokenOf(secret) };
  };
  const post = async (
    proposal: string,
    fields: Readonly<Record<string, string | Buffer>>,
    { cookie }: { cookie: string },
  ): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, new Blob([new Uint8Array(value)]), 'plan.pdf');
    const address = `${site.plain.url}/aanvragen/${proposal}/onderdelen/attachments/bijlagen`;
    const headers = { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    return fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
  };
  const QUESTION = { question: 'answers.attachments' };

  it('carries the token of the session before the file; without it nothing is kept', async () => {
    const proposal = await draft();
    const { cookie, csrf } = await session();
    const before = filesIn();
    const refused = [
      await post(proposal, { ...QUESTION, file: pdfOf() }, { cookie }),
      await post(proposal, { _csrf: 'x', ...QUESTION, file: pdfOf() }, { cookie }),
      await post(proposal, { ...QUESTION, file: pdfOf(), _csrf: csrf }, { cookie }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(filesIn()).toEqual(before);
    const taken = await post(proposal, { _csrf: csrf, ...QUESTION, file: pdfOf() }, { cookie });
    expect([taken.status, taken.headers.get('location')]).toEqual([
      ...[303, `/aanvragen/${proposal}/onderdelen/attachments/bijlagen#answers-attachments`],
    ]);
    expect(filesIn()).toHaveLength(before.length + 1);
  });

  it('that is refused comes back as the page, with what to do', async () => {
    const proposal = await draft();
    const { cookie, csrf } = await session();
    const wrong = await post(proposal, { _csrf: csrf, ...QUESTION, file: Buffer.from('<html>') }, { cookie });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('De inhoud van plan.pdf past niet bij de naam');
    const large = await post(
      proposal,
      { _csrf: csrf, ...QUESTION, file: Buffer.alloc(MAX_FILE_BYTES + 1) },
      { cookie },
    );
    expect(large.status).toBe(413);
    expect(await large.text()).toContain('ten hoogste 25 MB');
    expect((await post(proposal, { _csrf: csrf, ...QUESTION }, { cookie })).status).toBe(422);
  });

  it('of who is not signed in, or of another person, is turned away', async () => {
    const proposal = await noord.draft(call, noord.people.applicants[1] ?? '');
    const { cookie, csrf } = await session();
    expect((await post(proposal, { _csrf: csrf, ...QUESTION, file: pdfOf() }, { cookie })).status).toBe(404);
    expect((await post(proposal, { ...QUESTION, file: pdfOf() }, { cookie: '' })).status).toBe(401);
  });
});

/** Waits until a server of another process takes requests. */
const answering = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 1200; tries++) {
    if ((await fetch(`${url}/healthz`).catch(() => null))?.ok === true) return;
    await sleep(50);
  }
};

describe('server and worker that run apart', () => {
  it('share the folder: what the one receives, the other has scanned', async () => {
    const own = await openTestFiles();
    const clamd = await FakeClamd.open();
    const port = await freePort();
    const env = {
      ...{ NODE_ENV: 'test', DATABASE_URL: noord.test.appUrl, DATABASE_WORKER_URL: noord.test.workerUrl },
      ...{
        PORT: String(port),
        DATA_DIR: own.folder,
        SECRET: 'a secret of the tests, long enough',
        CLAMD_URL: clamd.url,
      },
    };
    const parts = (['server', 'worker'] as const).map((part) => new Mortal(projectFolder(), part, env, []));
    for (const part of parts) await part.live();
    const url = `http://127.0.0.1:${port}`;
    await answering(url);
    // A file that the worker does not find keeps nobody from theirs.
    await noord.look.query(`update attachment set next_attempt_at = app_now() where state = 'quarantined'`);
    const proposal = await draft();
    const { body } = await upload(proposal, pdfOf(), { server: { url } as RunningServer });
    const stateNow = async (): Promise<unknown> =>
      (await noord.one('select state from attachment where id = $1', [body.id]))['state'];
    for (let tries = 0; tries < 1200 && (await stateNow()) !== 'ready'; tries++) await sleep(50);
    expect([await stateNow(), clamd.scans]).toEqual(['ready', 1]);
    for (const part of parts) expect(await part.end()).toBe(0);
    await clamd.close();
    own.remove();
  });
});

describe('a crash', () => {
  it('between the file and its row leaves a file that the sweep takes away', async () => {
    const own = mkdtempSync(join(tmpdir(), 'attachments-crash-'));
    const port = await freePort();
    const env = {
      ...{ NODE_ENV: 'test', DATABASE_URL: noord.test.appUrl, DATABASE_WORKER_URL: noord.test.workerUrl },
      ...{ PORT: String(port), DATA_DIR: own, SECRET: 'a secret of the tests, long enough' },
    };
    const server = new Mortal(projectFolder(), 'server', env, ['attachment.stored:1']);
    await server.live();
    const url = `http://127.0.0.1:${port}`;
    await answering(url);
    const proposal = await draft();
    await expect(upload(proposal, pdfOf(), { server: { url } as RunningServer })).rejects.toThrow();
    await server.end();
    const left = await FileStore.open(own);
    expect(filesIn(join(own, 'files'))).toHaveLength(1);
    expect(await sweepFiles(workers, left, 60_000)).toBe(0);
    expect(await sweepFiles(workers, left, 0)).toBe(1);
    expect(filesIn(join(own, 'files'))).toEqual([]);
    expect((await ask('GET', proposal)).body).toEqual([]);
    rmSync(own, { recursive: true });
  });

  it('in the middle of an upload leaves a part that the sweep takes away', async () => {
    const own = mkdtempSync(join(tmpdir(), 'attachments-part-'));
    const left = await FileStore.open(own);
    const halfway = new PassThrough();
    halfway.write('%PDF');
    const receiving = left.receive(halfway, 100, async () => Promise.resolve());
    const size = (): number => filesIn(own).reduce((sum, name) => sum + statSync(join(own, 'incoming', name)).size, 0);
    for (let tries = 0; tries < 200 && size() < 4; tries++) await sleep(20);
    expect([await left.sweepIncoming(0), filesIn(own)]).toEqual([1, []]);
    halfway.destroy(new Error('killed'));
    await expect(receiving).rejects.toThrow();
    rmSync(own, { recursive: true });
  });
});
