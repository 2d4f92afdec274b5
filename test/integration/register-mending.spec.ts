import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { listMigrations, migrate } from '#lib/database';
import { PEOPLE_INVARIANTS, tidyMailbox } from '#lib/people';
import { openTestDatabase, type TestDatabase } from '#lib/testing';

/** A database as it was before a migration of these registers, with what people had written down by then. */
let test: TestDatabase;
let owner: pg.Client;

const before = (name: string): ReadonlySet<string> =>
  new Set(listMigrations().flatMap((file) => (file.name < name ? [file.name] : [])));
const values = async (sql: string): Promise<readonly unknown[]> =>
  (await owner.query<{ v: unknown }>(sql)).rows.map(({ v }) => v);

beforeAll(async () => {
  test = await openTestDatabase('empty');
  await migrate(test.ownerUrl, before('0058'));
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.drop();
});

describe('provinces of before', () => {
  const PROVINCES = ['Friesland', 'FRYSLÂN', 'Frysla\u0302n', 'noord-holland ', 'Atlantis', 'Drenthe', ''];

  beforeAll(async () => {
    await writeMailboxes();
    await owner.query(`insert into school_import (id, sha256, file_name, as_of, is_complete, rows, added, changed, ended)
      values ('00000000-0000-4000-8000-000000000001', repeat('a', 64), 'x', '2026-01-01', false, 7, 7, 0, 0)`);
    await owner.query(
      `insert into school_site (site, name, level, board, province, first_seen, words, import_id)
        select '90AA0' || at - 1, 'X', 'PO', '90001', p, '2026-01-01', 'x', '00000000-0000-4000-8000-000000000001'
        from unnest($1::text[]) with ordinality t (p, at)`,
      [PROVINCES],
    );
    await owner.query(
      `insert into organisation (code, name, kind, province, words) values ('aa', 'A', 'COMPANY', 'Friesland', 'a')`,
    );
    await owner.query(`insert into region values ('noord', 'Noord', 'North')`);
    await owner.query(`insert into programme (code, source, content) values ('proef', '', '{}')`);
    await owner.query(`insert into regulation (region, programme, number, status, adopted_at, source, content)
      values ('noord', 'proef', 1, 'adopted', app_now(), '', '{"provinces": ["Groningen", "Friesland"], "x": 1}')`);
    await migrate(test.ownerUrl);
  });

  it('stand under their own names, and what is none stays as it was', async () => {
    expect(await values(`select province as v from school_site order by site`)).toEqual([
      ...['Fryslân', 'Fryslân', 'Fryslân', 'Noord-Holland', 'Atlantis', 'Drenthe', ''],
    ]);
    expect(await values(`select province as v from organisation`)).toEqual(['Fryslân']);
  });

  it('lead to the network whose regulation names them under any of their names', async () => {
    expect(await values(`select content as v from regulation`)).toEqual([
      { provinces: ['Groningen', 'Fryslân'], x: 1 },
    ]);
    expect(await values(`select app.network_of(province) as v from school_site order by site limit 4`)).toEqual([
      ...['noord', 'noord', 'noord', 'landelijk'],
    ]);
  });
});

/** An address, and who typed it first. */
const PEOPLE = [
  ['Jan@School.Example', '2026-01-01'],
  ['piet@bücher.example', '2026-01-02'],
  ['piet@xn--bcher-kva.example', '2026-01-03'],
  ['kees@bu\u0308cher.example', '2026-01-04'],
  ['ans@bücher.example', '2026-01-05'],
  ['ans@bu\u0308cher.example', '2026-01-06'],
  ['els@fußball.süd.例え.example', '2026-01-07'],
] as const;

async function writeMailboxes(): Promise<void> {
  for (const [email, at] of PEOPLE)
    await owner.query('insert into person (email, name, created_at) values ($1, $3, $2)', [email, at, email]);
  await owner.query(`insert into invitation (region, token_hash, email, invited_at, expires_at)
    select 'landelijk', repeat(n::text, 64), e, app_now() - n * interval '1 day', app_now() + interval '9 days'
    from unnest(array['ria@bücher.example', 'ria@xn--bcher-kva.example']) with ordinality t (e, n)`);
}

describe('mailboxes of before', () => {
  it('stand as they are compared, also where letters outside ASCII stand in the domain', async () => {
    expect(
      await values(`select email::text as v from person where name ~ '^(Jan|kees|els)' order by created_at`),
    ).toEqual([...['jan@school.example', 'kees@xn--bcher-kva.example'], tidyMailbox('els@fußball.süd.例え.example')]);
  });

  it('that turn out to be one are one account, and who is left over is named', async () => {
    expect(await values(`select email::text as v from person where name ~ '^(piet|ans)' order by created_at`)).toEqual([
      ...['piet@bücher.example', 'piet@xn--bcher-kva.example', 'ans@xn--bcher-kva.example', 'ans@bu\u0308cher.example'],
    ]);
    const [rule] = PEOPLE_INVARIANTS.filter(({ code }) => code === 'one-account-for-one-mailbox');
    const { rows } = await owner.query<{ id: string }>(rule?.sql ?? '');
    expect(
      await values(`select name as v from person where id = any ('{${rows.map(({ id }) => id).join()}}') order by 1`),
    ).toEqual([...['ans@bu\u0308cher.example', 'piet@bücher.example']]);
  });

  it('that have two open invitations in one region keep the later one', async () => {
    expect(await values(`select email::text as v from invitation where withdrawn_at is null`)).toEqual([
      'ria@xn--bcher-kva.example',
    ]);
  });
});
