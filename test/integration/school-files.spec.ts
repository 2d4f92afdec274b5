import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { calendarDate } from '#lib/kernel';
import { importSchoolFiles, undoSchoolImport, type ImportOrder, type SchoolImport } from '#lib/people';
import { duoFiles, DUO_SIZES, openTestDatabase, type TestDatabase } from '#lib/testing';

type Name = 'primary' | 'special' | 'secondary' | 'boards';

/** Files in the form that DUO publishes, 8,700 sites together. */
const FILES = duoFiles();
const ALL = { PO: DUO_SIZES.primary + DUO_SIZES.special, VO: DUO_SIZES.secondary };
const DAY = '2026-11-01';

let test: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.drop();
});
beforeEach(() => owner.query('truncate school_site, school_board, school_history, school_merger, school_import'));

const load = (names: readonly Name[], on = DAY, how: Partial<ImportOrder> = {}): Promise<SchoolImport> => {
  const files = names.map((name) => ({ name: `${name}.csv`, bytes: FILES[name] }));
  const level = names.includes('secondary') ? 'VO' : 'PO';
  return importSchoolFiles(owner, files, { asOf: calendarDate(on), level, isComplete: false, ...how });
};
/** Every row as people see it, without what only the bookkeeping of imports needs. */
const state = async (): Promise<unknown> =>
  (
    await owner.query<{
      all: unknown;
    }>(`select jsonb_build_object('sites', (select jsonb_agg(to_jsonb(s) - 'import_id' - 'as_of' order by site) from school_site s),
    'boards', (select jsonb_agg(jsonb_build_array(board, name) order by board) from school_board)) as all`)
  ).rows[0]?.all;
const count = async (where: string): Promise<number> =>
  (await owner.query<{ n: number }>(`select count(*)::int as n from school_site where ${where}`)).rows[0]?.n ?? -1;

