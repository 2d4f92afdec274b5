import { randomBytes } from 'node:crypto';
import type { Transaction } from '#lib/database';
import { SubjectNotFound, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Instant } from '#lib/kernel';
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
  /** When the link stops to hold. */
  readonly until: Instant;
}

const ASK = {
  name: 'ask-party',
  text: `update party set state = 'asked', token_hash = $3, asked_at = app_now(), expires_at = app_now() + interval '30 days',
      answered_at = null, answered_name = null, answered_function = null, note = null, part_hash = null, answered_by = null, account = null
    where id = $1 and proposal_id = $2 and removed_at is null
    returning role, organisation, contact_name as "contactName", email::text, language, app.iso(expires_at) as until`,
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
  { role, organisation, contactName, email, language, until }: Asked,
  link: string,
): Parameters<typeof writeNotices>[1][number] {
  return {
    ...{ region, eventId, recipientKey: party.id, template: 'party-asked', language },
    to: { address: email, name: contactName },
    view: {
      ...{ name: contactName, organisation, title: isNamed(title) ? title : null, applicant },
      ...{ isContact: role === 'contact', isPayee: role === 'payee', until },
    },
    secret: { link },
  };
}
