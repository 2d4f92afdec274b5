import { createHash, randomUUID } from 'node:crypto';
import { AskExplanation } from '#lib/decision';
import { makeBundle, type Bundle } from '#lib/kernel';
import { rankCalculator } from '#lib/scoring';
import {
  AskCheck,
  AskQuestion,
  HandleQuestion,
  StartInitiative,
  WriteParties,
  type WrittenInitiative,
  type WrittenParty,
} from '#lib/intake';
import { eligibleContent, viewerOf } from './round-people.js';
import { MESSAGE_IDS, type TestRound } from './test-round.js';

/** What screens are opened with: ids of subjects and secrets of links. */
export interface ScreenWorld {
  /** Open, with drafts, questions and checks. */
  readonly open: string;
  /** Fifty proposals with a ranking, before the decider. */
  readonly ranked: string;
  readonly draft: string;
  readonly submitted: string;
  /** Of the submitted one. */
  readonly receipt: string;
  /** Of the draft. */
  readonly party: string;
  readonly decided: string;
  readonly invited: string;
  readonly review: string;
  readonly question: string;
  readonly check: string;
  readonly initiative: string;
  /** The secret in every link that a mail would hold. */
  readonly token: string;
}

const ROWS = 50;
const TOKEN = 'a-secret-of-the-tests';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Every kind of thing that a screen shows, with lists of fifty rows. */
export async function makeScreenWorld(noord: TestRound): Promise<ScreenWorld> {
  const open = await noord.openCall('2027-1', { days: 60 });
  const { ranked, decided } = await rankedAndDecided(noord);
  const { draft, submitted, receipt } = await writtenIn(noord, open);
  const { invited, review } = await reviewsIn(noord);
  const asked = await askedIn(noord, open, draft, decided);
  const initiative = await initiativeIn(noord);
  const party = await linksTo(noord, draft);
  return {
    open,
    ranked,
    draft,
    submitted,
    receipt,
    party,
    decided,
    invited,
    review,
    initiative,
    token: TOKEN,
    ...asked,
  };
}

/** Copies a proposal with its reviews: fifty of them by hand would take minutes. */
const COPY = `with made as (
    insert into proposal select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'number', p.number || '-' || n,
      'title', initcap(translate(md5(n::text), '0123456789', ' eaoi nrst')), 'organisation', md5(n::text || 'o')))).* from proposal p, generate_series(2, ${ROWS}) n where p.id = $1 returning id),
  reviews as (select r.id as old, gen_random_uuid() as new, m.id as proposal from review r, made m where r.proposal_id = $1),
  copied as (insert into review select (jsonb_populate_record(r, jsonb_build_object('id', c.new, 'proposal_id', c.proposal))).*
    from reviews c join review r on r.id = c.old returning id)
  insert into review_score select (jsonb_populate_record(s, jsonb_build_object('review_id', c.new))).*
    from reviews c join review_score s on s.review_id = c.old`;

async function rankedAndDecided(noord: TestRound): Promise<{ ranked: string; decided: string }> {
  const { applicants, decider } = noord.people;
  const [lead = ''] = applicants;
  const past = await noord.openCall('2027-2');
  await noord.seatAll(past);
  const decided = await noord.scored(past, lead, 4);
  await noord.rank(past);
  await noord.prepared(decided);
  await noord.act('proposal', decided, 'grant', decider);
  await noord.act('call', past, 'close-early', decider, { reason: 'Alles is binnen.' });
  await noord.act('call', past, 'announce', decider);
  const ranked = await noord.openCall('2027-3');
  await noord.seatAll(ranked);
  const first = await noord.scored(ranked, lead, 4);
  await noord.look.query(COPY, [first]);
  await noord.rank(ranked);
  await marginsOf(noord);
  await noord.prepared(first);
  return { ranked, decided };
}

/** What a worker would have computed by now. */
async function marginsOf(noord: TestRound): Promise<void> {
  const { rows } = await noord.look.query<{ id: string; input: Pick<Bundle, 'input' | 'options'> }>(
    `select id, input from job where status = 'new'`,
  );
  const tools = { progress: () => undefined, isCancelled: () => false };
  for (const { id, input } of rows) {
    const bundle = makeBundle(rankCalculator, { ...input, node: 20 }, tools);
    const done = `update job set status = 'done', result = $2, finished_at = now() where id = $1`;
    await noord.look.query(done, [id, JSON.stringify(bundle)]);
  }
}

/** What had been written after a taking back, and was not submitted again. */
const SET_ASIDE = `insert into taken_back (region, proposal_id, transition_id, taken_at, parties, title, content, set_aside_at)
  select region, id, gen_random_uuid(), app_now(), '[]', 'Een beter plan', content, app_now() from proposal where id = $1`;

async function writtenIn(
  noord: TestRound,
  open: string,
): Promise<Pick<ScreenWorld, 'draft' | 'submitted' | 'receipt'>> {
  const [, lead = ''] = noord.people.applicants;
  const submitted = await noord.draft(open, lead);
  await noord.act('proposal', submitted, 'submit', lead);
  await noord.look.query(SET_ASIDE, [submitted]);
  const draft = await noord.draft(open, lead, { content: eligibleContent({ payee: {} }) });
  await noord.look.query(COPY, [draft]);
  const { id: receipt } = (await noord.one('select id from receipt where proposal_id = $1', [submitted])) as {
    id: string;
  };
  return { draft, submitted, receipt };
}

