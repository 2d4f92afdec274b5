import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PageRequest, type Viewer } from '#lib/access';
import { exportActors, FindOrganisations, importActors, loadActors, WriteOrganisation } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { viewerOf } from '../support/round-people.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let office: Viewer;
const FILE = readFileSync(join(projectFolder(), 'config', 'registry', 'actors.yaml'), 'utf8');
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  await loadActors(noord.look, FILE);
  office = viewerOf(noord.people.coordinator, 'landelijk', 'national-office');
});
afterAll(() => noord.close());

const PAGE = PageRequest.from(undefined, 10);
const search = async (text: string, kinds: readonly string[] = []): Promise<readonly string[]> =>
  (await new FindOrganisations(noord.database).search({ text, kinds }, PAGE)).items.map(({ name }) => name);
const COMPANY = {
  ...{ code: 'kwekerij-van-dam', name: 'Kwekerij Van Dam', kind: 'COMPANY' as const, kvk: '09000001' },
  ...{ place: 'Assen', province: 'Drenthe', regions: ['noord'], endedOn: null },
};

describe('the registry of actors', () => {
  it('writes back the very file it was loaded from, and importing that changes nothing', async () => {
    expect(await exportActors(noord.look)).toBe(FILE);
    expect(await importActors(noord.look, FILE)).toEqual({ rows: 27, added: 0, changed: 0 });
  });

  it('names every fault of a file with its place, and then takes nothing of it', async () => {
    const file = `actors:\n  - { code: good, name: Goed, kind: COMPANY }\n  - { code: Bad, name: "", kind: SHOP, kvk: "123456789" }\n  - { code: good, name: Weer, kind: OTHER }\n`;
    const faults = await importActors(noord.look, file).catch(
      (error: unknown) => (error as { faults: unknown }).faults,
    );
    expect((faults as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      ...['/actors/1/code', '/actors/1/name', '/actors/1/kind', '/actors/1/kvk', '/actors/2/code'],
    ]);
    expect(await search('goed')).toEqual([]);
    for (const broken of ['', 'actors: 3', 'actors: [', 'actors: [3]'])
      await expect(importActors(noord.look, broken)).rejects.toMatchObject({ code: 'actor-file-unusable' });
  });

  it('pads the leading zeros that spreadsheets take from a Chamber of Commerce number', async () => {
    await importActors(noord.look, 'actors:\n  - { code: lab, name: Lab, kind: SCIENCE_CENTRE, kvk: 9000009 }\n');
    expect(await noord.one(`select kvk from organisation where code = 'lab'`)).toEqual({ kvk: '09000009' });
  });

  it('is found by name without accents, by place, by number and by kind, and in pages', async () => {
    const id = await new WriteOrganisation(noord.database).add(office, COMPANY);
    expect(await search('beta techniek')).toEqual(['Platform Bèta Techniek']);
    for (const text of ['kwekerij assen', '09000001', 'DAM']) expect(await search(text)).toEqual(['Kwekerij Van Dam']);
    expect(await search('', ['NETWORK'])).toHaveLength(7);
    expect(await search('%')).toEqual([]);
    const finding = new FindOrganisations(noord.database);
    const first = await finding.search({ text: '', kinds: ['NETWORK'] }, PageRequest.from(undefined, 4));
    const rest = await finding.search({ text: '', kinds: ['NETWORK'] }, PageRequest.from(first.next ?? '', 4));
    expect([first.items.length, rest.items.length, rest.next]).toEqual([4, 3, null]);
    await new WriteOrganisation(noord.database).change(office, id, { ...COMPANY, endedOn: '2026-01-01' }, 1);
    expect(await search('kwekerij')).toEqual([]);
    expect((await finding.read(id)).endedOn).toBe('2026-01-01');
  });

  it('is written by the national office alone, once each, on top of what was read', async () => {
    const writing = new WriteOrganisation(noord.database);
    const other = { ...COMPANY, code: 'andere', kvk: '09000002' };
    for (const role of ['coordinator', 'secretary'] as const)
      await expect(writing.add(viewerOf(noord.people.secretary, 'noord', role), other)).rejects.toMatchObject({
        code: 'not-found',
      });
    const id = await writing.add(office, other);
    for (const twin of [
      { ...other, kvk: null },
      { ...other, code: 'nieuw' },
    ])
      await expect(writing.add(office, twin)).rejects.toMatchObject({ code: 'organisation-known-already' });
    await expect(writing.change(office, id, { ...other, kvk: COMPANY.kvk }, 1)).rejects.toMatchObject({
      code: 'organisation-known-already',
    });
    await writing.change(office, id, { ...other, name: 'Anders' }, 1);
    await expect(writing.change(office, id, other, 1)).rejects.toMatchObject({ code: 'version-is-stale' });
    expect(await noord.one(`select count(*)::int as n from audit_entry where subject_id = $1`, [id])).toEqual({ n: 2 });
  });
});
