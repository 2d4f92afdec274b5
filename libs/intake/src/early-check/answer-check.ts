import { assertHolds, type Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Instant, Language, Text } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { CheckWasAnswered } from './check-errors.js';

/** What the secretary misses at one question of the form. */
export interface MissingPoint {
  readonly path: string;
  readonly text: string;
}

interface Place {
  readonly region: string;
  readonly callId: string;
  readonly checkId: string;
}

interface Found {
  readonly isOpen: boolean;
  readonly key: string;
  readonly proposalId: string;
  readonly name: string;
  readonly address: string | null;
  readonly language: Language;
  readonly number: string;
  readonly call: Text;
  readonly rulesHash: string;
  /** When the call closes. */
  readonly until: Instant;
}

const FIND = {
  name: 'completeness-check-to-answer',
  text: `select k.answered_at is null as "isOpen", o.id as key, p.id as "proposalId", o.name, case when o.disabled_at is null then o.email::text end as address,
      o.language, p.number, jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call, c.rules_hash as "rulesHash",
      app.iso(c.closes_at) as until
    from completeness_check k join proposal p on p.id = k.proposal_id join call c on c.id = k.call_id join person o on o.id = k.asked_by
    where k.id = $1 and k.call_id = $2 for update of k`,
};
const ANSWER = {
  name: 'answer-completeness-check',
  text: `update completeness_check set missing = $2, note = $3, answered_by = app.actor(), answered_at = app_now() where id = $1`,
};

/** The secretary answers what is missing, question by question. It promises nothing about the decision. */
export class AnswerCheck {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** An empty list says that nothing is missing. Throws NotForThisViewer, SubjectNotFound, CheckWasAnswered. */
  async execute(
    viewer: Viewer,
    { region, callId, checkId }: Place,
    { missing, note }: { readonly missing: readonly MissingPoint[]; readonly note: string },
  ): Promise<void> {
    const actor = assertHolds(viewer, region, ['secretary']);
    await this.database.unit({ regions: [region], actor }, async (tx) => {
      const [found] = await tx.query<Found>(FIND, [checkId, callId]);
      if (found === undefined) throw new SubjectNotFound('completeness-check', checkId);
      if (!found.isOpen) throw new CheckWasAnswered();
      await tx.query(ANSWER, [checkId, JSON.stringify(missing), note]);
      await writeAudit(tx, {
        region,
        actor,
        act: 'check.answer',
        subjectKind: 'completeness-check',
        subjectId: checkId,
      });
      const { address, key, proposalId, name, language, number, call, rulesHash, until } = found;
      if (address === null) return;
      const { file } = await this.frozen.form(rulesHash);
      const points = missing.map(({ path, text }) => ({
        label: file.questions[path]?.label[language] ?? path,
        text,
      }));
      const notice = {
        ...{ region, eventId: checkId, recipientKey: key, template: 'check-answered', language, to: { address, name } },
        about: { kind: 'proposal', id: proposalId },
        view: { name, number, call: call[language], isComplete: missing.length === 0, points, note, until },
      };
      await writeNotices(tx, [notice], this.messageIds);
    });
  }
}