/** One review that is asked, one that is being written. */
async function reviewsIn(noord: TestRound): Promise<{ invited: string; review: string }> {
  const { applicants, secretary, members } = noord.people;
  const call = await noord.openCall('2027-4');
  await noord.seatAll(call);
  const reviews: string[] = [];
  for (let i = 0; i < 2; i++) {
    const id = await noord.draft(call, applicants[2] ?? '');
    await noord.act('proposal', id, 'submit', applicants[2] ?? '');
    await noord.act('proposal', id, 'admit', secretary);
    reviews.push(await noord.assign(id, members[1] ?? ''));
    await noord.act('proposal', id, 'start-review', secretary);
  }
  const [invited = '', review = ''] = reviews;
  await noord.act('review', review, 'accept', members[1] ?? '');
  return { invited, review };
}

async function askedIn(
  noord: TestRound,
  open: string,
  draft: string,
  decided: string,
): Promise<{ question: string; check: string }> {
  const { database, round, people } = noord;
  const [lead = '', writer = ''] = people.applicants;
  const receivedAt = await database.now();
  const asked = (actorId: string) => ({
    ...{
      actorId,
      region: 'noord',
      receivedAt,
      key: { personId: actorId, route: 't', key: randomUUID(), bodyHash: 'x' },
    },
  });
  const asking = new AskQuestion(database, round.frozen);
  for (const words of ['Telt een pabo als partner?', 'Mag het in twee jaar?'])
    await asking.execute(open, words, asked(lead));
  const idOf = async (table: string): Promise<string> =>
    ((await noord.one(`select id from ${table} order by asked_at, id limit 1`)) as { id: string }).id;
  const first = await idOf('public_question');
  const words = { question: { nl: 'Telt een pabo?', en: null }, answer: { nl: 'Ja.', en: null } };
  const secretary = viewerOf(people.secretary, 'noord', 'secretary');
  const place = { region: 'noord', callId: open, questionId: first };
  await new HandleQuestion(database, MESSAGE_IDS).publish(secretary, place, words);
  const { id: question } = (await noord.one(`select id from public_question where state = 'open'`)) as { id: string };
  await new AskCheck(database, round.frozen).execute(draft, ['idea', 'budget'], asked(writer));
  const wanted = { way: 'written', words: 'Waarom telt delen zo zwaar?', phone: '', times: '' } as const;
  await new AskExplanation(database, MESSAGE_IDS).execute(decided, wanted, asked(lead));
  return { question, check: await idOf('completeness_check') };
}

async function initiativeIn(noord: TestRound): Promise<string> {
  const { database, round, people } = noord;
  const [lead = ''] = people.applicants;
  const written: WrittenInitiative = {
    title: 'De groene klas',
    content: {
      what: 'Meten in een kas.',
      forWhom: 'Groep 7',
      needs: ['partners'],
      theme: 'wt',
      wantedPartners: 'Een tuinder',
      school: null,
      contact: '0592 12 34 56',
    },
    consent: ['what'],
  };
  const receivedAt = await database.now();
  const id = await new StartInitiative(database, round.engine, round.frozen).execute(written, {
    ...{ actorId: lead, region: 'noord', receivedAt },
  });
  await noord.act('initiative', id, 'register', lead);
  return id;
}

/** A party that was asked, an invitation, and an offer of help, each under the same known secret. */
async function linksTo(noord: TestRound, draft: string): Promise<string> {
  const { database, round, people } = noord;
  const [, lead = ''] = people.applicants;
  const writing = new WriteParties(database, round.frozen, { messageIds: MESSAGE_IDS, linkTo: String });
  const party: WrittenParty = {
    role: 'partner',
    organisation: 'Kwekerij',
    contactName: 'T. van Dam',
    email: 'kas@x.example',
    language: 'nl',
    institution: null,
    part: { task: 'Twee kassen.', cashCents: 50_000, hours: 20, inKindCents: null },
  };
  const place = { actorId: lead, region: 'noord', applicant: 'Leraar', receivedAt: await database.now() };
  const id = await writing.add(draft, party, place);
  await writing.ask({ proposalId: draft, id }, place);
  await noord.look.query('update party set token_hash = $1', [hash(TOKEN)]);
  await noord.look.query(
    `insert into invitation (region, token_hash, email, name, roles, expires_at)
     values ('noord', $1, 'nieuw@x.example', 'Nieuw Lid', '{member}', app_now() + interval '1 day')`,
    [hash(TOKEN)],
  );
  return id;
}

/** The cookie of a new session of a person. */
export async function sessionOf(noord: TestRound, personId: string): Promise<string> {
  const secret = randomUUID();
  await noord.look.query(
    `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values ($1, $2, $3, 'link')`,
    [hash(secret), personId, randomUUID()],
  );
  return secret;
}
