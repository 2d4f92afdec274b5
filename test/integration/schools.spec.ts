import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDate } from '#lib/kernel';
import { FindSchools, importSchools, type SchoolImport } from '#lib/people';
import { duoFiles, DUO_SIZES } from '#lib/testing';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let schools: FindSchools;
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  schools = new FindSchools(noord.database);
});
afterAll(() => noord.close());

const HEADER =
  'PROVINCIE;BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM;VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM';
const load = (rows: readonly string[], on = '2026-11-01', isComplete = false): Promise<SchoolImport> => {
  const bytes = new TextEncoder().encode([HEADER, ...rows].join('\n'));
  return importSchools(noord.look, { bytes, name: 'x.csv', asOf: calendarDate(on), level: 'PO', isComplete });
};
const REGENBOOG = 'Drenthe;90001;Scholen Assen;90AA00;Basisschool De Regenboog;ASSEN;Assen';
const BREGE = 'Fryslân;90002;Scholen Sneek;90AB00;Café De Brêge;SNEEK;Súdwest-Fryslân';

describe('the registry of schools', () => {
  it('takes a file once, whatever how often it is given', async () => {
    expect(await load([REGENBOOG, BREGE])).toMatchObject({ rows: 2, added: 2, changed: 0, ended: 0, boards: 2 });
    expect(await load([REGENBOOG, BREGE])).toMatchObject({ rows: 2, added: 0, changed: 0, ended: 0, boards: 0 });
    expect(await noord.one('select count(*)::int as n from school_site')).toEqual({ n: 2 });
  });

  it('keeps what a school was before a file changed it', async () => {
    expect(await load([REGENBOOG.replace('90001', '90009')], '2026-12-01')).toMatchObject({ added: 0, changed: 1 });
    expect(
      await noord.one(
        `select was ->> 'board' as board, until::text from school_history where key = '90AA00' and was is not null`,
      ),
    ).toEqual({ board: '90001', until: '2026-12-01' });
  });

  it('ends a school only when a complete file does not name it', async () => {
    expect(await load([REGENBOOG.replace('Basisschool', 'School')], '2027-01-01')).toMatchObject({ ended: 0 });
    expect(await load([REGENBOOG], '2027-02-01', true)).toMatchObject({ ended: 1 });
    expect((await schools.search('brege'))[0]).toMatchObject({ site: '90AB00', isEnded: true });
  });

  it('imports nothing of a file that is faulty as a whole', async () => {
    const before = await noord.one('select count(*)::int as n from school_import');
    await expect(load([REGENBOOG.replace('90AA00', 'fout'), BREGE])).rejects.toMatchObject({
      code: 'school-file-unusable',
    });
    expect(await noord.one('select count(*)::int as n from school_import')).toEqual(before);
  });

  it.each(['90AA', '90aa00', 'regenboog', 'Regenboog assen', 'ASSEN regen', 'regenbog'])(
    'finds a school by %j',
    async (typed) => {
      expect((await schools.search(typed))[0]).toMatchObject({ site: '90AA00', region: 'noord', place: 'Assen' });
    },
  );

  it('takes signs that mean something to a database as plain signs', async () => {
    expect(await schools.search('%%')).toEqual([]);
    expect(await schools.search(`'; drop table school_site; --`)).toEqual([]);
  });

  it('sends a place that no network covers to the national desk', async () => {
    expect(await noord.one(`select app.network_of('Utrecht') as u, app.network_of('Antwerpen') as a`)).toEqual({
      u: 'midden',
      a: 'landelijk',
    });
  });

  it('reads a file of mergers: the old number ends and leads to the new one, and no chain closes', async () => {
    await load(['Drenthe;90001;Scholen Assen;90CA00;De Oude;ASSEN;Assen'], '2026-11-02');
    const merge = (rows: readonly string[]): Promise<SchoolImport> => {
      const text = ['BRIN oud,BRIN nieuw,Datum', ...rows].join('\n');
      const place = { name: 'fusies.csv', asOf: calendarDate('2026-11-01'), level: 'PO', isComplete: false } as const;
      return importSchools(noord.look, { bytes: new TextEncoder().encode(text), ...place });
    };
    expect(await merge(['90ca,90CB,01-08-2024', 'fout,90CB,2024-08-01'])).toMatchObject({
      ...{ rows: 1, added: 1, ended: 1, faults: [{ line: 3, column: 'INSTELLINGSCODE OUD' }] },
    });
    expect(
      await noord.one(`select app.current_brin('90CA') as now, ended_on::text from school_site where site = '90CA00'`),
    ).toEqual({
      ...{ now: '90CB', ended_on: '2024-08-01' },
    });
    await expect(merge(['90CB,90CA,2025-08-01'])).rejects.toMatchObject({ code: 'school-file-unusable' });
    expect(await merge(['90CA,90CB,01-08-2024'])).toMatchObject({ added: 0, changed: 0, ended: 0 });
  });

  it('follows mergers to the number under which a school goes on', async () => {
    await noord.look.query(
      `insert into school_merger values ('90BA', '90BB', '2020-08-01'), ('90BB', '90BC', '2024-08-01')`,
    );
    expect(await noord.one(`select app.current_brin('90BA') as a, app.current_brin('90ZZ') as z`)).toEqual({
      a: '90BC',
      z: '90ZZ',
    });
  });

  it('searches six thousand schools by an index', async () => {
    const order = { asOf: calendarDate('2027-03-01'), level: 'PO', isComplete: false } as const;
    const done = await importSchools(noord.look, { ...order, name: 'vestigingen-bo.csv', bytes: duoFiles().primary });
    expect(done).toMatchObject({ rows: DUO_SIZES.primary, added: DUO_SIZES.primary, faults: [] });
    await noord.look.query('vacuum analyze school_site');
    const { rows: plan } = await noord.look.query<{ 'QUERY PLAN': string }>(
      `explain select 1 from school_site where words like '%regenboog%' and words like all (array['%regenboog%', '%assen%'])`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('school_site_words');
  });
});
