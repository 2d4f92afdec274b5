import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/database';
import { claimKey, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import { dateOf, DomainError } from '#lib/kernel';
import { readOwnDecision, type AskedOfDecision, type OwnDecision } from './own-decision.js';

/** One objection to a decision is enough; what came in first stands. */
export class ObjectedAlready extends DomainError {
  readonly code = 'objected-already';
  constructor() {
    super('You objected to this decision already.');
  }
}

const INSERT = {
  name: 'register-objection',
  text: `with made as (
      insert into objection (id, region, proposal_id, decision_id, objected_by, received_at, in_time, reasons)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (decision_id, objected_by) do nothing returning id, region)
    insert into task (region, kind, for_role, subject_kind, subject_id) select region, 'objection-received', 'secretary', 'objection', id from made
    returning subject_id`,
};

/**
 * Registers that an applicant objects, with date and words, confirms it (Awb 6:14) and gives the secretary a task. Late is registered too,
 * and said (Awb 6:9, 6:11).
 */
export class RegisterObjection {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Returns whether it came in time. Throws SubjectNotFound before there is a decision, ObjectedAlready. */
  async execute(
    proposalId: string,
    reasons: string,
    { actorId, region, receivedAt, key }: AskedOfDecision,
  ): Promise<boolean> {
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const found = await readOwnDecision(tx, proposalId);
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
      const about = { kind: 'proposal', id: proposalId };
      const notice = noticeOf(id, { actorId, region, receivedAt }, found, inTime);
      await writeNotices(tx, [{ about, ...notice }], this.messageIds);
      return inTime;
    });
  }
}

function noticeOf(
  eventId: string,
  { actorId, region, receivedAt }: Omit<AskedOfDecision, 'key'>,
  found: OwnDecision,
  inTime: boolean,
): Parameters<typeof writeNotices>[1][number] {
  const { name, address, language, number, title, lastDay, regime } = found;
  return {
    ...{ region, eventId, recipientKey: actorId, template: 'objection-received', language, to: { address, name } },
    view: { name, number, title, receivedAt, lastDay, inTime, isAwb: regime === 'AWB', region: found.region[language] },
  };
}
