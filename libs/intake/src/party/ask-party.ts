import { randomBytes } from 'node:crypto';
import type { Transaction } from '#lib/database';
import { SubjectNotFound, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { CalendarDate, Instant, Text } from '#lib/kernel';
import { isNamed } from '../is-named.js';
import { PartyAskedTooOften } from './party-errors.js';
import { hashOfToken } from './party-hash.js';
import type { PartyView } from './party.js';

export interface PartyOptions {
  readonly messageIds: MessageIdOptions;
  /** Address of the page that shows one part. */
  readonly linkTo: (token: string) => string;
}

/** Which part is asked, of which proposal, and by whom. */
interface Asking {
  readonly party: { readonly proposalId: string; readonly id: string };
  readonly title: string;
  readonly applicant: string;
  readonly region: string;
  readonly eventId: string;
}

interface Asked extends Pick<PartyView, 'role' | 'organisation' | 'contactName' | 'email' | 'language'> {
  /** Who asks, of which call and network. */
  readonly lead: string;
  readonly call: Text;
  readonly network: Text;
  /** When the call closes, of a draft; null in a completion. */
  readonly closesAt: Instant | null;
  /** Last day of a completion; null in a draft. */
  readonly completeBy: CalendarDate | null;
  readonly expiresAt: Instant;
}

/**
 * The link holds as long as it can be of use: to the closing of the call, or to the end of the completion; at least a week, so that who is
 * asked late can still answer for what was submitted.
 */
const ASK = {
  name: 'ask-party',
  text: `update party t set state = 'asked', token_hash = $3, asked_at = app_now(),
      expires_at = greatest(case when p.phase = 'preparing' then c.closes_at else m.due_at end, app_now() + interval '7 days'),
      answered_at = null, answered_name = null, answered_function = null, note = null, part_hash = null, answered_by = null, account = null
    from proposal p join call c on c.id = p.call_id join region g on g.code = p.region
      left join term m on m.subject_id = p.id and m.name = 'completion' and m.state = 'running'
    where t.id = $1 and t.proposal_id = $2 and p.id = t.proposal_id and t.removed_at is null
    returning t.role, t.organisation, t.contact_name as "contactName", t.email::text, t.language, p.organisation as lead,
      jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as network,
      case when p.phase = 'preparing' then app.iso(c.closes_at) end as "closesAt", m.last_day::text as "completeBy",
      app.iso(t.expires_at) as "expiresAt"`,
};
/** Of this party, and of all others of the proposal under the same address: writing it down anew asks no stranger more often. */
const ASKED_TODAY = {
  name: 'party-asked-today',
  text: `select count(*)::int as n from party t join outbox o on o.recipient_key = t.id::text and o.template = 'party-asked'
    where t.proposal_id = $2 and o.created_at > app_now() - interval '1 day'
      and (t.id = $1 or o.to_address::citext = (select email from party where id = $1))`,
};
const MOST_A_DAY = 5;

/** Mails a party the link to its own part; an earlier link dies. Throws PartyAskedTooOften, SubjectNotFound. */
export async function askParty(tx: Transaction, asking: Asking, { messageIds, linkTo }: PartyOptions): Promise<void> {
  const { id, proposalId } = asking.party;
  const [today] = await tx.query<{ n: number }>(ASKED_TODAY, [id, proposalId]);
  if ((today?.n ?? 0) >= MOST_A_DAY) throw new PartyAskedTooOften();
  const token = randomBytes(32).toString('base64url');
  const [asked] = await tx.query<Asked>(ASK, [id, proposalId, hashOfToken(token)]);
  if (asked === undefined) throw new SubjectNotFound('party', id);
  await writeNotices(tx, [noticeOf(asking, asked, linkTo(token))], messageIds);
}

function noticeOf(
  { party, title, applicant, region, eventId }: Asking,
  { role, organisation, contactName, email, language, call, network, ...asked }: Asked,
  link: string,
): Parameters<typeof writeNotices>[1][number] {
  return {
    ...{ region, eventId, recipientKey: party.id, template: 'party-asked', language },
    to: { address: email, name: contactName },
    view: {
      ...{ name: contactName, organisation, title: isNamed(title) ? title : null, applicant },
      ...{ isContact: role === 'contact', isPayee: role === 'payee', call: call[language], region: network[language] },
      ...{ lead: asked.lead === '' ? null : asked.lead, closesAt: asked.closesAt, completeBy: asked.completeBy },
      expiresAt: asked.expiresAt,
    },
    secret: { link },
  };
}
