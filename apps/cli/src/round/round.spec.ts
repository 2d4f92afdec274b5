import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditionsOf, readForm, readProgramme, readRegulation, type PublicRegulation } from '#lib/regulation';
import { projectFolder } from '#lib/settings';

import { dryRun } from './dry-run.js';
import { inLanes } from './lanes.js';
import { readRound } from './read-round.js';
import type { RoundFile } from './round-file.js';

/** Rounds to run; those of calculators lie beside them. */
const EXAMPLES = readdirSync(join(projectFolder(), 'examples')).filter(
  (name) => !/^(ranking|allocation|lots)-/.test(name),
);
const example = (name: string): RoundFile => {
  const read = readRound(readFileSync(join(projectFolder(), 'examples', name), 'utf8'));
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.round;
};
const regulationOf = (region: string): PublicRegulation => {
  const folder = join(projectFolder(), 'config');
  const programme = readProgramme(readFileSync(join(folder, 'programmes', 'innovatie-wt.yaml'), 'utf8'), 'programme');
  const source = readFileSync(join(folder, 'regions', region, 'regulation.yaml'), 'utf8');
  const regulation = readRegulation(source, region, programme);
  const form = readForm(readFileSync(join(folder, 'forms', 'innovatie-wt.yaml'), 'utf8'), 'form');
  return { regulation, conditions: conditionsOf(programme, regulation), once: null, form };
};

describe.each(EXAMPLES)('the example %s', (name) => {
  it('fits the published schema and its regulation', () => {
    const round = example(name);
    expect(dryRun(round, regulationOf(round.region))).toEqual([]);
  });
});

describe('a round that cannot go well', () => {
  let round: RoundFile;
  beforeAll(() => {
    round = example('noord-12.json');
  });
  const faultsOf = (change: (file: Mutable) => void): string[] => {
    const changed = structuredClone(round) as unknown as Mutable;
    change(changed);
    const read = readRound(JSON.stringify(changed));
    const faults = 'faults' in read ? read.faults : dryRun(read.round, regulationOf('noord'));
    return faults.map(({ pointer, message }) => `${pointer} ${message}`);
  };
  // A copy that tests may spoil.
  type Mutable = any;

  it.each<[string, (file: Mutable) => void, string]>([
    [
      'a number as score',
      (f) => (f.proposals[0].reviews[0].scores.renewal.score = 4),
      '/proposals/0/reviews/0/scores/renewal/score must be string',
    ],
    ['a field nobody knows', (f) => (f.call.colour = 'red'), '/call/colour is not known here'],
    [
      'a score off the scale',
      (f) => (f.proposals[0].reviews[0].scores.renewal.score = '6'),
      '/proposals/0/reviews/0/scores/renewal/score is not on the scale',
    ],
    [
      'a criterion too few',
      (f) => delete f.proposals[0].reviews[1].scores.renewal,
      '/proposals/0/reviews/1/scores/renewal is missing',
    ],
    [
      'a reviewer with an interest',
      (f) => (f.proposals[0].interests = [{ member: f.proposals[0].reviews[0].member, reason: 'x' }]),
      '/proposals/0/reviews/0/member has an interest in this proposal',
    ],
    [
      'a stranger as reviewer',
      (f) => (f.proposals[0].reviews[0].member = 'x@y.example'),
      '/proposals/0/reviews/0/member is no member in this file',
    ],
    ['too few reviews', (f) => f.proposals[0].reviews.pop(), '/proposals/0/reviews are 2; the regulation asks for 3'],
    ['a key used twice', (f) => (f.proposals[1].key = f.proposals[0].key), '/proposals/1/key is used twice'],
    ['two chairs', (f) => (f.people.members[1].chair = true), '/people/members have 2 chairs; there must be one'],
    [
      'one person in two places',
      (f) => (f.people.secretary.email = f.people.decider.email),
      '/people/decider/email is the address of somebody else in this round',
    ],
    [
      'an applicant who judges',
      (f) => (f.proposals[3].applicant = { email: f.people.members[0].email, name: 'X' }),
      '/proposals/3/applicant/email belongs to somebody who judges or decides',
    ],
    [
      'an answer of the wrong kind',
      (f) => (f.proposals[0].content.schools[0].brin = 'nope'),
      '/proposals/0/content/schools/0/brin brin must match',
    ],
    [
      'a missing part',
      (f) => delete f.proposals[0].content.plan,
      '/proposals/0/content/plan/months stops admission: Fill this in.',
    ],
    [
      'a condition that is not met',
      (f) => delete f.proposals[0].files,
      '/proposals/0/content does not meet school-plan',
    ],
  ])('is refused for %s, with the place', (_name, change, expected) => {
    expect(faultsOf(change)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  it('is refused for an applicant over the limit of the once-rule, at the first proposal too many', () => {
    const whole: Mutable = JSON.parse(JSON.stringify(example('zuidwest-200.json')));
    const schools = ['90ZA', '90ZB', '90ZC', '90ZA'];
    for (const [i, brin] of schools.entries()) {
      whole.proposals[i].content.lead.institution = brin;
      Object.assign(whole.proposals[i].content.schools[0], { brin, site: `${brin}00`, board: '90099' });
    }
    whole.proposals[5].content.lead.institution = '90099';
    const faults = dryRun(whole as RoundFile, regulationOf('zuidwest'));
    expect(faults.map(({ pointer }) => pointer)).toEqual([...[2, 3, 5].map((i) => `/proposals/${i}/content/lead`)]);
  });

  it('counts no board where the rule counts schools: people look at that', () => {
    const whole: Mutable = JSON.parse(JSON.stringify(example('oost-6.json')));
    for (const proposal of whole.proposals) proposal.content.lead.institution = '90011';
    expect(dryRun(whole as RoundFile, regulationOf('oost'))).toEqual([]);
  });

  it('hears all its faults at once', () => {
    const faults = faultsOf((file) => {
      file.proposals[0].reviews = [];
      file.proposals[5].key = file.proposals[4].key;
      file.people.members[0].chair = false;
    });
    expect(faults).toHaveLength(3);
  });
});

it('lanes keep the order of answers, and end at the first failure', async () => {
  expect(await inLanes([3, 1, 2], (n) => Promise.resolve(n * 2))).toEqual([6, 2, 4]);
  const seen: number[] = [];
  const failing = inLanes(
    [1, 2, 3, 4],
    (n) => {
      seen.push(n);
      return n === 2 ? Promise.reject(new Error('two')) : Promise.resolve(n);
    },
    1,
  );
  await expect(failing).rejects.toThrow('two');
  expect(seen).toEqual([1, 2]);
});
