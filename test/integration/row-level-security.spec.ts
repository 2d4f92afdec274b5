import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database } from '#lib/database';
import { sealAudit } from '#lib/engine';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  const call = await noord.openCall();
  await noord.seatAll(call);
  for (const applicant of noord.people.applicants) {
    const id = await noord.scored(call, applicant);
    await noord.prepared(id);
    await noord.act('proposal', id, 'grant', noord.people.decider);
  }
  await noord.rank(call);
  await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Klaar.' });
  await noord.act('call', call, 'announce', noord.people.decider);
});
afterAll(() => noord.close());

/** Rows for the tables that this round left empty: without rows any policy would pass. */
const fillTheRest = async (): Promise<void> => {
  const sealer = new pg.Client({ connectionString: noord.test.sealerUrl });
  await sealer.connect();
  await sealAudit(sealer);
  await sealer.end();
  await noord.look.query(`
    insert into interest (region, call_id, proposal_id, person_id, declared_by)
      select region, call_id, p.id, gen.id, gen.id from proposal p, (select id from person where email like 'chair%') gen limit 1;
    insert into task (region, kind, for_role, subject_kind, subject_id) values ('noord', 'look', 'secretary', 'mail', gen_random_uuid());
    insert into job (region, kind, input, input_hash) values ('noord', 'rank', '{}', 'h');
    insert into command (region, asked_by, subject_kind, subject_id, action) values ('noord', gen_random_uuid(), 'review', gen_random_uuid(), 'release');
    insert into invitation (region, token_hash, email, expires_at) values ('noord', repeat('a', 64), 'a@b.example', app_now());
    insert into co_writer (region, proposal_id, person_id) select p.region, p.id, h.id from proposal p, person h limit 1;
    insert into party (region, proposal_id, role, organisation, contact_name, email) select region, id, 'partner', 'x', 'x', 'x@y.example' from proposal limit 1;
    insert into attachment (id, region, proposal_id, path, name, media_type, bytes, sha256, state, uploaded_by)
      select gen_random_uuid(), region, id, 'answers.attachments', 'x.pdf', 'application/pdf', 1, repeat('a', 64), 'unscanned', lead_applicant from proposal limit 1;
    insert into objection (region, proposal_id, decision_id, objected_by, received_at, in_time, reasons)
      select d.region, d.proposal_id, d.id, d.decided_by, app_now(), true, 'x' from decision d limit 1;
    insert into outage (region, starts_at, ends_at, registered_by) select region, opens_at, closes_at, id from call limit 1;
    insert into call_extension (region, call_id, transition_id, from_closes_at, to_closes_at, reason, extended_by, extended_at)
      select region, id, id, opens_at, closes_at, 'x', id, app_now() from call limit 1;
    insert into lots_draw (region, call_id, arrival_day, participants, commitment, secret, public_source, public_at, committed_by, committed_at)
      select region, id, current_date, '{a,b}', repeat('a', 64), 'x', 'x', app_now(), id, app_now() from call limit 1;
    insert into lots_entry (draw_id, region, proposal_id, place, ticket) select l.id, l.region, p.id, 1, repeat('a', 64) from lots_draw l, proposal p limit 1;
    insert into mandate (region, board, holder, holder_name, kinds, valid_from, given_by)
      select 'noord', '90001', 'x@y.example', 'x', '{confirm}', current_date, id from person limit 1;
    insert into explanation_request (region, proposal_id, decision_id, asked_by, asked_at, way, words)
      select d.region, d.proposal_id, d.id, d.decided_by, app_now(), 'written', 'x' from decision d limit 1;
    insert into public_question (region, call_id, asked_by, asked_at, words) select region, id, prepared_by, app_now(), 'x' from call limit 1;
    insert into completeness_check (region, call_id, proposal_id, asked_by, asked_at, answer_by, parts, content, gaps)
      select region, call_id, id, lead_applicant, app_now(), '2027-01-01', '{}', '{}', '{}' from proposal limit 1;
    insert into taken_back (region, proposal_id, transition_id, taken_at, parties) select region, id, id, app_now(), '[]' from proposal limit 1;
    insert into proposal_origin (proposal_id, region, source_id, source_number, left_out, parties)
      select id, region, gen_random_uuid(), 'x', '[]', 0 from proposal limit 1;
    insert into document_text (document_id, region, language, letter, sha256) select id, region, 'nl', '{}', repeat('a', 64) from document limit 1;
    insert into document_print (document_id, region, language, pdf, sha256) select document_id, region, language, '', sha256 from document_text limit 1;
    insert into totals_outdated (proposal_id, region) select id, region from proposal limit 1;
    insert into initiative_counter (region, last) values ('noord', 1);
    insert into initiative (region, number, started_by, title, content, rules_hash, state, phase)
      select 'noord', 'I-noord-0001', p.id, 'x', '{}', c.rules_hash, 'Draft', 'preparing' from call c, person p limit 1;
    insert into help_offer (region, organisation, kind, what, contact_name, email) values ('noord', 'x', 'COMPANY', 'hours', 'x', 'x@y.example');
    insert into opening_request (region, email, language, token_hash) values ('noord', 'x@y.example', 'nl', repeat('a', 64));
    insert into offer_match (initiative_id, offer_id, region, matched_by) select i.id, o.id, 'noord', i.started_by from initiative i, help_offer o;
    insert into consultation (initiative_id, region, asked_by) select id, 'noord', started_by from initiative;
    insert into term_suspension (region, term_id, from_day, until_day, reason) select region, id, '2027-01-01', '2027-01-02', 'test' from term limit 1`);
};

