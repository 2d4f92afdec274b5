import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/database';
import { claimKey, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import { dateOf } from '#lib/kernel';
import { ExplanationIsAsked } from './explanation-errors.js';
import { readOwnDecision, type AskedOfDecision } from '../own-decision.js';

/** What an applicant wants to have explained, and how. */
export interface WantedExplanation {
  readonly way: 'oral' | 'written';
  readonly words: string;
  /** Where to call; empty for a written explanation. */
  readonly phone: string;
  /** When it suits to be called, in the applicant's own words. */
  readonly times: string;
}

const INSERT = {
  name: 'ask-explanation',
  text: `insert into explanation_request (id, region, proposal_id, decision_id, asked_by, asked_at, way, words, phone, times)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (decision_id) where answered_at is null do nothing returning id`,
};

/** Registers that an applicant wants a decision explained, and confirms it. The term to object runs on (Awb 6:7). */
export class AskExplanation {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Throws SubjectNotFound before the decision is announced, ExplanationIsAsked, KeyUsedForAnother. */
  async execute(
    proposalId: string,
    wanted: WantedExplanation,
    { actorId, region, receivedAt, key }: AskedOfDecision,
  ): Promise<void> {
    const id = randomUUID();
    await this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const found = await readOwnDecision(tx, proposalId);
      if ((await claimKey(tx, key, id)).repeated) return;
      const { way, words, phone, times } = wanted;
      const values = [id, region, proposalId, found.decisionId, actorId, receivedAt, way, words, phone, times];
      if ((await tx.query(INSERT, values)).length === 0) throw new ExplanationIsAsked();
      const subject = { subjectKind: 'explanation', subjectId: id };
      await writeAudit(tx, { region, actor: actorId, act: 'explanation.ask', ...subject });
      const { name, address, language, number, title, lastDay, regime } = found;
      const notice = {
        ...{ region, eventId: id, recipientKey: actorId, template: 'explanation-asked', language },
        to: { address, name },
        about: { kind: 'proposal', id: proposalId },
        view: {
          ...{ name, number, title, receivedAt, lastDay, isOral: way === 'oral', isAwb: regime === 'AWB' },
          ...{ mayObject: dateOf(receivedAt) <= lastDay, region: found.region[language] },
        },
      };
      await writeNotices(tx, [notice], this.messageIds);
    });
  }
}
