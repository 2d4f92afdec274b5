import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { startServer, type RunningServer } from '#app/server';
import { ROUND_INVARIANTS } from '#lib/decision';
import { DOCUMENT_INVARIANTS } from '#lib/documents';
import { checkInvariants } from '#lib/engine';
import { PageReader } from '../support/page-reader.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

/** After the announcement every act of everybody on every route is tried, over REST and on pages. */
let noord: TestRound;
let server: RunningServer;
let files: TestFiles;
let pages: PageReader;
let call: string;
let ids: string[];
const people: Record<string, string> = {};
const tokens: Record<string, string> = {};

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 3 });
  const { decider, secretary, coordinator, members, applicants } = noord.people;
  call = await noord.openCall('2027-1');
  await noord.seatAll(call);
  ids = [];
  for (const [i, score] of [5, 4, 3].entries()) ids.push(await noord.scored(call, applicants[i] ?? '', score));
  await noord.rank(call);
  const outcomes = [
    { outcome: 'grant' },
    { outcome: 'refuse', ground: 'ceiling' },
    { outcome: 'refuse', ground: 'threshold' },
  ];
  for (const [i, id] of ids.entries()) {
    await noord.prepared(id, outcomes[i]);
    await noord.act('proposal', id, i === 0 ? 'grant' : 'refuse', decider);
  }
  await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
  await noord.act('call', call, 'announce', decider);
  Object.assign(people, {
    secretary,
    coordinator,
    decider,
    chair: members[0],
    reviewer: members[1],
    other: members[5],
  });
  Object.assign(people, { granted: applicants[0], reserve: applicants[1], refused: applicants[2] });
  for (const [person, id] of Object.entries(people)) {
    const token = randomBytes(24).toString('base64url');
    tokens[person] = token;
    await noord.look.query(
      `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
      [createHash('sha256').update(token).digest('hex'), id],
    );
  }
  files = await openTestFiles();
  server = await startServer({
    files: files.parts(false),
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
  });
  pages = new PageReader(noord.look, server.url);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
  files.remove();
});

/** Everything that was issued, by its hashes, and what the first letter of each applicant is in bytes. */
const issued = async (): Promise<unknown> => {
  const bytes: string[] = [];
  for (const [i, person] of ['granted', 'reserve', 'refused'].entries()) {
    const path = `/aanvragen/${ids[i] ?? ''}/besluit/1/brief.pdf`;
    bytes.push(
      createHash('sha256')
        .update(Buffer.from(await pages.bytes(people[person] ?? '', path)))
        .digest('hex'),
    );
  }
  const { rows } = await noord.look.query(
    `select t.kind, t.source_id, t.version, t.figures_hash, w.sha256 from document t
      left join document_text w on w.document_id = t.id and w.language = 'nl' where t.issued_at <= $1 and t.kind = 'decision'
      order by t.kind, t.source_id`,
    [announcedAt],
  );
  const { rows: others } = await noord.look.query(
    `select kind, source_id, figures_hash from document where issued_at <= $1 and kind <> 'decision' order by 1, 2`,
    [announcedAt],
  );
  return { bytes, rows, others };
};
/** What the letters rest on, as the live rows say it now. */
const restsOn = async (): Promise<unknown> => {
  const { rows } = await noord.look.query(
    `select p.number, p.total_exact, p.criteria_exact, p.reviews_counted, p.scores_hash, p.title, p.content_hash, p.received_at,
        (select count(*)::int from review r where r.proposal_id = p.id and r.phase = 'submitted') as reviews,
        (select jsonb_agg(jsonb_build_array(s.review_id, s.criterion, s.score, s.reason) order by s.review_id, s.criterion) from review_score s
          join review r on r.id = s.review_id where r.proposal_id = p.id) as scores,
        (select jsonb_agg(jsonb_build_array(v.id, v.outcome, v.reasons, v.members) order by v.id) from advice v where v.proposal_id = p.id) as advice,
        (select count(*)::int from ranking r where r.call_id = p.call_id) as rankings
      from proposal p where p.call_id = $1 and p.id = any ($2) order by p.number`,
    [call, ids],
  );
  return rows;
};
let announcedAt: string;

/** A value for each place in an address, by its name. */
const placesFor = async (proposal: string): Promise<Record<string, string>> => {
  const { review } = (await noord.one('select id as review from review where proposal_id = $1 order by id limit 1', [
    proposal,
  ])) as {
    review: string;
  };
  const { seat } = (await noord.one('select id as seat from seat where call_id = $1 order by id limit 1', [call])) as {
    seat: string;
  };
  const { receipt } = (await noord.one('select id as receipt from receipt where proposal_id = $1 limit 1', [
    proposal,
  ])) as {
    receipt: string;
  };
  return { proposal, call, review, seat, receipt };
};

/** Which subject an address is about, by its first words. */
const subjectOf = (url: string): 'proposal' | 'call' | 'review' | 'seat' | null => {
  if (/^\/(api\/v1\/proposals|aanvragen)\/:id/.test(url)) return 'proposal';
  if (/^\/(api\/v1\/calls|rondes)\/:id/.test(url)) return 'call';
  if (/^\/(api\/v1\/reviews|oordelen)\/:id/.test(url)) return 'review';
  return /^\/api\/v1\/seats\/:id/.test(url) ? 'seat' : null;
};

const ACTIONS: Record<string, readonly string[]> = {
  proposal: [
    ...[
      'submit',
      'discard',
      'expire',
      'ask-completion',
      'admit',
      'admit-as-it-is',
      'propose-refusal',
      'complete',
      'lapse',
      'not-process',
    ],
    ...[
      'refuse',
      'grant',
      'reconsider',
      'ask-view',
      'hear',
      'give-view',
      'pass',
      'start-review',
      'close-review',
      'advise',
      'reopen',
      'return',
    ],
    ...['undo', 'rescore', 'revive', 'withdraw'],
  ],
  call: ['publish', 'open', 'close', 'close-early', 'extend', 'announce', 'withdraw', 'discard'],
  review: ['accept', 'decline', 'submit', 'reopen', 'recuse', 'release'],
};

const BODY = {
  ...{
    reason: 'Een reden.',
    reasons: 'Redenen.',
    outcome: 'grant',
    ground: 'threshold',
    amountCents: 100_000,
    missing: ['title'],
  },
  ...{
    about: 'x',
    view: 'x',
    note: 'x',
    title: 'Een andere titel',
    newClosing: '2027-12-31T16:00:00Z',
    kind: 'field',
    isChair: true,
  },
  ...{ confirmed: true, content: { budget: { requestedCents: 1 } } },
};

/** The bodies that are tried at one address: everything at once, nothing, and what each known form asks. */
const bodiesFor = (url: string): readonly unknown[] => {
  if (url.endsWith('/reviews/:id'))
    return [{ scores: noord.criteria.map((criterion) => ({ criterion, score: '1', reason: 'x' })) }];
  if (url.endsWith('/interests')) return [{ reason: 'x' }, { personId: people['reviewer'], reason: 'x' }];
  if (url.includes('/actions/')) return [{}, { reason: 'Een reden.' }, { ...BODY, reasonsPerCriterion: noord.reasons }];
  return [BODY, {}];
};

describe('after the announcement', () => {
  it('no act of anybody on any route changes what was issued, or what it rests on', async () => {
    ({ at: announcedAt } = (await noord.one('select app_now()::text as at')) as { at: string });
    const [before, basis] = [await issued(), await restsOn()];
    const places = await placesFor(ids[0] ?? '');
    const tried = new Map<number, number>();
    const count = (status: number): void => void tried.set(status, (tried.get(status) ?? 0) + 1);
    const routes = server.routes.routes.filter(
      ({ method, url }) => !['GET', 'HEAD'].includes(method) && subjectOf(url) !== null,
    );
    expect(routes.length).toBeGreaterThan(30);
    for (const { method, url } of routes) {
      const kind = subjectOf(url) ?? 'proposal';
      const actions = url.includes(':action') ? (ACTIONS[kind] ?? []) : [''];
      for (const action of actions) {
        const path = url
          .replace(':id', places[kind] ?? '')
          .replace(':action', action)
          .replace(':receipt', places['receipt'] ?? '')
          .replace(/:\w+/g, randomUUID());
        for (const person of Object.keys(people)) {
          if (url.startsWith('/api/')) {
            for (const body of bodiesFor(url)) count(await rest(person, method, path, body));
          } else count((await pages.send(people[person] ?? '', path, formOf(action))).status);
        }
      }
    }
    // Whatever was answered, no fault of ours was among it.
    expect([...tried.keys()].filter((status) => status >= 500)).toEqual([]);
    expect([...tried.values()].reduce((all, one) => all + one, 0)).toBeGreaterThan(1_000);
    expect(await restsOn()).toEqual(basis);
    expect(await issued()).toEqual(before);
    expect(await checkInvariants(noord.look, [...ROUND_INVARIANTS, ...DOCUMENT_INVARIANTS])).toEqual([]);
  }, 300_000);

  it('what may still happen (a promotion, a waiver) adds documents and leaves those that were issued', async () => {
    const [before, basis] = [await issued(), await restsOn()];
    const { secretary, decider, applicants } = noord.people;
    await noord.act('proposal', ids[0] ?? '', 'waive', applicants[0] ?? '', { confirmed: true });
    await noord.act('proposal', ids[1] ?? '', 'prepare-decision', secretary, {
      outcome: 'grant',
      reasons: 'Er is geld.',
    });
    await noord.act('proposal', ids[1] ?? '', 'promote', decider);
    expect(await restsOn()).toEqual(basis);
    expect(await issued()).toEqual(before);
  });
});

const rest = async (person: string, method: string, path: string, body: unknown): Promise<number> => {
  const { status } = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...{ 'idempotency-key': randomUUID(), 'if-match': '"1.1"', 'content-type': 'application/json' },
      authorization: `Bearer ${tokens[person] ?? ''}`,
    },
    ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
  });
  return status;
};

/** Every field that a form of an act can have. */
const formOf = (action: string): Record<string, string> => ({
  ...{
    _action: action,
    reason: 'Een reden.',
    reasons: 'Redenen.',
    outcome: 'grant',
    ground: 'threshold',
    amountCents: '1000',
    confirmed: 'on',
  },
  ...{ about: 'x', view: 'x', note: 'x', title: 'Een andere titel', answer: 'x', question: 'x' },
  ...Object.fromEntries(
    noord.criteria.flatMap((key) => [
      [`score-${key}`, '1'],
      [`reason-${key}`, 'x'],
      [`reasonsPerCriterion-${key}`, 'x'],
    ]),
  ),
});
