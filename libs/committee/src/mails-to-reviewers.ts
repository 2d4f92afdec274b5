import type { Transaction } from '#lib/database';
import type { Notice } from '#lib/engine';
import type { CalendarDate, Language, Text } from '#lib/kernel';

interface Row {
  readonly region: string;
  readonly personId: string;
  readonly name: string;
  readonly address: string;
  readonly id: string;
  readonly language: Language;
  readonly number: string;
  readonly title: string;
  readonly call: Text;
  readonly regionName: Text;
  readonly lastDay: CalendarDate | null;
}

/** What an invited reviewer reads: enough to see whether there is an interest, nothing of the answers. */
const READ = {
  name: 'review-invitations',
  text: `select r.id, r.region, p.id as "personId", p.name, p.email::text as address, p.language, o.number, o.title,
      jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as "regionName",
      (select t.last_day::text from term t where t.subject_id = r.id and t.name = 'review' and t.state = 'running') as "lastDay"
    from review r join person p on p.id = r.reviewer_id and p.disabled_at is null join proposal o on o.id = r.proposal_id
      join call c on c.id = r.call_id join region g on g.code = r.region
    where r.id = any ($1) order by r.id`,
};

/** One mail of a template to each reviewer, about one event: that a review is asked, or is asked no more. */

export async function mailsToReviewers(
  tx: Transaction,
  template: 'review-invited' | 'withdrawn-from-review',
  reviews: readonly string[],
  eventId: string,
): Promise<readonly Notice[]> {
  const rows = await tx.query<Row>(READ, [reviews]);
  return rows.map(({ id, region, personId, name, address, language, number, title, call, regionName, lastDay }) => ({
    ...{ region, eventId, recipientKey: personId, template, language, to: { address, name } },
    about: { kind: 'review', id },
    view: { name, number, title, call: call[language], region: regionName[language], lastDay },
  }));
}
