import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { startServer, type RunningServer } from '#app/server';
import { DeclareInterest } from '#lib/committee';
import { calendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { eligibleContent, viewerOf } from '../support/round-people.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

/** Proposals by the phase they are in, each with a review of the assigned reviewer where it has one. */
const PHASES = [
  'preparing',
  'submitted',
  'screening',
  'in-review',
  'ranked',
  'advised',
  'decided',
  'announced',
  'ended',
] as const;
type Phase = (typeof PHASES)[number];
const PEOPLE = [
  ...[
    'lead',
    'other-applicant',
    'reviewer',
    'member',
    'interested-member',
    'chair',
    'secretary',
    'coordinator',
    'decider',
  ],
  // A mandate to apply for the board that every proposal comes from, to confirm for one of its schools, and to apply for another board.
  ...['board', 'school', 'other-board'],
  ...['secretary-of-zuid', 'national-office', 'auditor', 'platform-admin', 'nobody', 'anonymous'],
] as const;
type Person = (typeof PEOPLE)[number];

const MANDATES = [
  ['board', '90001', 'apply', null],
  ['school', '90001', 'confirm', ['90AB']],
  ['other-board', '90002', 'apply', null],
] as const;

let noord: TestRound;
let server: RunningServer;
let files: TestFiles;
const ids: Record<string, string> = {};
const tokens: Record<string, string> = {};
const proposals = {} as Record<Phase, string>;
const reviews: Partial<Record<Phase, string>> = {};
const calls = {} as Record<'open' | 'announced' | 'draft' | 'next', string>;

const callOf = (phase: Phase): 'open' | 'announced' => (phase === 'announced' ? 'announced' : 'open');

/** Who may see a proposal in a phase: the rule of `libs/access/src/scopes.ts`, said once more by hand. */
const sees = (person: Person, phase: Phase): boolean => {
  if (person === 'lead' || person === 'board') return true;
  if (['secretary', 'coordinator', 'decider'].includes(person)) return phase !== 'preparing';
  if (person === 'chair') return phase !== 'preparing';
  const isJudged = ['in-review', 'ranked', 'advised', 'decided', 'announced'].includes(phase);
  if (person === 'reviewer') return isJudged || phase === 'screening';
  return person === 'member' && isJudged;
};
const isStaff = (person: Person): boolean => ['chair', 'secretary', 'coordinator', 'decider'].includes(person);

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  const { people, look } = noord;
  const extra = async (email: string, region: string | null, role: string | null): Promise<string> => {
    const { rows } = await look.query<{ id: string }>(
      'insert into person (email, name) values ($1::text::citext, $1::text) returning id',
      [email],
    );
    const id = rows[0]?.id ?? '';
    if (region !== null)
      await look.query('insert into role_assignment (region, person_id, role) values ($1, $2, $3)', [region, id, role]);
    return id;
  };
  const [chair = '', reviewer = '', member = '', interested = ''] = people.members;
  Object.assign(ids, {
    lead: people.applicants[0],
    'other-applicant': people.applicants[1],
    chair,
    reviewer,
    member,
    'interested-member': interested,
  });
  Object.assign(ids, { secretary: people.secretary, coordinator: people.coordinator, decider: people.decider });
  ids['secretary-of-zuid'] = await extra('zuid@x.example', 'zuid', 'secretary');
  ids['nobody'] = await extra('nobody@x.example', null, null);
  for (const role of ['national-office', 'auditor', 'platform-admin'])
    ids[role] = await extra(`${role}@x.example`, 'landelijk', role);
  const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
  const asOf = calendarDate('2026-11-01');
  await importSchools(look, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
  for (const [person, board, kind, schools] of MANDATES) {
    ids[person] = await extra(`${person}@x.example`, null, null);
    await look.query(
      `insert into mandate (region, board, holder, holder_name, kinds, schools, valid_from, given_by, evidence)
        values ('noord', $1, $2, 'x', array[$3], $4, current_date - 1, $5, 'x')`,
      [board, `${person}@x.example`, kind, schools, people.coordinator],
    );
  }
  for (const [person, id] of Object.entries(ids)) {
    const token = randomBytes(24).toString('base64url');
    tokens[person] = token;
    const hash = createHash('sha256').update(token).digest('hex');
    await look.query(
      `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
      [hash, id],
    );
  }
  calls.open = await noord.openCall('2027-O');
  calls.next = await noord.openCall('2027-N');
  calls.announced = await noord.openCall('2027-A');
  for (const call of [calls.open, calls.announced]) await noord.seatAll(call);
  for (const phase of PHASES) await bring(phase);
  await noord.rank(calls.announced);
  await noord.act('call', calls.announced, 'close-early', people.decider, { reason: 'x' });
  await noord.act('call', calls.announced, 'announce', people.decider);
  files = await openTestFiles();
  server = await startServer({
    files: files.parts(false),
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
  });
});

/** A proposal that stops in the phase; the interested member declares an interest as soon as that can be done. */
const bring = async (phase: Phase): Promise<void> => {
  const { secretary, decider } = noord.people;
  const lead = ids['lead'] ?? '';
  const content = eligibleContent({ lead: { kind: 'ORGANISATION', name: 'Stichting', institution: '90001' } });
  const id = await noord.draft(calls[callOf(phase)], lead, { content });
  proposals[phase] = id;
  const at = PHASES.indexOf(phase);
  if (phase === 'preparing') return;
  await noord.act('proposal', id, 'submit', lead);
  const person = ids['interested-member'] ?? '';
  const interest = { proposalId: id, personId: person, reason: 'familie' };
  const place = { region: 'noord', receivedAt: await noord.database.now() };
  await new DeclareInterest(noord.database, noord.round.engine).execute(
    viewerOf(person, 'noord', 'member'),
    interest,
    place,
  );
  if (phase === 'ended') {
    await noord.act('proposal', id, 'withdraw', lead);
    return;
  }
  if (at < 2) return;
  await noord.act('proposal', id, 'admit', secretary);
  reviews[phase] = await noord.assign(id, ids['reviewer'] ?? '');
  if (at < 3) return;
  await noord.act('proposal', id, 'start-review', secretary);
  if (at < 4) return;
  await noord.review(reviews[phase], ids['reviewer'] ?? '', 4);
  await noord.act('proposal', id, 'close-review', secretary);
  if (at < 5) return;
  await noord.prepared(id);
  if (at < 6) return;
  await noord.act('proposal', id, 'grant', decider);
};

afterAll(async () => {
  await server.stop();
  await noord.close();
  files.remove();
});

interface Got {
  readonly status: number;
  readonly code: string;
  readonly body: any;
}

const ask = async (person: Person, method: string, path: string, body?: unknown): Promise<Got> => {
  const headers: Record<string, string> = {
    'idempotency-key': randomUUID(),
    'if-match': '"1.1"',
    ...(tokens[person] === undefined ? {} : { authorization: `Bearer ${tokens[person]}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const data: any = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null;
  return { status: response.status, code: data?.code ?? '', body: data };
};

describe('the matrix of people, routes and phases', () => {
  it.each(PHASES)('reading a proposal in phase %s', async (phase) => {
    for (const person of PEOPLE) {
      for (const method of ['GET', 'HEAD']) {
        const { status } = await ask(person, method, `/api/v1/proposals/${proposals[phase]}`);
        const expected = person === 'anonymous' ? 401 : sees(person, phase) ? 200 : 404;
        expect([person, method, status]).toEqual([person, method, expected]);
        const slash = await ask(person, method, `/api/v1/proposals/${proposals[phase]}/`);
        expect([person, 'slash', slash.status]).toEqual([person, 'slash', 404]);
      }
      for (const what of ['reviews', 'attachments']) {
        const list = await ask(person, 'GET', `/api/v1/proposals/${proposals[phase]}/${what}`);
        expect([person, what, list.status]).toEqual([
          person,
          what,
          person === 'anonymous' ? 401 : sees(person, phase) ? 200 : 404,
        ]);
      }
      const decision = await ask(person, 'GET', `/api/v1/proposals/${proposals[phase]}/decision`);
      const isTaken = phase === 'decided' || phase === 'announced';
      const knows = isTaken && sees(person, phase) && (phase === 'announced' || isStaff(person));
      expect([person, 'decision', decision.status]).toEqual([
        person,
        'decision',
        person === 'anonymous' ? 401 : knows ? 200 : 404,
      ]);
    }
  });

  it('the copy of what was received is of who applies and of staff', async () => {
    const { id } = await noord.one('select id from receipt where proposal_id = $1', [proposals.announced]);
    for (const person of PEOPLE) {
      const { status } = await ask(person, 'GET', `/api/v1/proposals/${proposals.announced}/receipts/${String(id)}`);
      const may = sees(person, 'announced') && (['lead', 'board'].includes(person) || isStaff(person));
      expect([person, status]).toEqual([person, person === 'anonymous' ? 401 : may ? 200 : 404]);
    }
  });

  it.each(PHASES)('an action that is nobody’s, and one of somebody else, on a proposal in phase %s', async (phase) => {
    for (const person of PEOPLE) {
      const path = `/api/v1/proposals/${proposals[phase]}/actions`;
      const nonsense = await ask(person, 'POST', `${path}/dance`, {});
      expect([person, nonsense.status, nonsense.code]).toEqual(
        person === 'anonymous' ? [person, 401, 'http-401'] : [person, 404, 'not-found'],
      );
      if (['decider', 'anonymous'].includes(person)) continue;
      const grant = await ask(person, 'POST', `${path}/grant`, {});
      expect([person, grant.status]).toEqual([person, 404]);
    }
  });

  it('writing what is another person’s, and what is not there, is answered alike', async () => {
    const missing = randomUUID();
    for (const person of PEOPLE.filter((one) => !['lead', 'board', 'anonymous'].includes(one))) {
      for (const id of [proposals.preparing, missing]) {
        const put = await ask(person, 'PUT', `/api/v1/proposals/${id}`, { title: 'Van een ander' });
        expect([person, put.status, put.code]).toEqual([person, 404, 'not-found']);
        const submit = await ask(person, 'POST', `/api/v1/proposals/${id}/actions/submit`, {});
        expect([person, submit.status, submit.code]).toEqual([person, 404, 'not-found']);
        const reuse = await ask(person, 'POST', `/api/v1/proposals/${id}/reuse`, { callId: calls.next });
        expect([person, reuse.status, reuse.code]).toEqual([person, 404, 'not-found']);
      }
    }
    expect((await noord.one('select title from proposal where id = $1', [proposals.preparing]))['title']).not.toBe(
      'Van een ander',
    );
  });

  it('a review is its writer’s and the staff’s, its scores nobody’s but the writer’s before it is handed in', async () => {
    for (const phase of ['in-review', 'ranked'] as const) {
      for (const person of PEOPLE) {
        const { status, body } = await ask(person, 'GET', `/api/v1/reviews/${reviews[phase]}`);
        const may = person === 'reviewer' || isStaff(person);
        expect([phase, person, status]).toEqual([phase, person, person === 'anonymous' ? 401 : may ? 200 : 404]);
        if (may && phase === 'in-review') expect(body.scores).toEqual([]);
        if (may && phase === 'ranked') expect(body.scores).toHaveLength(4);
      }
    }
  });

  it('who applies reads neither scores, state nor outcome before the announcement, and the outcome after it', async () => {
    for (const phase of ['ranked', 'advised', 'decided'] as const) {
      const { body } = await ask('lead', 'GET', `/api/v1/proposals/${proposals[phase]}`);
      expect(body).toMatchObject({ state: null, outcome: null, amountCents: null, total: null });
      expect(JSON.stringify(body)).not.toMatch(/Granted|Toegekend|granted/);
    }
    const { body } = await ask('lead', 'GET', `/api/v1/proposals/${proposals.announced}`);
    expect(body).toMatchObject({ outcome: 'granted', amountCents: 400_000 });
  });

  it('the committee of a call, its list of proposals and its ranking', async () => {
    for (const person of PEOPLE.filter((one) => one !== 'anonymous')) {
      const seats = await ask(person, 'GET', `/api/v1/calls/${calls.open}/seats`);
      const member = ['reviewer', 'member', 'interested-member', 'chair'].includes(person);
      expect([person, seats.status, (seats.body as unknown[]).length > 0]).toEqual([
        person,
        200,
        member || isStaff(person),
      ]);
      const list = await ask(person, 'GET', `/api/v1/calls/${calls.open}/proposals`);
      const expected = PHASES.filter((phase) => callOf(phase) === 'open' && sees(person, phase)).map(
        (phase) => proposals[phase],
      );
      expect([person, (list.body.items as { id: string }[]).map(({ id }) => id).sort()]).toEqual([
        person,
        expected.sort(),
      ]);
      const ranking = await ask(person, 'GET', `/api/v1/calls/${calls.announced}/rankings/newest`);
      expect([person, ranking.status]).toEqual([person, isStaff(person) ? 200 : 404]);
    }
  });

  it('only coordinator and secretary name the committee, only who may ranks, and only in their own region', async () => {
    for (const person of PEOPLE.filter((one) => one !== 'anonymous')) {
      const seat = await ask(person, 'POST', `/api/v1/calls/${calls.open}/seats`, {
        personId: ids['nobody'],
        kind: 'field',
      });
      expect([person, seat.status]).toEqual([person, ['secretary', 'coordinator'].includes(person) ? 409 : 404]);
      const ranking = await ask(person, 'POST', `/api/v1/calls/${calls.open}/rankings`);
      expect([person, ranking.status]).toEqual([
        person,
        ['secretary', 'coordinator', 'chair'].includes(person) ? 201 : 404,
      ]);
      const reviewer = await ask(person, 'POST', `/api/v1/proposals/${proposals.submitted}/reviews`, {
        reviewerId: ids['member'],
      });
      expect([person, reviewer.status]).toEqual([person, ['secretary', 'coordinator'].includes(person) ? 409 : 404]);
    }
  });

  it('a part is its board’s; the mandates of a board are its signatory’s and the coordinator’s', async () => {
    const { rows } = await noord.look.query<{ id: string }>(
      `insert into party (region, proposal_id, role, organisation, contact_name, email, institution, state, part) values
        ('noord', $1, 'school', 'De Sleutel', 'x', 'x@y.example', '90AB', 'asked',
          '{"task": "Doet mee.", "cashCents": null, "hours": null, "inKindCents": null}') returning id`,
      [proposals.submitted],
    );
    const part = rows[0]?.id ?? '';
    for (const person of PEOPLE.filter((one) => one !== 'anonymous')) {
      const read = await ask(person, 'GET', `/api/v1/parts/${part}`);
      expect([person, read.status]).toEqual([person, person === 'school' ? 200 : 404]);
      const list = await ask(person, 'GET', '/api/v1/parts');
      expect([person, (list.body.items as unknown[]).length]).toEqual([person, person === 'school' ? 1 : 0]);
      const board = await ask(person, 'GET', '/api/v1/boards/90001');
      const keeps = person === 'coordinator' || person === 'national-office';
      expect([person, board.status]).toEqual([person, keeps ? 200 : 404]);
      const own = await ask(person, 'GET', '/api/v1/mandates');
      expect([person, (own.body as unknown[]).length]).toEqual([
        person,
        ['board', 'school', 'other-board'].includes(person) ? 1 : 0,
      ]);
      const parties = await ask(person, 'GET', `/api/v1/proposals/${proposals.submitted}/parties`);
      const may = sees(person, 'submitted');
      expect([person, parties.status, may && (parties.body as unknown[]).length]).toEqual([
        ...[person, may ? 200 : 404],
        may && 1,
      ]);
    }
  });

  it('the account of a proposal is read in full by who applies, and by its last four characters by staff', async () => {
    for (const person of ['lead', 'board', 'secretary'] as const) {
      const { body } = await ask(person, 'GET', `/api/v1/proposals/${proposals.submitted}`);
      const iban = person === 'secretary' ? 'NL••••6789' : 'NL02ABNA0123456789';
      expect([person, body.content.payee.iban, body.openPoints]).toEqual([person, iban, []]);
    }
  });

  it('only who applied uses a proposal again, after it is over, in an open call; bad input and a missing key are told', async () => {
    for (const phase of PHASES) {
      const { status, code, body } = await ask('lead', 'POST', `/api/v1/proposals/${proposals[phase]}/reuse`, {
        callId: calls.next,
      });
      const isOver = phase === 'announced' || phase === 'ended';
      expect([phase, status, code]).toEqual([phase, isOver ? 201 : 409, isOver ? '' : 'proposal-is-not-over']);
      if (!isOver) continue;
      const draft = await ask('lead', 'GET', `/api/v1/proposals/${body.id as string}`);
      expect(draft.body).toMatchObject({ phase: 'preparing', call: { id: calls.next } });
      await noord.act('proposal', body.id as string, 'discard', ids['lead'] ?? '');
    }
    const path = `/api/v1/proposals/${proposals.announced}/reuse`;
    expect(await ask('lead', 'POST', path, { callId: calls.announced })).toMatchObject({ code: 'call-is-not-open' });
    expect(await ask('lead', 'POST', path, { callId: 'x' })).toMatchObject({ status: 400 });
    expect(await ask('lead', 'POST', path, { callId: randomUUID() })).toMatchObject({ status: 404 });
  });
});
