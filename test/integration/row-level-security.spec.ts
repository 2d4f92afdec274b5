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
    insert into party (region, proposal_id, role, organisation, contact_name, email) select region, id, 'partner', 'x', 'x', 'x@y.example' from proposal limit 1;
    insert into objection (region, proposal_id, decision_id, objected_by, received_at, in_time, reasons)
      select d.region, d.proposal_id, d.id, d.decided_by, app_now(), true, 'x' from decision d limit 1;
    insert into lots_draw (region, call_id, arrival_day, participants, commitment, secret, public_source, public_at, committed_by, committed_at)
      select region, id, current_date, '{a,b}', repeat('a', 64), 'x', 'x', app_now(), id, app_now() from call limit 1;
    insert into lots_entry (draw_id, region, proposal_id, place, ticket) select l.id, l.region, p.id, 1, repeat('a', 64) from lots_draw l, proposal p limit 1;
    insert into initiative_counter (region, last) values ('noord', 1);
    insert into initiative (region, number, started_by, title, content, rules_hash, state, phase)
      select 'noord', 'I-noord-0001', p.id, 'x', '{}', c.rules_hash, 'Draft', 'preparing' from call c, person p limit 1;
    insert into help_offer (region, organisation, kind, what, contact_name, email) values ('noord', 'x', 'COMPANY', 'hours', 'x', 'x@y.example');
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
