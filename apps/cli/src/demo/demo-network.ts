import type { StaffRole, Viewer } from '#lib/access';
import type { Round } from '#app/worker';
import type { Database } from '#lib/database';
import type { RequestKey, SubjectRef } from '#lib/engine';
import type { FileStore } from '#lib/files';
import { dateOf, type CalendarDate, type Instant } from '#lib/kernel';
import type { FoundSchool, PeopleOptions } from '#lib/people';
import type { RegulationFile } from '#lib/regulation';
import type { PeopleByName } from './demo-people.js';
import { momentOf, type When } from './moment.js';
import type { NetworkFile, ReasonsFile } from './network-file.js';
import type { Timeline } from './timeline.js';

export type Payload = Readonly<Record<string, unknown>>;

/** What the stories of a network stand on. */
export interface DemoNetworkParts {
  readonly file: NetworkFile;
  readonly people: PeopleByName;
  readonly database: Database;
  readonly round: Round;
  readonly timeline: Timeline;
  readonly files: FileStore;
  readonly regulation: RegulationFile;
  readonly reasons: ReasonsFile;
  readonly schools: ReadonlyMap<string, FoundSchool>;
  /** Numbers of the Chamber of Commerce by names of organisations. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly links: PeopleOptions['links'];
  /** The true moment of the first load. */
  readonly today: Instant;
}

/** One network with its people, who act through the same use cases as anybody. */
export class DemoNetwork {
  private readonly day: CalendarDate;

  constructor(readonly parts: DemoNetworkParts) {
    this.day = dateOf(parts.today);
  }

  get region(): string {
    return this.parts.file.network;
  }

  /** Lets something happen at its moment; nothing when no moment is given, or one that lies ahead. */
  plan(when: When | undefined, usual: string, happen: () => Promise<void>): void {
    if (when !== undefined) this.parts.timeline.plan(this.moment(when, usual), happen);
  }

  moment(when: When, usual: string): Instant {
    return momentOf(this.day, when, usual);
  }

  /** Whether a moment has come. */
  has(when: When | undefined, usual: string): boolean {
    return when !== undefined && this.moment(when, usual) < this.parts.today;
  }

  person(name: string): string {
    const id = this.parts.people.get(name);
    if (id === undefined) throw new Error(`${this.region}: nobody is called ${name}.`);
    return id;
  }

  get staff(): {
    readonly coordinator: string;
    readonly secretary: string;
    readonly decider: string;
    readonly chair: string;
  } {
    const { people, committee } = this.parts.file;
    const chair = committee.find((member) => member.chair === true)?.name ?? '';
    const id = (name: string): string => this.person(name);
    return {
      ...{ coordinator: id(people.coordinator), secretary: id(people.secretary) },
      ...{ decider: id(people.decider), chair: id(chair) },
    };
  }

  viewer(id: string, role: StaffRole): Viewer {
    return { id, name: role, language: 'nl', roles: [{ region: this.region, role }] };
  }

  async request(actorId: string): Promise<{ actorId: string; region: string; receivedAt: Instant }> {
    return { actorId, region: this.region, receivedAt: await this.parts.database.now() };
  }

  async act(subject: SubjectRef, action: string, by: string, payload: Payload = {}): Promise<void> {
    const { database, round } = this.parts;
    const actor = { id: by, regions: [this.region] };
    await round.engine.act({ subject, action, payload, actor, receivedAt: await database.now() });
  }

  key(personId: string, route: string): RequestKey {
    return { personId, route, key: `demo-${route}`, bodyHash: '' };
  }
}
