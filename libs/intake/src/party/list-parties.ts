import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { scopeOf } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import { canonicalJson, sha256 } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { lockInHand } from '../assert-in-hand.js';
import { PartyAskedTooOften } from './party-errors.js';
import type { PartyView, WrittenParty } from './party.js';

interface Place {
  readonly actorId: string;
  readonly region: string;
}

interface PartyAct {
  readonly proposalId: string;
  readonly id: string;
  readonly act: string;
  /** Event of the mails that the act sends. */
  readonly event?: string;
}

interface PartyOptions {
  readonly messageIds: MessageIdOptions;
  /** Address of the page that shows one part. */
  readonly linkTo: (token: string) => string;
}

const LIST = {
  name: 'list-parties',
  text: `select t.id, t.role, t.organisation, t.contact_name as "contactName", t.email::text, t.language, t.part, t.state, t.asked_at as "askedAt",
      t.answered_at as "answeredAt", t.answered_name as "answeredName", t.answered_function as "answeredFunction", t.note
    from party t join proposal p on p.id = t.proposal_id where t.proposal_id = $1 and t.removed_at is null and ${scopeOf('proposal', 'p')}
      and (p.lead_applicant = app.actor() or app.staff_roles(p.region, app.actor()) <> '[]') order by t.created_at, t.id`,
};
const ADD = {
  name: 'add-party',
  text: `insert into party (id, region, proposal_id, role, organisation, contact_name, email, language, part) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
/** Who confirmed something else than what stands there now must be asked again. */
const CHANGE = {
  name: 'change-party',
  text: `update party set role = $3, organisation = $4, contact_name = $5, email = $6, language = $7, part = $8,
      state = case when state = 'confirmed' and part_hash <> $9 then 'changed' else state end
    where id = $1 and proposal_id = $2 and removed_at is null returning id`,
};
const REMOVE = {
  name: 'remove-party',
  text: `update party set removed_at = app_now() where id = $1 and proposal_id = $2 and removed_at is null returning id`,
};
const ASK = {
  name: 'ask-party',
  text: `update party set state = 'asked', token_hash = $3, asked_at = app_now(), expires_at = app_now() + interval '30 days',
      answered_at = null, answered_name = null, answered_function = null, note = null, part_hash = null
    where id = $1 and proposal_id = $2 and removed_at is null
    returning organisation, contact_name as "contactName", email::text, language`,
};
const ASKED_TODAY = {
  name: 'party-asked-today',
  text: `select count(*)::int as n from outbox where template = 'party-asked' and recipient_key = $1 and created_at > app_now() - interval '1 day'`,
};
const MOST_A_DAY = 5;

/** Parties of a proposal for its lead applicant and for staff; nobody else reads how to reach them. */
export async function listParties(tx: Transaction, proposalId: string): Promise<readonly PartyView[]> {
  return tx.query<PartyView>(LIST, [proposalId]);
}

/** Who takes part, written down by the lead applicant while the proposal is in that person's hands. */
export class WriteParties {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly options: PartyOptions,
  ) {}

  /** Returns the party's id. Throws SubjectNotFound, ProposalNotInYourHands. */
  async add(proposalId: string, written: WrittenParty, place: Place): Promise<string> {
    const id = randomUUID();
    await this.inHand({ proposalId, id, act: 'party.add' }, place, (tx) =>
      tx.query(ADD, [id, place.region, proposalId, ...valuesOf(written)]),
    );
    return id;
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands. */
  async change(proposalId: string, id: string, written: WrittenParty, place: Place): Promise<void> {
    const hash = hashOfPart(written.part);
    await this.inHand({ proposalId, id, act: 'party.change' }, place, async (tx) =>
      assertOne(await tx.query(CHANGE, [id, proposalId, ...valuesOf(written), hash]), id),
    );
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands. */
  async remove(proposalId: string, id: string, place: Place): Promise<void> {
    await this.inHand({ proposalId, id, act: 'party.remove' }, place, async (tx) =>
      assertOne(await tx.query(REMOVE, [id, proposalId]), id),
    );
  }

  /** Mails the party a link to its own part; an earlier link dies. Throws SubjectNotFound, ProposalNotInYourHands, PartyAskedTooOften. */
  async ask(proposalId: string, id: string, place: Place & { readonly applicant: string }): Promise<void> {
    const token = randomBytes(32).toString('base64url');
    const eventId = randomUUID();
    await this.inHand({ proposalId, id, act: 'party.ask', event: eventId }, place, async (tx, title) => {
      const [asked] = await tx.query<{ n: number }>(ASKED_TODAY, [id]);
      if ((asked?.n ?? 0) >= MOST_A_DAY) throw new PartyAskedTooOften();
      const [party] = await tx.query<Pick<PartyView, 'organisation' | 'contactName' | 'email' | 'language'>>(ASK, [
        id,
        proposalId,
        hashOfToken(token),
      ]);
      if (party === undefined) throw new SubjectNotFound('party', id);
      const { organisation, contactName, email, language } = party;
      const notice = {
        ...{
          region: place.region,
          eventId,
          recipientKey: id,
          template: 'party-asked',
          language,
          to: { address: email, name: contactName },
        },
        ...{
          view: { name: contactName, organisation, title, applicant: place.applicant },
          secret: { link: this.options.linkTo(token) },
        },
      };
      await writeNotices(tx, [notice], this.options.messageIds);
    });
  }

  private async inHand(
    { proposalId, id, act, event }: PartyAct,
    { region, actorId }: Place,
    work: (tx: Transaction, title: string) => Promise<unknown>,
  ): Promise<void> {
    await this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const { title } = await lockInHand(tx, this.frozen, proposalId);
      await work(tx, title);
      const data = event === undefined ? {} : { event };
      await writeAudit(tx, { region, actor: actorId, act, subjectKind: 'party', subjectId: id, data });
    });
  }
}

/** SHA-256 of what a party confirms. */
export function hashOfPart(part: object): string {
  return sha256(canonicalJson(part));
}

export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function valuesOf({ role, organisation, contactName, email, language, part }: WrittenParty): readonly unknown[] {
  return [role, organisation, contactName, email, language, JSON.stringify(part)];
}

function assertOne(rows: readonly unknown[], id: string): void {
  if (rows.length !== 1) throw new SubjectNotFound('party', id);
}
