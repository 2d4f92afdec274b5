import type { MoveContext, Notice, NoticeWriter } from '#lib/engine';
import type { Statement } from '#lib/database';
import type { Language, Text } from '#lib/kernel';
import { HAS_EXPIRED } from './extend-call.js';

interface Reader {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly language: Language;
  readonly call: Text;
  readonly region: Text;
}

const CALL = `jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as region`;
const APPLICANTS = (
  which: string,
): string => `select distinct l.id::text as key, l.name, l.email::text as address, l.language, ${CALL}
  from proposal p join person l on l.id = p.lead_applicant and l.disabled_at is null join call c on c.id = p.call_id join region g on g.code = c.region
  where p.call_id = $1 and ${which}`;

/** Everybody with a draft or a proposal, also with a draft that expired and comes back. */
const EXTENDED = { name: 'told-of-extension', text: APPLICANTS(`(p.phase <> 'ended' or ${HAS_EXPIRED})`) };
/** Everybody with a draft or a proposal, and who was asked to confirm a part of a draft and can do so no longer. */
const CLOSED_EARLY = {
  name: 'told-of-early-closing',
  text: `${APPLICANTS(`p.phase <> 'ended'`)} union all
    select t.id::text, t.contact_name, t.email::text, t.language, ${CALL} from party t join proposal p on p.id = t.proposal_id
      join call c on c.id = p.call_id join region g on g.code = c.region
    where p.call_id = $1 and p.phase = 'preparing' and t.state = 'asked' and t.removed_at is null`,
};

/** Tells everybody with a draft or a proposal, once, until when the call is open now and why. */
export const callExtended = telling('call-extended', EXTENDED, ({ payload }) => ({
  ...{ closesAt: payload['newClosing'], reason: payload['reason'] },
}));

/** Tells whom it concerns, once, that the call is closed before the closing that was announced, and why. */
export const callClosedEarly = telling('call-closed-early', CLOSED_EARLY, ({ payload, opened, receivedAt }) => ({
  ...{ closedAt: receivedAt, plannedAt: (opened.facts['call'] as { closesAt: string }).closesAt },
  reason: payload['reason'],
}));

function telling(
  template: string,
  readers: Statement,
  view: (context: MoveContext) => Readonly<Record<string, unknown>>,
): NoticeWriter {
  return async (context) => {
    const { tx, subject, opened, eventId } = context;
    const rows = await tx.query<Reader>(readers, [subject.id]);
    return rows.map(({ key, name, address, language, call, region }): Notice => ({
      ...{ region: opened.region, eventId, recipientKey: key, template, language, to: { address, name } },
      view: { name, call: call[language], region: region[language], ...view(context) },
    }));
  };
}
