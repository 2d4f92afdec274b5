import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import type { RunningServer } from '#app/server';
import { AskCheck, AskQuestion, StartInitiative, WriteParties } from '#lib/intake';
import { makePeople } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, REASONS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let open: string;
let reviewing: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
  open = await noord.openCall('2027-1', { days: 60 });
  reviewing = await noord.openCall('2027-2');
  await noord.seatAll(reviewing);
  server = await serve(noord);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const applicant = (i = 0): string => noord.people.applicants[i] ?? '';
const cookies = new Map<string, string>();

/** The start page of a person, as that person reads it. */
const startOf = async (personId: string): Promise<string> => {
  const known = cookies.get(personId) ?? randomUUID();
  if (!cookies.has(personId))
    await noord.look.query(
      `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values ($1, $2, 'x', 'link')`,
      [createHash('sha256').update(known).digest('hex'), personId],
    );
  cookies.set(personId, known);
  const response = await fetch(`${server.url}/`, { headers: { cookie: `session=${known}; taal=nl` } });
  return response.text();
};
/** What must be done, in the order of the page: kicker and where it leads. */
const todoOf = async (personId: string): Promise<readonly string[]> => {
  const [page = ''] = (await startOf(personId)).replaceAll('&#x3D;', '=').split('id="eigen"');
  const tiles = page.split('<li class="wt-tile">').slice(1);
  return tiles.map((tile) => {
    const what = /wt-kicker">([^<]*)</.exec(tile)?.[1] ?? '';
    const href = /href="([^"]*)"/.exec(tile.split('</li>')[0] ?? '')?.[1] ?? '-';
    return `${what} ${href}`;
  });
};
const key = (personId: string) => ({ personId, route: 'test', key: randomUUID(), bodyHash: 'x' });
const asked = async (actorId: string) => ({
  ...{ actorId, region: 'noord', receivedAt: await noord.database.now(), key: key(actorId) },
});
/** A proposal under review by one member. */
const underReview = async (call = reviewing): Promise<{ id: string; review: string; member: string }> => {
  const member = noord.people.members[1] ?? '';
  const id = await noord.draft(call, applicant());
  await noord.act('proposal', id, 'submit', applicant());
  await noord.act('proposal', id, 'admit', noord.people.secretary);
  const review = await noord.assign(id, member);
  await noord.act('proposal', id, 'start-review', noord.people.secretary);
  return { id, review, member };
};

