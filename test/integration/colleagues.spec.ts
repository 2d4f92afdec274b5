import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { RunningServer } from '#app/server';
import { openRound } from '#app/worker';
import { Database } from '#lib/database';
import { checkInvariants, runDueCommands } from '#lib/engine';
import { readProposal, SaveProposal, type ProposalView } from '#lib/intake';
import { PEOPLE_INVARIANTS } from '#lib/people';
import { PageReader } from '../support/page-reader.js';
import { eligibleContent } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let call: string;
const PASSWORD = 'vier losse woorden samen';
const tokens = new Map<string, string>();

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
  call = await noord.openCall();
  await noord.seatAll(call);
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

interface Got {
  readonly status: number;
  readonly body: { readonly id?: string; readonly code?: string } & Record<string, unknown>;
}

const lead = (n = 0): string => noord.people.applicants[n] ?? '';
const tokenOf = async (person: string): Promise<string> => {
  const known = tokens.get(person);
  if (known !== undefined) return known;
  const token = randomBytes(24).toString('base64url');
  tokens.set(person, token);
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [createHash('sha256').update(token).digest('hex'), person],
  );
  return token;
};
const ask = async (person: string | null, method: string, path: string, body?: object): Promise<Got> => {
  const headers: Record<string, string> = {
    ...{ 'idempotency-key': randomUUID(), 'if-match': '"1.1"' },
    ...(person === null ? {} : { authorization: `Bearer ${await tokenOf(person)}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${server.url}/api/v1${path}`, { method, headers, ...sent });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Got['body']) };
};
let made = 0;
const address = (): string => `collega${made++}@school.example`;
const invite = (by: string, proposal: string, email = address(), language = 'nl'): Promise<Got> =>
  ask(by, 'POST', `/proposals/${proposal}/co-writers`, { email, name: 'C. Ollega', language });
const secretOf = async (invitation: unknown): Promise<string> => {
  const { link } = await noord.one(`select secret ->> 'link' as link from outbox where event_id = $1`, [invitation]);
  return String(link).split('?')[0] ?? '';
};
const accept = (token: string): Promise<Got> => ask(null, 'POST', '/invitations/accept', { token, password: PASSWORD });
/** A colleague who writes along: account, and the row of writing along. */
const coWriter = async (proposal: string, by = lead(), email = address()): Promise<string> => {
  const { body } = await invite(by, proposal, email);
  const accepted = await accept(await secretOf(body.id));
  return String(accepted.body['personId']);
};
const idOf = async (proposal: string, person: string): Promise<string> =>
  String(
    (await noord.one('select id from co_writer where proposal_id = $1 and person_id = $2', [proposal, person]))['id'],
  );
const read = async (person: string, id: string): Promise<ProposalView | null> =>
  noord.database.unit({ regions: ['noord'], actor: person, readOnly: true }, (tx) => readProposal(tx, id));
const withGoal = (content: ProposalView['content'], goal: string): Record<string, unknown> => ({
  ...content,
  answers: { ...(content['answers'] as object), goal },
});
const save = async (person: string, id: string, title: string, goal?: string): Promise<unknown> => {
  const { revision, content } = (await read(lead(), id)) ?? { revision: 0, content: eligibleContent() };
  const request = { actorId: person, region: 'noord', receivedAt: await noord.database.now() };
  return new SaveProposal(noord.database, noord.round.frozen).execute(
    id,
    { title, content: goal === undefined ? content : withGoal(content, goal) },
    revision,
    request,
  );
};

