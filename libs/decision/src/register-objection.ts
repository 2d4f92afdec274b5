import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import {
  claimKey,
  SubjectNotFound,
  writeAudit,
  writeNotices,
  type MessageIdOptions,
  type RequestKey,
} from '#lib/engine';
import { dateOf, DomainError, type CalendarDate, type Instant } from '#lib/kernel';

/** One objection to a decision is enough; what came in first stands. */
export class ObjectedAlready extends DomainError {
  readonly code = 'objected-already';
  constructor() {
    super('You objected to this decision already.');
  }
}

interface Asked {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key: RequestKey;
}

interface Found {
  readonly decisionId: string;
  readonly lastDay: CalendarDate;
  readonly number: string;
  readonly title: string;
  readonly regime: 'AWB' | 'REGLEMENT';
  readonly name: string;
  readonly address: string;
  readonly language: 'nl' | 'en';
  readonly region: { readonly nl: string; readonly en: string };
}

const FIND = {
  name: 'decision-to-object-to',
  text: `select d.id as "decisionId", a.objection_last_day::text as "lastDay", p.number, p.title, c.parameters ->> 'regime' as regime,
      l.name, l.email::text as address, l.language, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as region
    from proposal p join decision d on d.proposal_id = p.id and d.undone_at is null join lateral app.announcement_of(p.id) a on true
      join call c on c.id = p.call_id join region g on g.code = p.region join person l on l.id = p.lead_applicant
    where p.id = $1 and p.lead_applicant = app.actor()`,
};
const INSERT = {
  name: 'register-objection',
  text: `insert into objection (id, region, proposal_id, decision_id, objected_by, received_at, in_time, reasons)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (decision_id, objected_by) do nothing returning id`,
};

/** Registers that an applicant objects, with date and words, and confirms it (Awb 6:14). Late is registered too, and said (Awb 6:9, 6:11). */
export class RegisterObjection {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Returns whether it came in time. Throws SubjectNotFound before there is a decision, ObjectedAlready. */
  async execute(proposalId: string, reasons: string, { actorId, region, receivedAt, key }: Asked): Promise<boolean> {
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const [found] = await tx.query<Found>(FIND, [proposalId]);
      if (found === undefined) throw new SubjectNotFound('decision', proposalId);
      const inTime = dateOf(receivedAt) <= found.lastDay;
      if ((await claimKey(tx, key, id)).repeated) return inTime;
      const values = [id, region, proposalId, found.decisionId, actorId, receivedAt, inTime, reasons];
      if ((await tx.query(INSERT, values)).length === 0) throw new ObjectedAlready();
      await writeAudit(tx, {
        region,
        actor: actorId,
        act: 'objection.register',
        subjectKind: 'objection',
        subjectId: id,
      });
      await writeNotices(tx, [noticeOf(id, { actorId, region, receivedAt }, found, inTime)], this.messageIds);
      return inTime;
    });
  }
}

function noticeOf(
  eventId: string,
  { actorId, region, receivedAt }: Omit<Asked, 'key'>,
  found: Found,
  inTime: boolean,
): Parameters<typeof writeNotices>[1][number] {
  const { name, address, language, number, title, lastDay, regime } = found;
  return {
    ...{ region, eventId, recipientKey: actorId, template: 'objection-received', language, to: { address, name } },
    view: { name, number, title, receivedAt, lastDay, inTime, isAwb: regime === 'AWB', region: found.region[language] },
  };
}

const READ = {
  name: 'read-own-objection',
  text: `select received_at as "receivedAt", in_time as "inTime", reasons from objection where proposal_id = $1 and objected_by = app.actor()
    order by received_at desc limit 1`,
};

export interface ObjectionView {
  readonly receivedAt: Instant;
  readonly inTime: boolean;
  readonly reasons: string;
}

/** The viewer's own objection; null when there is none. */
export async function ownObjection(tx: Transaction, proposalId: string): Promise<ObjectionView | null> {
  const [objection] = await tx.query<ObjectionView>(READ, [proposalId]);
  return objection ?? null;
}