describe('the files of DUO', () => {
  it('are taken whole: every row, its province, its place, and the name of its board from the file of boards', async () => {
    expect(await load(['primary'])).toMatchObject({
      rows: 6262,
      added: 6262,
      changed: 0,
      ended: 0,
      boards: 0,
      faults: [],
    });
    expect(await load(['boards'])).toMatchObject({ kind: 'boards', rows: DUO_SIZES.boards, added: DUO_SIZES.boards });
    expect(await count(`province = 'Fryslân'`)).toBe(DUO_SIZES.frisian);
    expect(await count(`place = 'Nes gem. Ameland' and province = 'Fryslân'`)).toBeGreaterThan(100);
    expect(await count(`board_name = ''`)).toBe(0);
    expect(await count(`words like '%stichting scholen%'`)).toBe(6262);
  });

  it('change nothing the second time, in whichever order they come', async () => {
    for (const name of ['primary', 'special', 'boards', 'secondary'] as const) await load([name]);
    const once = await state();
    for (const name of ['secondary', 'boards', 'special', 'primary'] as const)
      expect(await load([name])).toMatchObject({ added: 0, changed: 0, ended: 0, boards: 0 });
    expect(await state()).toEqual(once);
    await owner.query('truncate school_site, school_board, school_history, school_merger, school_import');
    for (const name of ['boards', 'secondary', 'special', 'primary'] as const) await load([name]);
    expect(await state()).toEqual(once);
  });

  it('are complete only together: with one file missing nothing ends, and the refusal says how many would', async () => {
    await load(['primary', 'special'], DAY, { isComplete: true });
    await load(['secondary'], DAY, { isComplete: true });
    const before = await state();
    await expect(load(['special'], '2026-12-01', { isComplete: true })).rejects.toMatchObject({
      ...{ code: 'too-many-schools-end', facts: { ends: DUO_SIZES.primary } },
    });
    await expect(load(['primary'], '2026-12-01', { isComplete: true })).rejects.toMatchObject({ facts: { ends: 520 } });
    await expect(load(['primary'], '2026-12-01', { isComplete: true, confirmed: 519 })).rejects.toThrow(
      '--confirm 520',
    );
    expect(await state()).toEqual(before);
    expect(await load(['special', 'primary'], '2026-12-01', { isComplete: true })).toMatchObject({
      changed: 0,
      ended: 0,
    });
    expect(await load(['primary'], '2026-12-02', { isComplete: true, confirmed: 520 })).toMatchObject({ ended: 520 });
    expect([
      await count(`level = 'PO' and ended_on is null`),
      await count(`level = 'VO' and ended_on is null`),
    ]).toEqual([...[DUO_SIZES.primary, ALL.VO]]);
  });

  it('are counted without being written in a dry run', async () => {
    const audited = async (): Promise<number | null> => (await owner.query('select 1 from audit_entry')).rowCount;
    const before = await audited();
    const tried = await load(['primary', 'special'], DAY, { isDryRun: true });
    expect(tried).toMatchObject({ number: null, rows: ALL.PO, added: ALL.PO });
    expect(tried.samples).toHaveLength(5);
    expect(await count('true')).toBe(0);
    expect(await audited()).toBe(before);
  });

  it('hold of their day: an older one is refused where it would overwrite a later one, unless that is said', async () => {
    await load(['primary'], '2026-12-01');
    expect(await load(['primary'], '2026-11-01')).toMatchObject({ changed: 0 });
    const renamed = Buffer.from(
      FILES.primary.toString('latin1').replace(';HET PALET 4;', ';HET NIEUWE PALET;'),
      'latin1',
    );
    const older = (how: Partial<ImportOrder> = {}): Promise<SchoolImport> =>
      importSchoolFiles(owner, [{ name: 'old.csv', bytes: renamed }], {
        ...{ asOf: calendarDate('2026-11-01'), level: 'PO', isComplete: false, ...how },
      });
    await expect(older()).rejects.toMatchObject({ code: 'later-file-known', facts: { rows: 1, day: '2026-12-01' } });
    expect(await older({ mayBeOlder: true })).toMatchObject({
      changed: 1,
      samples: [{ change: 'changed', name: 'HET NIEUWE PALET' }],
    });
  });

  it('are put under another level only with the exact number', async () => {
    await load(['primary']);
    await expect(load(['primary'], DAY, { level: 'VO' })).rejects.toMatchObject({ facts: { ends: DUO_SIZES.primary } });
    expect(await load(['primary'], DAY, { level: 'VO', confirmed: DUO_SIZES.primary })).toMatchObject({
      changed: DUO_SIZES.primary,
    });
    expect(await count(`level = 'VO'`)).toBe(DUO_SIZES.primary);
  });

  it('are taken back whole, and what came before is there again', async () => {
    await load(['primary', 'special'], DAY);
    await load(['boards'], DAY);
    const before = await state();
    const wrong = await load(['special'], '2026-12-01', { isComplete: true, confirmed: DUO_SIZES.primary });
    expect(await undoSchoolImport(owner, wrong.number ?? 0, true)).toMatchObject({ restored: DUO_SIZES.primary });
    expect(await count('ended_on is null')).toBe(DUO_SIZES.special);
    expect(await undoSchoolImport(owner, wrong.number ?? 0)).toMatchObject({ removed: 0, restored: DUO_SIZES.primary });
    expect(await state()).toEqual(before);
    await expect(undoSchoolImport(owner, wrong.number ?? 0)).rejects.toMatchObject({ facts: { why: 'undone' } });
  });
});