describe('row-level security', () => {
  it('shows no row of another region, whichever tenant table the application asks', async () => {
    const { rows: tables } = await noord.look.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname = 'public' and c.relrowsecurity order by 1`,
    );
    expect(tables.length).toBeGreaterThanOrEqual(20);
    const app = new pg.Client({ connectionString: noord.test.appUrl });
    await app.connect();
    await fillTheRest();
    const empty: string[] = [];
    for (const { name } of tables) {
      const { n } = await noord.one(`select count(*)::int as n from ${name} where region = 'noord'`);
      if (Number(n) === 0) empty.push(name);
      await app.query(`begin; select set_config('app.regions', 'zuid', true)`);
      const { rows } = await app.query<{ n: number }>(`select count(*)::int as n from ${name} where region = 'noord'`);
      await app.query('rollback');
      expect([name, rows[0]?.n]).toEqual([name, 0]);
    }
    await app.end();
    expect(empty).toEqual([]);
  });

  it('protects every table that has a region, whenever it was made, and its owner’s functions too', async () => {
    const { rows: open } = await noord.look.query(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'region' and not a.attisdropped
       where c.relkind in ('r', 'p', 'v', 'm') and n.nspname = 'public'
         and not (c.relrowsecurity and c.relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
    const { rows: loose } = await noord.look.query(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname in ('app', 'public') and p.prosecdef and p.prorettype <> 'trigger'::regtype
         and (not coalesce('search_path=public, pg_temp' = any (p.proconfig), false)
           or has_function_privilege('regioloket_sealer', p.oid, 'execute'))`,
    );
    expect(loose).toEqual([]);
    const { rows: owned } = await noord.look.query(
      `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
       where r.rolname in ('regioloket_app', 'regioloket_worker', 'regioloket_sealer')`,
    );
    expect(owned).toEqual([]);
  });

  it('refuses a question without a region instead of answering "no rows"', async () => {
    const app = new pg.Client({ connectionString: noord.test.appUrl });
    await app.connect();
    await expect(app.query('select * from proposal')).rejects.toThrow(/tenant list not set/);
    await app.end();
  });

  it('lets no request see rows of the other region, though thousands of two regions share two connections', async () => {
    const most = process.env['FULL'] === '1' ? 10_000 : 2_000;
    await noord.look.query(
      `insert into audit_entry (region, act, subject_kind) select case n % 2 when 0 then 'noord' else 'zuid' end, 'test', 'test' from generate_series(1, 200) n`,
    );
    const database = await Database.open({ url: noord.test.appUrl, poolSize: 2 });
    let [foreign, own] = [0, 0];
    const ask = async (i: number): Promise<void> => {
      const region = i % 2 === 0 ? 'noord' : 'zuid';
      const failing = i % 7 === 0;
      const rows = await database
        .unit({ regions: [region], actor: null, readOnly: true }, async (tx) => {
          const found = await tx.query<{ region: string }>(`select region from audit_entry where act = 'test'`);
          if (failing) await tx.query('select 1 / 0');
          return found;
        })
        .catch(() => []);
      own += rows.length;
      foreign += rows.filter((row) => row.region !== region).length;
    };
    const queue = Array.from({ length: most }, (_, i) => i).values();
    const lane = async (): Promise<void> => {
      for (const i of queue) await ask(i);
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    await database.close();
    expect(foreign).toBe(0);
    expect(own).toBeGreaterThan(most * 80);
  });
});
