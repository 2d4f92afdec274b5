import { randomUUID } from 'node:crypto';
import { assertHolds, type Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { claimKey, writeAudit } from '#lib/engine';
import { DomainError, type Instant } from '#lib/kernel';
import type { Request } from './create-call.js';

export interface Outage {
  readonly region: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly note: string;
}

/** An outage ends after it starts, and is registered once it is over. */
export class OutageTimesAreWrong extends DomainError {
  readonly code = 'outage-times-are-wrong';
  constructor() {
    super('The end must lie after the start, and not in the future.');
  }
}

const INSERT = {
  name: 'register-outage',
  text: `insert into outage (id, region, starts_at, ends_at, note, registered_by, registered_at) values ($1, $2, $3, $4, $5, $6, $7)`,
};
/** Lays an extension before the decider of every call whose last hour it reached and whose decisions are not announced. */
const PROPOSE = {
  name: 'propose-extension',
  text: `insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select c.region, 'extend-call', 'decider', 'call', c.id, jsonb_build_object('outage', $1::uuid) from call c
    where c.region = $2 and c.phase in ('submitted', 'in-review') and exists (
      select 1 from app.outages_before(c.region, (app.moments_of(c)).closes_at) o where o.id = $1)
    on conflict do nothing`,
};

/** Writes down when the portal was out, and proposes to extend the calls that were about to close. */
export class RegisterOutage {
  constructor(private readonly database: Database) {}

  /** Returns the outage's id. Throws NotForThisViewer, OutageTimesAreWrong, KeyUsedForAnother. */
  async execute(viewer: Viewer, outage: Outage, { receivedAt, key }: Omit<Request, 'actorId'>): Promise<string> {
    const { region, startsAt, endsAt, note } = outage;
    const actor = assertHolds(viewer, region, ['coordinator', 'secretary', 'decider']);
    const [start, end, now] = [startsAt, endsAt, receivedAt].map((moment) => Date.parse(moment)) as [
      number,
      number,
      number,
    ];
    if (end <= start || end > now) throw new OutageTimesAreWrong();
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      await tx.query(INSERT, [id, region, startsAt, endsAt, note, actor, receivedAt]);
      await tx.query(PROPOSE, [id, region]);
      await writeAudit(tx, { region, actor, act: 'outage.register', subjectKind: 'outage', subjectId: id });
      return id;
    });
  }
}