describe('what must I do now', () => {
  it('follows a proposal from person to person, and ends when it is done', async () => {
    const { secretary, members, decider, coordinator } = noord.people;
    const [chair = ''] = members;
    const draft = await noord.draft(reviewing, applicant(1));
    expect(await todoOf(applicant(1))).toEqual([`Schrijf uw aanvraag af en dien in /aanvragen/${draft}`]);
    await noord.act('proposal', draft, 'submit', applicant(1));
    expect(await todoOf(applicant(1))).toEqual([]);
    expect(await todoOf(secretary)).toEqual([`Controleer of alles er is /aanvragen/${draft}`]);
    await noord.act('proposal', draft, 'withdraw', applicant(1));

    const { id, review, member } = await underReview();
    expect(await todoOf(member)).toEqual([`Kunt u deze aanvraag beoordelen? /oordelen/${review}`]);
    expect(await todoOf(secretary)).toEqual([]);
    await noord.review(review, member, 5);
    expect(await todoOf(member)).toEqual([]);
    expect(await todoOf(secretary)).toEqual([
      `Sluit de beoordeling van 1 aanvraag af /rondes/${reviewing}/aanvragen?fase=in-review`,
    ]);
    await noord.act('proposal', id, 'close-review', secretary);
    expect(await todoOf(chair)).toEqual([`Bespreek en geef advies /aanvragen/${id}`]);
    await noord.rank(reviewing);
    const advice = { outcome: 'grant', reasonsPerCriterion: REASONS };
    await noord.act('proposal', id, 'advise', chair, advice);
    expect(await todoOf(secretary)).toEqual([`Bereid 1 besluit voor /rondes/${reviewing}/rangschikking`]);
    await noord.act('proposal', id, 'prepare-decision', secretary, { outcome: 'grant', reasons: 'x' });
    expect(await todoOf(secretary)).toEqual([]);
    expect(await todoOf(decider)).toEqual(['Neem een besluit /besluiten']);
    await noord.act('proposal', id, 'grant', decider);
    expect(await todoOf(decider)).toEqual([]);
    await noord.act('call', reviewing, 'close-early', decider, { reason: 'x' });
    expect(await todoOf(decider)).toEqual([`Maak de besluiten bekend /rondes/${reviewing}`]);
    expect(await todoOf(coordinator)).toHaveLength(1);
    await noord.act('call', reviewing, 'announce', decider);
    expect([...(await todoOf(decider)), ...(await todoOf(secretary)), ...(await todoOf(chair))]).toEqual([]);
  });

  it('holds what people ask of the secretary, soonest first, and is theirs alone', async () => {
    const { secretary, coordinator, decider } = noord.people;
    const draft = await noord.draft(open, applicant(2));
    await new AskQuestion(noord.database, noord.round.frozen).execute(open, 'Mag dit?', await asked(applicant(3)));
    await new AskCheck(noord.database, noord.round.frozen).execute(draft, [], await asked(applicant(2)));
    const { id: check } = (await noord.one('select id from completeness_check')) as { id: string };
    expect(await todoOf(secretary)).toEqual([
      `Doe de volledigheidstoets /rondes/${open}/volledigheid/${check}`,
      `1 vraag wacht op antwoord /rondes/${open}/vragen`,
    ]);
    for (const other of [coordinator, decider, applicant(3)])
      expect((await todoOf(other)).filter((line) => /toets|vraag/.test(line))).toEqual([]);
  });

  it('asks a partner with an account to use the link in the mail, without the link', async () => {
    const draft = await noord.draft(open, applicant(2));
    const { email } = (await noord.one('select email::text from person where id = $1', [applicant(3)])) as {
      email: string;
    };
    const options = { messageIds: MESSAGE_IDS, linkTo: (token: string) => `https://x.example/partij/${token}` };
    const writing = new WriteParties(noord.database, noord.round.frozen, options);
    const place = {
      actorId: applicant(2),
      region: 'noord',
      applicant: 'Leraar',
      receivedAt: await noord.database.now(),
    };
    const party = await writing.add(
      draft,
      {
        ...{ role: 'partner', organisation: 'Kwekerij', contactName: 'T.', email: email.toUpperCase(), language: 'nl' },
        institution: null,
        part: { task: '', cashCents: null, hours: null, inKindCents: null },
      },
      place,
    );
    expect(await todoOf(applicant(3))).toEqual([]);
    await writing.ask({ proposalId: draft, id: party }, place);
    expect(await todoOf(applicant(3))).toEqual(['Bevestig uw deel -']);
    expect(await startOf(applicant(3))).not.toContain('/partij/');
  });

  it('has the initiatives of the desk and of who started them, also at the national desk', async () => {
    const { rows } = await noord.look.query<{ id: string }>(
      `with p as (insert into person (email, name) values ('landelijk@x.example', 'Landelijk') returning id)
       insert into role_assignment (region, person_id, role) select 'landelijk', id, 'national-office' from p returning person_id as id`,
    );
    const national = rows[0]?.id ?? '';
    const receivedAt = await noord.database.now();
    const starting = new StartInitiative(noord.database, noord.round.engine, noord.round.frozen);
    const content = {
      ...{ what: 'x', forWhom: '', needs: ['support' as const], theme: 'wt' as const },
      ...{ wantedPartners: '', school: null, contact: '' },
    };
    const id = await starting.execute(
      { title: 'De groene klas', content, consent: [] },
      { actorId: applicant(1), region: 'landelijk', receivedAt },
    );
    expect(await todoOf(applicant(1))).toEqual([`Maak uw initiatief af /initiatieven/${id}`]);
    await noord.round.engine.act({
      ...{ subject: { kind: 'initiative', id }, action: 'register', receivedAt },
      actor: { id: applicant(1), regions: ['landelijk'] },
    });
    expect(await todoOf(applicant(1))).toEqual([]);
    expect(await todoOf(national)).toEqual([`Help dit initiatief verder /initiatieven/${id}`]);
    await noord.look.query(
      `insert into task (region, kind, for_role, subject_kind, subject_id) values ('landelijk', 'initiative-overdue', 'desk', 'initiative', $1)`,
      [id],
    );
    expect(await todoOf(national)).toHaveLength(2);
    await noord.look.query(`insert into consultation (initiative_id, region, asked_by) values ($1, 'noord', $2)`, [
      id,
      national,
    ]);
    expect(await todoOf(noord.people.coordinator)).toContain(
      `Een ander netwerk vraagt wat u vindt /initiatieven/${id}`,
    );
  });

  it('tells a task that something raised until its subject has gone on, and one about a mail until somebody says it is done', async () => {
    const { secretary } = noord.people;
    const before = (await todoOf(secretary)).length;
    const id = await noord.draft(open, applicant(1));
    await noord.act('proposal', id, 'submit', applicant(1));
    await noord.look.query(
      `insert into task (region, kind, for_role, subject_kind, subject_id) values
        ('noord', 'decision-overdue', 'secretary', 'proposal', $1), ('noord', 'mail-not-delivered', 'secretary', 'mail', gen_random_uuid())`,
      [id],
    );
    expect(await todoOf(secretary)).toHaveLength(before + 3);
    await noord.act('proposal', id, 'withdraw', applicant(1));
    expect(await todoOf(secretary)).toHaveLength(before + 1);
    const page = await startOf(secretary);
    const path = /action="(\/taken\/[^"]*)"/.exec(page)?.[1] ?? '';
    const csrf = /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
    for (const who of [applicant(1), secretary]) {
      await startOf(who);
      const headers = { cookie: `session=${cookies.get(who) ?? ''}`, origin: server.url };
      const body = new URLSearchParams({ _csrf: csrf });
      const { status } = await fetch(`${server.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
      expect([who === secretary, status]).toEqual([who === secretary, 303]);
      expect((await todoOf(secretary)).length).toBe(who === secretary ? before : before + 1);
    }
  });
});

describe('mail that does not arrive', () => {
  /** A mail of the round that is lost, with its task as the worker raises it. */
  const lost = async (reason: string, about: string | null = null): Promise<string> => {
    const view = about === null ? {} : { aboutSubject: { kind: 'proposal', id: about } };
    const { id } = await noord.one(
      `insert into outbox (region, event_id, recipient_key, template, language, to_address, to_name, view, status, message_id)
        values ('noord', gen_random_uuid(), 'x', 'receipt', 'nl', 'weg@school.example', 'W. Weg', $1, 'bounced', gen_random_uuid()::text) returning id`,
      [JSON.stringify(view)],
    );
    await noord.look.query(
      `insert into task (region, kind, for_role, subject_kind, subject_id, data) values ('noord', 'mail-not-delivered', 'secretary', 'mail', $1, $2)`,
      [id, JSON.stringify({ template: 'receipt', status: 'bounced', reason })],
    );
    return String(id);
  };
  const tileOf = async (personId: string): Promise<string> =>
    (await startOf(personId)).split('<li class="wt-tile">').find((tile) => tile.includes('weg@school')) ?? '';

  it('names the recipient, the kind of mail and the reason in words', async () => {
    const id = await lost('mailbox-full');
    const tile = await tileOf(noord.people.secretary);
    expect(tile).toContain('Een mail kwam niet aan');
    expect(tile).toContain('Ontvangstbevestiging');
    expect(tile).toContain('W. Weg (weg@school.example). De mailbox van de ontvanger is vol.');
    await noord.look.query('delete from task where subject_id = $1', [id]);
  });

  it('is told to staff and to who operates while the relay refuses us, with what it said for the latter alone', async () => {
    const admin = String(
      (await noord.one(`insert into person (email, name) values ('beheer@x.example', 'B') returning id`))['id'],
    );
    await noord.look.query(
      `insert into role_assignment (region, person_id, role, valid_from) values ('landelijk', $1, 'platform-admin', now() - interval '1 day')`,
      [admin],
    );
    for (const said of ['554 one', '554 5.7.1 Relay access denied']) {
      await noord.look.query(`select app.relay_refused(gen_random_uuid(), 'refused', $1)`, [said]);
      await noord.look.query(
        'update installation set relay_probe_at = null, relay_refuses_since = null where relay_refusals < 2',
      );
    }
    expect(await startOf(noord.people.secretary)).toMatch(/Er gaat nu geen mail uit\. Er gaat niets verloren/);
    const page = await startOf(admin);
    expect(page).toContain('De mailserver weigert dit. 554 5.7.1 Relay access denied');
    const { mailRefused } = (await (await fetch(`${server.url}/readyz`)).json()) as { mailRefused: object };
    expect(mailRefused).toEqual({ since: expect.any(String), reason: 'refused' });
    await noord.look.query('select app.relay_took()');
    expect(await startOf(admin)).not.toContain('Relay access denied');
    expect(await startOf(noord.people.secretary)).not.toContain('Er gaat nu geen mail uit');
  });
});

describe('a late review', () => {
  it('leads the secretary to its proposal: a review is for its writer alone', async () => {
    const { secretary } = noord.people;
    const later = await noord.openCall('2027-late');
    await noord.seatAll(later);
    const { id, review } = await underReview(later);
    await noord.look.query(
      `insert into task (region, kind, for_role, subject_kind, subject_id) values ('noord', 'review-overdue', 'secretary', 'review', $1)`,
      [review],
    );
    expect(await todoOf(secretary)).toContain(`Een oordeel is te laat /aanvragen/${id}`);
  });

  it('is told to its writer on every page, with the day that passed', async () => {
    const passing = await noord.openCall('2027-passed');
    await noord.seatAll(passing);
    const { review, member } = await underReview(passing);
    const end = `update term set state = 'expired', last_day = '2026-01-02', due_at = '2026-01-02T23:00:00Z', ended_at = now()
      where subject_id = $1 and name = 'review'`;
    await noord.look.query(end, [review]);
    const [tile = ''] = (await startOf(member)).split('<li class="wt-tile">').filter((one) => one.includes(review));
    expect(tile).toMatch(/wt-late">Te laat, moest uiterlijk <strong><time datetime="2026-01-02">2 januari 2026</);
    const headers = { cookie: `session=${cookies.get(member) ?? ''}; taal=nl` };
    const pageOf = async (path: string): Promise<string> => (await fetch(`${server.url}${path}`, { headers })).text();
    expect(await pageOf('/oordelen')).toMatch(/Te laat, moest uiterlijk<\/span> <strong><time datetime="2026-01-02">/);
    expect(await pageOf(`/oordelen/${review}`)).toMatch(
      /vrijdag 2 januari 2026<\/time><\/strong> <span class="wt-late">te laat</,
    );
  });
});

describe('the secretary’s start', () => {
  it('counts drafts and their amount from three on, and fewer are not told apart', async () => {
    const { people } = noord;
    const call = await noord.openCall('2027-3', { days: 30 });
    const textOf = async (who: string): Promise<string> => {
      const page = await startOf(who);
      const [, round = ''] = page.split(`href="/rondes/${call}">Ronde 2027-3</a>`);
      return (round.split('</section>')[0] ?? '').replace(/<[^>]*>|&nbsp;/g, ' ').replace(/\s+/g, ' ');
    };
    for (let i = 0; i < 2; i++) {
      expect(await textOf(people.secretary)).toContain('minder dan 3 concepten');
      await noord.draft(call, applicant(i));
    }
    expect(await textOf(people.secretary)).not.toContain('€');
    await noord.draft(call, applicant(2));
    expect(await textOf(people.secretary)).toMatch(/30 dagen.*3 concepten, samen € 12\.000,00/);
    expect(await textOf(people.coordinator)).toContain('3 concepten');
    const zuid = await makePeople(noord.look, 'zuid', { members: 1, applicants: 0 });
    for (const other of [people.decider, people.members[0] ?? '', zuid.secretary]) expect(await textOf(other)).toBe('');
  });
});