describe('who applies invites a colleague', () => {
  it.each(['nl', 'en'])(
    'by a mail in the language that was chosen, %s; looking at its link does nothing',
    async (language) => {
      const id = await noord.draft(call, lead());
      const { status, body } = await invite(lead(), id, address(), language);
      expect(status).toBe(201);
      const mail = await noord.one('select template, language, view from outbox where event_id = $1', [body.id]);
      expect(mail).toMatchObject({
        template: 'co-writer-asked',
        language,
        view: { title: 'Schoon water uit eigen hand' },
      });
      const token = await secretOf(body.id);
      for (let looks = 0; looks < 2; looks++)
        expect((await fetch(`${server.url}/uitnodiging/${token}`)).status).toBe(200);
      expect(
        (await noord.one('select accepted_at from invitation where id = $1', [body.id]))['accepted_at'],
      ).toBeNull();
      expect((await accept(token)).body).toMatchObject({ isNew: true });
      expect((await accept(token)).body.code).toBe('invitation-not-valid');
    },
  );

  it('and nobody else does: no colleague, no staff, no stranger', async () => {
    const id = await noord.draft(call, lead());
    const colleague = await coWriter(id);
    for (const person of [colleague, noord.people.secretary, lead(1)]) {
      expect((await invite(person, id)).status).toBe(404);
      expect((await ask(person, 'GET', `/proposals/${id}/co-writers`)).status).toBe(404);
      const row = await idOf(id, colleague);
      expect((await ask(person, 'DELETE', `/proposals/${id}/co-writers/${row}`)).status).toBe(404);
    }
  });

  it('and is told the same of an address with an account and of one without', async () => {
    const id = await noord.draft(call, lead());
    const { email } = await noord.one('select email::text from person where id = $1', [lead(1)]);
    const [known, unknown] = [await invite(lead(), id, String(email)), await invite(lead(), id)];
    expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)]);
    const { body } = await ask(lead(), 'GET', `/proposals/${id}/co-writers`);
    expect(new Set((body as unknown as { state: string }[]).map(({ state }) => state))).toEqual(new Set(['invited']));
  });

  it('not twice the same, not themselves, and at most five, open invitations among them', async () => {
    const id = await noord.draft(call, lead(3));
    const { email } = await noord.one('select email::text from person where id = $1', [lead(3)]);
    expect((await invite(lead(3), id, String(email))).body.code).toBe('co-writer-is-yourself');
    const first = address();
    await coWriter(id, lead(3), first);
    expect((await invite(lead(3), id, first)).body.code).toBe('writes-along-already');
    const replaced = address();
    const once = await secretOf((await invite(lead(3), id, replaced)).body.id);
    for (let n = 0; n < 3; n++) expect((await invite(lead(3), id)).status).toBe(201);
    // the same address again takes no further place, and its earlier link dies
    const again = await invite(lead(3), id, replaced);
    expect(again.status).toBe(201);
    expect((await accept(once)).body.code).toBe('invitation-not-valid');
    const sixth = await invite(lead(3), id);
    expect([sixth.status, sixth.body.code]).toEqual([409, 'too-many-co-writers']);
    expect((await ask(lead(3), 'DELETE', `/proposals/${id}/co-writers/${String(again.body.id)}`)).status).toBe(204);
    expect((await invite(lead(3), id)).status).toBe(201);
  });

  it('at most twenty times a day, whatever the proposal', async () => {
    const id = await noord.draft(call, lead(2));
    await noord.look.query(
      `insert into invitation (region, token_hash, email, expires_at, invited_by, proposal_id)
        select 'noord', encode(sha256(convert_to(n || 'x', 'UTF8')), 'hex'), n || '@x.example', app_now(), $1, $2 from generate_series(1, 20) n`,
      [lead(2), await noord.draft(call, lead(2))],
    );
    expect((await invite(lead(2), id)).body.code).toBe('co-writers-asked-too-often');
  });

  it('and a link that was taken back or has run out opens nothing', async () => {
    const id = await noord.draft(call, lead());
    const [revoked, old] = [await invite(lead(), id), await invite(lead(), id)];
    await ask(lead(), 'DELETE', `/proposals/${id}/co-writers/${String(revoked.body.id)}`);
    await noord.look.query(`update invitation set expires_at = app_now() - interval '1 second' where id = $1`, [
      old.body.id,
    ]);
    for (const { body } of [revoked, old]) {
      const token = await secretOf(body.id);
      expect((await fetch(`${server.url}/uitnodiging/${token}`)).status).toBe(410);
      expect((await accept(token)).body.code).toBe('invitation-not-valid');
    }
  });
});

const baseIn = (page: string): string =>
  /name="_base" id="part-base" value="([^"]*)"/.exec(page.replaceAll('&#x3D;', '='))?.[1] ?? '';

