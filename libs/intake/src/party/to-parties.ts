import type { MoveContext, Notice, NoticeWriter } from '#lib/engine';
import { proposalContext } from '../to-lead-applicant.js';
import type { PartyRole } from './party.js';

/** What became of a proposal, as those who take part in it hear it. */
export type PartyOutcome = 'granted' | 'refused' | 'not-processed' | 'withdrawn' | 'expired' | 'waived';

interface Confirmed {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly address: string;
  readonly language: 'nl' | 'en';
  readonly role: PartyRole;
  readonly lead: string;
}

/** A contact person gets copies of the mails to the lead applicant already. */
const CONFIRMED = {
  name: 'confirmed-parties',
  text: `select t.id as key, t.organisation, t.contact_name as name, t.email::text as address, t.language, t.role, p.organisation as lead
    from party t join proposal p on p.id = t.proposal_id
    where t.proposal_id = $1 and t.removed_at is null and t.state = 'confirmed' and t.role <> 'contact' order by t.id`,
};

/** Tells everybody who confirmed a part what became of the proposal: the outcome, nothing of amounts, scores and reasons. */
export async function outcomeForParties(
  { tx, subject, opened, eventId }: MoveContext,
  outcome: PartyOutcome,
  holdId?: string,
): Promise<readonly Notice[]> {
  const { number, title, callName, regionName } = proposalContext({ opened });
  const parties = await tx.query<Confirmed>(CONFIRMED, [subject.id]);
  return parties.map(({ key, organisation, name, address, language, lead }): Notice => ({
    ...{
      region: opened.region,
      eventId,
      recipientKey: key,
      template: 'party-outcome',
      language,
      to: { address, name },
    },
    view: {
      ...{ name, number, title, organisation, lead, outcome },
      ...{ call: callName[language], region: regionName[language] },
    },
    ...(holdId === undefined ? {} : { holdId }),
  }));
}

/** The mail to the lead applicant, with the one to those who confirmed a part. */
export function alsoToParties(toLead: NoticeWriter, outcome: PartyOutcome): NoticeWriter {
  return async (context) => [...(await toLead(context)), ...(await outcomeForParties(context, outcome))];
}
