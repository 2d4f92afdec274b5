import { randomUUID } from 'node:crypto';
import type { Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Text } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { judgeAgain } from './judge-again.js';
import { PartAnsweredAlready, PartWasChanged, PartyLinkNotValid } from './party-errors.js';
import { hashOfPart, hashOfToken } from './party-hash.js';
import type { Account, Part, PartyRole, PartyView } from './party.js';

/** One part, as the holder of its link or of a mandate sees it: nothing else of the proposal. */
export interface OpenPart {
  readonly id: string;
  readonly region: string;
  readonly state: PartyView['state'];
  readonly organisation: string;
  readonly contactName: string;
  readonly role: PartyRole;
  readonly part: Part;
  readonly title: string;
  readonly leadOrganisation: string;
  readonly callName: Text;
  readonly regionName: Text;
  readonly language: 'nl' | 'en';
  /** For a payee: the account that the award would be paid to. */
  readonly account: Account | null;
  readonly revision: number;
}

export type PartAnswer =
  | { readonly kind: 'confirm'; readonly name: string; readonly position: string }
  | { readonly kind: 'decline'; readonly name: string; readonly reason: string };

const OPEN = { name: 'open-part', text: 'select * from app.open_part($1)' };
const OPEN_BY_MANDATE = { name: 'open-part-by-mandate', text: 'select * from app.open_part_by_mandate($1, $2)' };
/** Serialises answering with a change of the proposal, which locks it too; what follows sees what came of that change. */
const LOCK = {
  name: 'lock-proposal-of-part',
  text: `select t.state, t.revision = $2 and (t.role <> 'payee' or (p.content -> 'payee') is not distinct from $3::jsonb) as "isAsRead"
    from party t join proposal p on p.id = t.proposal_id where t.id = $1 and t.removed_at is null and p.phase <> 'ended' for update of p`,
};
/** Of two answers at once one counts: the other finds no row that is still asked. A link that was replaced meanwhile answers nothing. */
const ANSWER = {
  name: 'answer-part',
  text: `update party set state = $2, answered_at = app_now(), answered_name = $3, answered_function = $4, note = $5, part_hash = $6,
      answered_by = $7, account = $8
    where id = $1 and removed_at is null and state in ('asked', 'changed') and ($9::text is null or token_hash = $9)
      and ($7::uuid is null or institution = any (app.mandated($7, 'confirm'))) returning proposal_id as "proposalId"`,
};
const LEAD = {
  name: 'lead-of-proposal',
  text: `select l.id, l.name, l.email::text as address, l.language, p.number, p.title from proposal p join person l on l.id = p.lead_applicant
    where p.id = $1 and l.disabled_at is null`,
};

interface Lead {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly language: 'nl' | 'en';
  readonly number: string;
  readonly title: string;
}

/** The proposal whose part was answered, and the event of the mail about it. */
interface Answered {
  readonly proposalId: string;
  readonly eventId: string;
}

/** By whom a part is answered: the holder of the link in its mail, or of a mandate. */
interface Answerer {
  readonly token: string | null;
  readonly personId: string | null;
}

/** A party reads and answers for its own part, by the link in its mail or by a mandate of its school board. */
export class AnswerPart {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Throws PartyLinkNotValid. */
  async read(token: string): Promise<OpenPart> {
    const [part] = await this.database.ask<OpenPart>(OPEN, [hashOfToken(token)]);
    if (part === undefined) throw new PartyLinkNotValid();
    return part;
  }

  /** Throws SubjectNotFound without a mandate to confirm for the school or board of this part. */
  async readByMandate(id: string, personId: string): Promise<OpenPart> {
    const [part] = await this.database.ask<OpenPart>(OPEN_BY_MANDATE, [id, personId]);
    if (part === undefined) throw new SubjectNotFound('party', id);
    return part;
  }

  /** Works once; the lead applicant hears of it. Throws PartyLinkNotValid, PartAnsweredAlready, PartWasChanged. */
  async answer(token: string, answer: PartAnswer): Promise<void> {
    await this.write(await this.read(token), answer, { token, personId: null });
  }

  /** As `answer`, under the name of the viewer's account. Throws SubjectNotFound, PartAnsweredAlready, PartWasChanged. */
  async answerByMandate(viewer: Viewer, id: string, answer: PartAnswer): Promise<void> {
    const part = await this.readByMandate(id, viewer.id ?? '');
    await this.write(part, { ...answer, name: viewer.name }, { token: null, personId: viewer.id });
  }

  private async write(part: OpenPart, answer: PartAnswer, { token, personId }: Answerer): Promise<void> {
    const { id, region } = part;
    await this.database.unit({ regions: [region], actor: personId }, async (tx) => {
      await assertAsRead(tx, part);
      const values = [id, ...evidenceOf(part, answer), personId, accountOf(part, answer)];
      const [answered] = await tx.query<{ proposalId: string }>(ANSWER, [
        ...values,
        token === null ? null : hashOfToken(token),
      ]);
      if (answered === undefined) throw new PartAnsweredAlready();
      await judgeAgain(tx, this.frozen, answered.proposalId);
      const eventId = randomUUID();
      const subject = { subjectKind: 'party', subjectId: id, data: { event: eventId } };
      await writeAudit(tx, { region, actor: personId, act: `party.${answer.kind}`, ...subject });
      await this.tellLead(tx, { proposalId: answered.proposalId, eventId }, part, answer);
    });
  }

  private async tellLead(
    tx: Transaction,
    { proposalId, eventId }: Answered,
    { region, organisation }: OpenPart,
    answer: PartAnswer,
  ): Promise<void> {
    const [lead] = await tx.query<Lead>(LEAD, [proposalId]);
    if (lead === undefined) return;
    const { id, address, language, name, number, title } = lead;
    const isConfirmed = answer.kind === 'confirm';
    const notice = {
      ...{ region, eventId, recipientKey: id, template: 'party-answered', language },
      to: { address, name },
      about: { kind: 'proposal', id: proposalId },
      view: { name, number, title, organisation, isConfirmed, reason: isConfirmed ? '' : answer.reason },
    };
    await writeNotices(tx, [notice], this.messageIds);
  }
}

/** Throws PartAnsweredAlready, PartWasChanged. */
async function assertAsRead(tx: Transaction, { id, revision, account }: OpenPart): Promise<void> {
  const values = [id, revision, account === null ? null : JSON.stringify(account)];
  const [found] = await tx.query<{ state: PartyView['state']; isAsRead: boolean }>(LOCK, values);
  if (found === undefined || !['asked', 'changed'].includes(found.state)) throw new PartAnsweredAlready();
  if (!found.isAsRead) throw new PartWasChanged();
}

/** State, name, position, note and hash of the part, as the row keeps them. */
function evidenceOf({ part }: OpenPart, answer: PartAnswer): readonly unknown[] {
  return answer.kind === 'confirm'
    ? ['confirmed', answer.name, answer.position, null, hashOfPart(part)]
    : ['declined', answer.name, null, answer.reason, null];
}

function accountOf({ account }: OpenPart, { kind }: PartAnswer): string | null {
  return kind === 'confirm' && account !== null ? JSON.stringify(account) : null;
}
