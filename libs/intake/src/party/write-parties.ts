import { randomBytes, randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import {
  claimKey,
  SubjectNotFound,
  VersionIsStale,
  writeAudit,
  writeNotices,
  type MessageIdOptions,
  type RequestKey,
} from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { lockInHand } from '../assert-in-hand.js';
import { PartyAskedTooOften } from './party-errors.js';
import { hashOfPart, hashOfToken } from './party-hash.js';
import type { PartyView, WrittenParty } from './party.js';

interface Place {
  readonly actorId: string;
  readonly region: string;
  readonly key?: RequestKey | undefined;
}

/** A party of a proposal; `revision`: the one that was read, when that matters. */
interface PartyIn {
  readonly proposalId: string;
  readonly id: string;
  readonly revision?: number | undefined;
}

interface PartyOptions {
  readonly messageIds: MessageIdOptions;
  /** Address of the page that shows one part. */
  readonly linkTo: (token: string) => string;
}

type Asked = Pick<PartyView, 'role' | 'organisation' | 'contactName' | 'email' | 'language'>;

const ADD = {
  name: 'add-party',
  text: `insert into party (id, region, proposal_id, role, organisation, contact_name, email, language, part, institution)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};
/** Who confirmed something else than what stands there now must be asked again. */
const CHANGE = {
  name: 'change-party',
  text: `update party set role = $3, organisation = $4, contact_name = $5, email = $6, language = $7, part = $8, institution = $9,
      state = case when state = 'confirmed' and (part_hash <> $10 or role <> $3 or institution is distinct from $9
        or role = 'contact' and email <> $6) then 'changed' else state end,
      revision = revision + 1
    where id = $1 and proposal_id = $2 and removed_at is null and ($11::int is null or revision = $11) returning revision`,
};
const REMOVE = {
  name: 'remove-party',
  text: `update party set removed_at = app_now() where id = $1 and proposal_id = $2 and removed_at is null
    and ($3::int is null or revision = $3) returning id`,
};
const REVISION = {
  name: 'revision-of-party',
  text: 'select revision from party where id = $1 and proposal_id = $2 and removed_at is null',
};
const ASK = {
  name: 'ask-party',
  text: `update party set state = 'asked', token_hash = $3, asked_at = app_now(), expires_at = app_now() + interval '30 days',
      answered_at = null, answered_name = null, answered_function = null, note = null, part_hash = null, answered_by = null, account = null
    where id = $1 and proposal_id = $2 and removed_at is null
    returning role, organisation, contact_name as "contactName", email::text, language`,
};
const ASKED_TODAY = {
  name: 'party-asked-today',
  text: `select count(*)::int as n from outbox where template = 'party-asked' and recipient_key = $1 and created_at > app_now() - interval '1 day'`,
};
const MOST_A_DAY = 5;

/** Who takes part, written down by who applies while the proposal is in that person's hands. */
export class WriteParties {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly options: PartyOptions,
  ) {}

  /** Returns the party's id. Throws SubjectNotFound, ProposalNotInYourHands, KeyUsedForAnother. */
  async add(proposalId: string, written: WrittenParty, place: Place): Promise<string> {
    const party = { proposalId, id: randomUUID() };
    return this.inHand(party, 'party.add', place, async (tx) => {
      await tx.query(ADD, [party.id, place.region, proposalId, ...valuesOf(written)]);
    });
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands, VersionIsStale. */
  async change(party: PartyIn, written: WrittenParty, place: Place): Promise<void> {
    const { proposalId, id, revision = null } = party;
    await this.inHand(party, 'party.change', place, async (tx) => {
      const values = [id, proposalId, ...valuesOf(written), hashOfPart(written.part), revision];
      if ((await tx.query(CHANGE, values)).length === 0) await refuse(tx, party);
    });
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands, VersionIsStale. */
  async remove(party: PartyIn, place: Place): Promise<void> {
    const { proposalId, id, revision = null } = party;
    await this.inHand(party, 'party.remove', place, async (tx) => {
      if ((await tx.query(REMOVE, [id, proposalId, revision])).length === 0) await refuse(tx, party);
    });
  }

  /** Mails the party a link to its own part; an earlier link dies. Throws SubjectNotFound, ProposalNotInYourHands, PartyAskedTooOften. */
  async ask(party: PartyIn, place: Place & { readonly applicant: string }): Promise<void> {
    const { proposalId, id } = party;
    const token = randomBytes(32).toString('base64url');
    const eventId = randomUUID();
    await this.inHand({ ...party, event: eventId }, 'party.ask', place, async (tx, title) => {
      const [today] = await tx.query<{ n: number }>(ASKED_TODAY, [id]);
      if ((today?.n ?? 0) >= MOST_A_DAY) throw new PartyAskedTooOften();
      const [asked] = await tx.query<Asked>(ASK, [id, proposalId, hashOfToken(token)]);
      if (asked === undefined) throw new SubjectNotFound('party', id);
      await this.mail(tx, { id, asked, title, region: place.region, applicant: place.applicant, token, eventId });
    });
  }

  private async mail(tx: Transaction, { id, asked, title, region, applicant, token, eventId }: Mailed): Promise<void> {
    const { role, organisation, contactName, email, language } = asked;
    const notice = {
      ...{ region, eventId, recipientKey: id, template: 'party-asked', language },
      to: { address: email, name: contactName },
      view: {
        name: contactName,
        organisation,
        title,
        applicant,
        isContact: role === 'contact',
        isPayee: role === 'payee',
      },
      secret: { link: this.options.linkTo(token) },
    };
    await writeNotices(tx, [notice], this.options.messageIds);
  }

  /** Returns the party's id; of a request that came before, the one it had then, and nothing is done. */
  private async inHand(
    { proposalId, id, event }: PartyIn & { readonly event?: string },
    act: string,
    { region, actorId, key }: Place,
    work: (tx: Transaction, title: string) => Promise<void>,
  ): Promise<string> {
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const { title } = await lockInHand(tx, this.frozen, proposalId);
      await work(tx, title);
      const data = event === undefined ? {} : { data: { event } };
      await writeAudit(tx, { region, actor: actorId, act, subjectKind: 'party', subjectId: id, ...data });
      return id;
    });
  }
}

interface Mailed {
  readonly id: string;
  readonly asked: Asked;
  readonly title: string;
  readonly region: string;
  readonly applicant: string;
  readonly token: string;
  readonly eventId: string;
}

/** Throws VersionIsStale when the party is there, SubjectNotFound when it is not. */
async function refuse(tx: Transaction, { proposalId, id, revision }: PartyIn): Promise<never> {
  const [found] = await tx.query<{ revision: number }>(REVISION, [id, proposalId]);
  if (found === undefined || revision === undefined) throw new SubjectNotFound('party', id);
  throw new VersionIsStale(revision, found.revision);
}

function valuesOf(written: WrittenParty): readonly unknown[] {
  const { role, organisation, contactName, email, language, part, institution } = written;
  return [role, organisation, contactName, email, language, JSON.stringify(part), institution];
}
