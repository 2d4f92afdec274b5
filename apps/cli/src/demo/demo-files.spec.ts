import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fraction } from '#lib/kernel';
import { parseSchools, readActors, readTable } from '#lib/people';
import {
  compileConditions,
  compileForm,
  conditionsOf,
  judgeApplication,
  readForm,
  readProgramme,
  readRegulation,
  withValueAt,
} from '#lib/regulation';
import { isOnScale } from '#lib/scoring';
import { projectFolder } from '#lib/settings';
import { contentOf, questionsToProve } from './demo-content.js';
import { demoOrganisations, kvkNumbers } from './demo-organisations.js';
import { NETWORKS, readNetwork, readReasons } from './network-file.js';

const CONFIG = join(projectFolder(), 'config');
const read = (...path: string[]): string => readFileSync(join(CONFIG, ...path), 'utf8');
const schools = new Map(
  parseSchools([readTable(readFileSync(join(CONFIG, 'demo', 'schools.csv')), 'schools.csv')]).rows.map((row) => [
    row.site,
    { ...row, brin: row.site.slice(0, 4), level: 'PO' as const },
  ]),
);
const programme = readProgramme(read('programmes', 'innovatie-wt.yaml'), 'programme');

describe.each(NETWORKS)('the examples of %s', (code) => {
  const file = readNetwork(code);
  const regulation = readRegulation(read('regions', code, 'regulation.yaml'), code, programme);
  const conditions = compileConditions(conditionsOf(programme, regulation));
  const form = compileForm(readForm(read('forms', 'innovatie-wt.yaml'), 'form'), conditions);
  const proposals = file.calls.flatMap((call) => call.proposals);
  const contents = proposals.map((proposal) => {
    const taking = proposal.schools.map((site) => schools.get(site));
    const content = contentOf(
      proposal,
      taking.filter((school) => school !== undefined),
      kvkNumbers(),
    );
    const file = [{ id: 'schoolplan', name: 'schoolplan.pdf' }];
    return questionsToProve(form, content).reduce((all, path) => withValueAt(all, path, file), content);
  });

  it('meet their regulation and answer every question, unless they are there to fail', () => {
    const failing = proposals.map((proposal, i) => {
      const content = contents[i] ?? {};
      const { verdicts } = judgeApplication(conditions, form.factsIn(content));
      const unmet = verdicts.filter(({ verdict }) => verdict === 'not-met').map(({ condition }) => condition);
      const faults = form.faults(proposal.title, content).length > 0 ? ['unfinished'] : [];
      return [proposal.key, ...unmet, ...faults];
    });
    expect(failing).toEqual(proposals.map(({ key, fails }) => (fails === undefined ? [key] : [key, fails])));
  });

  it('name schools that the registry knows, and as many committee members as the regulation asks for', () => {
    for (const { schools: sites } of proposals) for (const site of sites) expect(schools.has(site)).toBe(true);
    const seats = (kind: string): number => file.committee.filter((member) => member.kind === kind).length;
    expect({ expert: seats('expert'), field: seats('field') }).toEqual(regulation.committee.seats);
    expect(file.committee.filter(({ chair }) => chair === true)).toHaveLength(1);
  });

  it('name partners and helpers that the registry knows, with their kind, in this network', () => {
    const named = [...proposals.flatMap(({ partners }) => partners), ...(file.offers ?? [])].map((one) => ({
      ...{ kind: one.kind, name: 'name' in one ? one.name : one.organisation },
    }));
    const known = readActors(demoOrganisations()).filter(({ regions }) => regions.includes(code));
    expect(named.length).toBeGreaterThan(3);
    for (const { name, kind } of named) expect(known).toContainEqual(expect.objectContaining({ name, kind }));
    expect(known.length).toBeGreaterThan(new Set(named.map(({ name }) => name)).size);
    for (const { kvk, place, province } of known) {
      expect([kvk, province]).toEqual([expect.stringMatching(/^900000\d\d$/), expect.stringMatching(/./)]);
      expect(place).not.toBe('');
    }
  });

  it('have six to twelve proposals, with scores on the scale and a sentence for every criterion', () => {
    expect(proposals.length).toBeGreaterThanOrEqual(6);
    expect(proposals.length).toBeLessThanOrEqual(12);
    const { criteria } = regulation.rubric;
    const scored = proposals.flatMap(({ scores = [] }) => scores.filter((text) => /\d/.test(text)));
    for (const text of scored) {
      const scores = text.split(' ');
      expect(scores).toHaveLength(criteria.length);
      for (const score of scores)
        expect([score, isOnScale(regulation.rubric, Fraction.parse(score))]).toEqual([score, true]);
    }
    const sentences = readReasons().reasons[code];
    if (scored.length > 0)
      for (const { key } of criteria)
        expect(Object.values(sentences?.[key] ?? {}).map((list) => list.length)).toEqual([2, 2, 2]);
  });
});

it('no school applies twice in one network, but for the two sites that are there to fail', () => {
  for (const code of NETWORKS) {
    const brins = readNetwork(code).calls.flatMap(({ proposals }) =>
      proposals
        .filter(({ fails }) => fails !== 'two-schools')
        .flatMap((one) => one.schools.map((site) => site.slice(0, 4))),
    );
    expect(new Set(brins).size).toBe(brins.length);
  }
});
