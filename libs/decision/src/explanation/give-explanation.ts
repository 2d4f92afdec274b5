import { assertHolds, handles, type Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import { dateOf, type CalendarDate, type Instant, type Language, type Text } from '#lib/kernel';
import { NoExplanationWaits } from './explanation-errors.js';

interface Found {
  readonly id: string | null;
  readonly way: 'oral' | 'written';
  readonly key: string;
  readonly name: string;
  readonly address: string | null;
  readonly language: Language;
  readonly number: string;
  readonly title: string;
  readonly regime: 'AWB' | 'REGLEMENT';
  readonly lastDay: CalendarDate;
  readonly region: Text;
}

interface Place {
  readonly region: string;
  readonly proposalId: string;
  readonly receivedAt: Instant;
}

/** The row is locked first; who else gave the explanation meanwhile is seen by the next statement. */
const LOCK = {
  name: 'lock-explanation',
  text: 'select 1 from explanation_request where proposal_id = $1 and answered_at is null for update',
};
const FIND = {
  name: 'explanation-to-give',
  text: `select x.id, x.way, l.id as key, l.name, case when l.disabled_at is null then l.email::text end as address, l.language, p.number, p.title,
      c.parameters ->> 'regime' as regime, a.objection_last_day::text as "lastDay", jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as region
    from proposal p join call c on c.id = p.call_id join region g on g.code = p.region join lateral app.announcement_of(p.id) a on true
      join person l on l.id = p.lead_applicant left join explanation_request x on x.proposal_id = p.id and x.answered_at is null
    where p.id = $1 and ${handles('p')}`,
};
const ANSWER = {
  name: 'give-explanation',
  text: `update explanation_request set answer = $2, answered_by = app.actor(), answered_at = app_now() where id = $1`,
};

/** The secretary writes the explanation, or what was said on the telephone; the applicant gets it by mail and reads it on the page. */
export class GiveExplanation {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Throws NotForThisViewer, SubjectNotFound, NoExplanationWaits. */
  async execute(viewer: Viewer, { region, proposalId, receivedAt }: Place, answer: string): Promise<void> {
    const actor = assertHolds(viewer, region, ['secretary']);
    await this.database.unit({ regions: [region], actor }, async (tx) => {
      await tx.query(LOCK, [proposalId]);
      const [found] = await tx.query<Found>(FIND, [proposalId]);
      if (found === undefined) throw new SubjectNotFound('proposal', proposalId);
      if (found.id === null) throw new NoExplanationWaits();
      await tx.query(ANSWER, [found.id, answer]);
      await writeAudit(tx, { region, actor, act: 'explanation.give', subjectKind: 'explanation', subjectId: found.id });
      const { id, key, name, address, language, number, title, regime, lastDay, way } = found;
      if (address === null) return;
      const notice = {
        ...{ region, eventId: id, recipientKey: key, template: 'explanation-given', language, to: { address, name } },
        about: { kind: 'proposal', id: proposalId },
        view: {
          ...{
            name,
            number,
            title,
            paragraphs: answer.split(/\n+/),
            lastDay,
            isOral: way === 'oral',
            isAwb: regime === 'AWB',
          },
          ...{ mayObject: dateOf(receivedAt) <= lastDay, region: found.region[language] },
        },
      };
      await writeNotices(tx, [notice], this.messageIds);
    });
  }
}
