import pg from 'pg';
import { openRound } from '#app/worker';
import { Database } from '#lib/database';
import type { MessageIdOptions } from '#lib/engine';
import type { FileStore } from '#lib/files';
import { addDays, dateOf, startOfDay, type Instant } from '#lib/kernel';
import { FindSchools, loadActors, type FoundSchool } from '#lib/people';
import type { RegulationFile } from '#lib/regulation';
import type { DemoAccount } from '../installation/demo-accounts.js';
import { demoSchools } from '../installation/demo-schools.js';
import { loadFirst } from '../installation/prepare-database.js';
import { siteLinks } from '../installation/site-links.js';
import { planCall } from './call-story.js';
import { DemoClock } from './demo-clock.js';
import { DemoNetwork } from './demo-network.js';
import { openNationalPeople, openPeople } from './demo-people.js';
import { EXAMPLE_SITE, type Letter } from './demo-letter.js';
import { demoOrganisations, kvkNumbers } from './demo-organisations.js';
import { DemoWork } from './demo-work.js';
import { planInitiatives } from './initiative-story.js';
import { planInvitations } from './invitation-story.js';
import { NETWORKS, readNetwork, readReasons } from './network-file.js';
import { Timeline } from './timeline.js';

export interface DemoDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly messageIds: MessageIdOptions;
  /** Where what applicants send along is kept. */
  readonly files: FileStore;
  /** Sender's address of the mails. */
  readonly from: string;
}

export interface LoadedDemo {
  readonly accounts: readonly DemoAccount[];
  /** The last mails, the oldest first; as they would have left. */
  readonly letters: readonly Letter[];
}

/** A year and a bit: the first thing that happens is last year's round. */
const FIRST_DAY = -340;
const LETTERS = 60;
const MARK = 'update installation set demo = $1';
const NOW = 'select app.iso(clock_timestamp()) as now';
const REGULATION = `select content from regulation where region = $1 and status = 'adopted' order by number desc limit 1`;

/**
 * Makes the examples of every network, as their people would have made them: through the same use cases, each at its moment, by a clock
 * that only this database tells and that ends at the true time. The database is migrated and holds nothing else; while it is being filled it
 * is marked, so that a load that is cut off is known. `keep` hears of passwords and mails before the mark says that all is there.
 */
export async function loadDemo(place: DemoDatabase, keep: (loaded: LoadedDemo) => void): Promise<LoadedDemo> {
  const owner = new pg.Client({ connectionString: withoutWaiting(place.ownerUrl) });
  await owner.connect();
  const clock = new DemoClock(owner);
  try {
    const now = (await owner.query<{ now: Instant }>(NOW)).rows[0]?.now ?? '';
    await owner.query(MARK, ['loading']);
    await clock.begin(startOfDay(addDays(dateOf(now), FIRST_DAY)));
    const loaded = await tell(owner, clock, place, now);
    await clock.end();
    keep(loaded);
    await owner.query('set synchronous_commit = on');
    await owner.query(MARK, ['loaded']);
    return loaded;
  } finally {
    await clock.end();
    await owner.end();
  }
}

/** Commits need not wait for the disk one by one: the mark at the end does, and what was written before it is safe with it. */
function withoutWaiting(url: string): string {
  const address = new URL(url);
  address.searchParams.set('options', '-c TimeZone=UTC -c synchronous_commit=off');
  return address.toString();
}

async function tell(owner: pg.Client, clock: DemoClock, place: DemoDatabase, today: Instant): Promise<LoadedDemo> {
  await loadFirst(owner);
  await loadActors(owner, demoOrganisations());
  await demoSchools(owner, addDays(dateOf(today), FIRST_DAY));
  const database = await Database.open({ url: withoutWaiting(place.appUrl), poolSize: 4 });
  const { links, pageOf } = siteLinks(() => EXAMPLE_SITE);
  const work = await DemoWork.open(owner, { ...place, pageOf, workerUrl: withoutWaiting(place.workerUrl) });
  try {
    const round = openRound(database, { messageIds: place.messageIds, ring: () => undefined });
    const schools = await allSchools(database);
    const timeline = new Timeline(today);
    const reasons = readReasons();
    const numbers = kvkNumbers();
    const accounts = [...(await openNationalPeople(database))];
    for (const code of NETWORKS) {
      const file = readNetwork(code);
      const opened = await openPeople(database, file);
      accounts.push(...opened.accounts);
      const regulation = await regulationOf(owner, code);
      const network = new DemoNetwork({
        file,
        database,
        round,
        timeline,
        regulation,
        reasons,
        files: place.files,
        schools,
        numbers,
        people: opened.people,
        links,
        today,
      });
      for (const call of file.calls) planCall(network, call);
      planInitiatives(network);
      planInvitations(network);
    }
    await timeline.play(clock, work);
    return { accounts, letters: work.letters.slice(-LETTERS) };
  } finally {
    await work.close();
    await database.close();
  }
}

async function allSchools(database: Database): Promise<ReadonlyMap<string, FoundSchool>> {
  const sites = NETWORKS.flatMap((code) => {
    const { calls, initiatives = [] } = readNetwork(code);
    return [
      ...calls.flatMap(({ proposals }) => proposals.flatMap((proposal) => proposal.schools)),
      ...initiatives.map(({ school }) => school),
    ];
  });
  const found = await new FindSchools(database).bySites([...new Set(sites)]);
  return new Map(found.map((school) => [school.site, school]));
}

async function regulationOf(owner: pg.Client, region: string): Promise<RegulationFile> {
  const [row] = (await owner.query<{ content: RegulationFile }>(REGULATION, [region])).rows;
  if (row === undefined) throw new Error(`There is no regulation of ${region}.`);
  return row.content;
}