describe('a colleague who writes along', () => {
  it('writes the answers while who applies can; who wrote is in the audit and on the page', async () => {
    const id = await noord.draft(call, lead());
    const colleague = await coWriter(id);
    await save(colleague, id, 'Geschreven door een collega');
    expect((await read(lead(), id))?.title).toBe('Geschreven door een collega');
    const entry = await noord.one(
      `select actor from audit_entry where subject_id = $1 and act = 'proposal.save' order by id desc limit 1`,
      [id],
    );
    expect(entry['actor']).toBe(colleague);
    expect(await pages.textOf(lead(), `/aanvragen/${id}`)).toContain('Laatst bewaard door C. Ollega');
    expect(await pages.textOf(colleague, '/')).toContain('U schrijft mee');
    expect(await pages.textOf(colleague, '/')).toContain('Schrijf mee aan deze aanvraag');
  });

  it('writes in the same part at the same time: each keeps the answers that the other did not touch', async () => {
    const id = await noord.draft(call, lead());
    const colleague = await coWriter(id);
    const path = `/aanvragen/${id}/onderdelen/idea`;
    const before = await read(lead(), id);
    const shown = { title: before?.title ?? '', summary: String(before?.content['summary']) };
    const goal = (before?.content['answers'] as { goal?: string } | undefined)?.goal ?? '';
    const base = baseIn(await pages.page(colleague, path));
    await save(lead(), id, 'De titel van wie leidt');
    const fields = { ...shown, 'answers.goal': goal, summary: 'De samenvatting van de collega', _base: base };
    const saved = await (await pages.send(colleague, `${path}/bewaar`, fields)).text();
    // the page of the colleague still shows the old title, and sends it along again
    const again = { ...fields, summary: 'De samenvatting, beter', _base: baseIn(saved), _action: 'later' };
    expect((await pages.send(colleague, path, again)).status).toBe(303);
    expect(await read(lead(), id)).toMatchObject({
      title: 'De titel van wie leidt',
      content: { summary: 'De samenvatting, beter' },
    });
  });

  it('is told when somebody else changed the same answer meanwhile, and nothing is overwritten', async () => {
    const id = await noord.draft(call, lead());
    const colleague = await coWriter(id);
    const path = `/aanvragen/${id}/onderdelen/idea`;
    const base = baseIn(await pages.page(colleague, path));
    expect(base).not.toBe('');
    await save(lead(), id, 'Van de penvoerder');
    const sent = await pages.send(colleague, path, { _base: base, title: 'Van de collega', _action: 'later' });
    expect(sent.status).toBe(409);
    expect((await read(lead(), id))?.title).toBe('Van de penvoerder');
  });

  it('does not submit, throw away, name parties or ask a check, over REST or on a page', async () => {
    const id = await noord.draft(call, lead());
    const colleague = await coWriter(id);
    for (const action of ['submit', 'discard', 'withdraw', 'take-back']) {
      expect([
        action,
        (await ask(colleague, 'POST', `/proposals/${id}/actions/${action}`, { payload: {} })).status,
      ]).toEqual([action, 404]);
      await expect(noord.act('proposal', id, action, colleague)).rejects.toMatchObject({ code: 'action-unknown' });
    }
    for (const path of ['controleren', 'partijen', 'volledigheid', 'opnieuw', 'niet-ingediend'])
      expect([path, await pages.statusOf(colleague, `/aanvragen/${id}/${path}`)]).toEqual([path, 404]);
    const party = { role: 'partner', organisation: 'x', contactName: 'x', email: 'x@y.example', language: 'nl' };
    expect((await ask(colleague, 'POST', `/proposals/${id}/parties`, party)).status).toBe(404);
    expect((await read(colleague, id))?.isOwn).toBe(false);
  });

  it('writes nothing after it was submitted, and again in a completion', async () => {
    const id = await noord.draft(call, lead());
    const colleague = await coWriter(id);
    await noord.act('proposal', id, 'submit', lead());
    await expect(save(colleague, id, 'Te laat')).rejects.toMatchObject({ code: 'proposal-not-in-your-hands' });
    expect((await invite(lead(), id)).body.code).toBe('proposal-not-in-your-hands');
    expect((await read(colleague, id))?.receipts).toHaveLength(1);
    const missing = ['answers.goal'];
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing });
    const goal = 'Wat de collega aanvulde.';
    await save(colleague, id, 'Schoon water uit eigen hand', goal);
    expect((await read(lead(), id))?.content['answers']).toMatchObject({ goal });
    await expect(save(colleague, id, 'Meer dan gevraagd')).rejects.toMatchObject({ code: 'only-what-was-asked' });
    expect((await invite(lead(), id)).status).toBe(201);
  });

  it('who was removed, or left, sees nothing from that moment on', async () => {
    const id = await noord.draft(call, lead());
    const [removed, left] = [await coWriter(id), await coWriter(id)];
    expect((await ask(removed, 'GET', `/proposals/${id}`)).status).toBe(200);
    expect((await ask(lead(), 'DELETE', `/proposals/${id}/co-writers/${await idOf(id, removed)}`)).status).toBe(204);
    expect((await ask(left, 'POST', `/proposals/${id}/co-writers/leave`)).status).toBe(204);
    for (const person of [removed, left]) {
      expect((await ask(person, 'GET', `/proposals/${id}`)).status).toBe(404);
      expect(await pages.statusOf(person, `/aanvragen/${id}/onderdelen/idea`)).toBe(404);
      await expect(save(person, id, 'Nog even')).rejects.toMatchObject({ code: 'not-found' });
      expect(await pages.textOf(person, '/')).not.toContain('Schoon water');
    }
  });
});