describe('small files', () => {
  const HEADER = 'PROVINCIE;BEVOEGD GEZAG NUMMER;VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM';
  const small = (name: string, text: string, how: Partial<ImportOrder> = {}): Promise<SchoolImport> =>
    importSchoolFiles(owner, [{ name, bytes: Buffer.from(text) }], {
      ...{ asOf: calendarDate(DAY), level: 'PO', isComplete: false, ...how },
    });
  const plain = (name: string, ...rows: readonly string[]): Promise<SchoolImport> =>
    small(name, [HEADER, ...rows].join('\n'));
  const nameOf = async (): Promise<unknown> =>
    (await owner.query(`select name from school_site where site = '90AA00'`)).rows[0];

  it('that come one after another leave what the last one says, also when it came before', async () => {
    const [a, b] = ['Drenthe;90001;90AA00;A;ASSEN', 'Drenthe;90001;90AA00;B;ASSEN'];
    await plain('a.csv', a);
    await plain('b.csv', b);
    expect(await plain('a.csv', a)).toMatchObject({ changed: 1 });
    expect(await nameOf()).toEqual({ name: 'A' });
  });

  it('that lack a column leave what is known of it', async () => {
    await small(
      'full.csv',
      `${HEADER};BEVOEGD GEZAG NAAM;GEMEENTENAAM\nDrenthe;90001;90AA00;A;ASSEN;Scholen Assen;ASSEN`,
    );
    expect(await plain('a.csv', 'Drenthe;90001;90AA00;A;ASSEN')).toMatchObject({ changed: 0, boards: 0 });
    expect((await owner.query(`select board_name, municipality from school_site`)).rows).toEqual([
      { board_name: 'Scholen Assen', municipality: 'Assen' },
    ]);
  });

  it('of boards give names to schools that come before and after them', async () => {
    await plain('a.csv', 'Drenthe;90001;90AA00;A;ASSEN');
    await small('boards.csv', 'BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM\n90001;Scholen Assen\n90002;Scholen Sneek');
    await plain('b.csv', 'Friesland;90002;90AB00;B;SNEEK');
    expect((await owner.query('select board_name, words from school_site order by site')).rows).toEqual([
      { board_name: 'Scholen Assen', words: '90aa00 a assen scholen assen' },
      { board_name: 'Scholen Sneek', words: '90ab00 b sneek scholen sneek' },
    ]);
  });

  it('that are complete do not end a school whose row has a fault, and are refused when nobody can tell the school', async () => {
    await plain('a.csv', 'Drenthe;90001;90AA00;A;ASSEN', 'Drenthe;90001;90AB00;B;ASSEN');
    const others = Array.from(
      { length: 60 },
      (_, i) =>
        `Drenthe;90001;91${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(65 + Math.floor(i / 26))}00;X;ASSEN`,
    );
    const complete = (row: string): Promise<SchoolImport> =>
      small('c.csv', [HEADER, 'Drenthe;90001;90AA00;A;ASSEN', row, ...others].join('\n'), { isComplete: true });
    expect(await complete('Atlantis;90001;90AB00;B;ASSEN')).toMatchObject({ ended: 0, faults: [{ line: 3 }] });
    await expect(complete('Drenthe;90001;"90AB00;B;ASSEN')).rejects.toMatchObject({ code: 'school-file-unusable' });
    expect(await count(`ended_on is not null`)).toBe(0);
  });

  it('are taken back in the order in which they changed the same rows, the last one first', async () => {
    const first = await plain('a.csv', 'Drenthe;90001;90AA00;A;ASSEN', 'Drenthe;90001;90AB00;X;ASSEN');
    const second = await plain('b.csv', 'Drenthe;90001;90AA00;B;ASSEN');
    const apart = await plain('c.csv', 'Drenthe;90001;90AC00;C;ASSEN');
    await expect(undoSchoolImport(owner, first.number ?? 0)).rejects.toMatchObject({
      ...{ code: 'import-touched-later', facts: { later: [{ number: second.number, file: 'b.csv', rows: 1 }] } },
    });
    expect(await undoSchoolImport(owner, second.number ?? 0)).toMatchObject({ restored: 1, removed: 0 });
    expect(await nameOf()).toEqual({ name: 'A' });
    expect(await undoSchoolImport(owner, first.number ?? 0)).toMatchObject({ restored: 0, removed: 2 });
    expect((await owner.query(`select site from school_site`)).rows).toEqual([{ site: '90AC00' }]);
    expect(
      (
        await owner.query(
          `select act, data ->> 'number' as n from audit_entry where act like 'school.%' order by id desc limit 3`,
        )
      ).rows,
    ).toEqual([
      { act: 'school.undo-import', n: String(first.number) },
      { act: 'school.undo-import', n: String(second.number) },
      { act: 'school.import', n: String(apart.number) },
    ]);
  });

  it('of mergers are taken back with the schools that they ended', async () => {
    await plain('a.csv', 'Drenthe;90001;90AA00;A;ASSEN');
    const merged = await small('fusies.csv', 'BRIN oud,BRIN nieuw,Datum\n90AA,90AB,2024-08-01');
    expect(merged).toMatchObject({ kind: 'mergers', added: 1, ended: 1 });
    await undoSchoolImport(owner, merged.number ?? 0);
    expect([await count('ended_on is null'), (await owner.query('select 1 from school_merger')).rowCount]).toEqual([
      1, 0,
    ]);
  });
});