describe('who writes along stands on the applicant’s side', () => {
  const invitedMember = async (id: string, person: string): Promise<void> => {
    const { email } = await noord.one('select email::text from person where id = $1', [person]);
    await accept(await secretOf((await invite(lead(), id, String(email))).body.id));
  };

  it('and cannot be asked to review it, also after leaving', async () => {
    const id = await noord.draft(call, lead());
    const member = noord.people.members[2] ?? '';
    await invitedMember(id, member);
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    await expect(noord.assign(id, member)).rejects.toMatchObject({ code: 'reviewer-has-interest' });
    await ask(member, 'POST', `/proposals/${id}/co-writers/leave`);
    await expect(noord.assign(id, member)).rejects.toMatchObject({ code: 'reviewer-has-interest' });
    expect(await read(member, id)).toBeNull();
  });

  it('and a review that was asked before is released', async () => {
    const id = await noord.draft(call, lead());
    const member = noord.people.members[3] ?? '';
    const { email } = await noord.one('select email::text from person where id = $1', [member]);
    const token = await secretOf((await invite(lead(), id, String(email))).body.id);
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    const review = await noord.assign(id, member);
    await accept(token);
    const workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
    const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
    await runDueCommands({ engine, database: workers, worker: 'w', leaseSeconds: 30 });
    await workers.close();
    expect((await noord.one('select phase from review where id = $1', [review]))['phase']).toBe('ended');
  });

  it('and staff of the region do nothing with it and read nothing of staff', async () => {
    const id = await noord.draft(call, lead());
    const { secretary } = noord.people;
    await invitedMember(id, secretary);
    await noord.act('proposal', id, 'submit', lead());
    await expect(noord.act('proposal', id, 'admit', secretary)).rejects.toMatchObject({ code: 'action-unknown' });
    const seen = await read(secretary, id);
    expect(seen).toMatchObject({ state: null, isCoWriter: true, total: null });
    expect((await ask(secretary, 'GET', `/proposals/${id}/parties`)).body).toEqual([]);
    await ask(secretary, 'POST', `/proposals/${id}/co-writers/leave`);
    expect(await read(secretary, id)).toBeNull();
  });

  it('and learns the outcome from its announcement, without the letter', async () => {
    const { decider, members } = noord.people;
    const past = await noord.openCall('2027-9');
    await noord.seatAll(past);
    const id = await noord.draft(past, lead());
    const colleague = await coWriter(id);
    await noord.act('proposal', id, 'submit', lead());
    // the secretary of the tests stands on the side of another proposal only
    await noord.reviewed(id, [4, 4, 4]);
    await noord.rank(past);
    await noord.prepared(id);
    await noord.act('proposal', id, 'grant', decider);
    expect(await read(colleague, id)).toMatchObject({ outcome: null, state: null });
    await noord.act('call', past, 'close-early', decider, { reason: 'Alles is binnen.' });
    await noord.act('call', past, 'announce', decider);
    expect(members.length).toBeGreaterThan(0);
    expect(await read(colleague, id)).toMatchObject({ outcome: 'granted' });
    for (const path of ['besluit', 'bezwaar', 'uitleg', 'besluit/1/brief.pdf'])
      expect([path, await pages.statusOf(colleague, `/aanvragen/${id}/${path}`)]).toEqual([path, 404]);
    expect((await ask(colleague, 'GET', `/proposals/${id}/decision`)).status).toBe(404);
    expect(await pages.textOf(colleague, `/aanvragen/${id}`)).toContain('Toegekend');
  });

  it('and the rules of accounts hold over all this', async () => {
    expect(await checkInvariants(noord.look, PEOPLE_INVARIANTS)).toEqual([]);
  });
});
