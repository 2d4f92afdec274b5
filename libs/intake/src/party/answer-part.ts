import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/database';
import { writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Text } from '#lib/kernel';
import { hashOfPart, hashOfToken } from './list-parties.js';
import { PartAnsweredAlready, PartyLinkNotValid } from './party-errors.js';
import type { Part, PartyRole, PartyView } from './party.js';

/** One part, as the holder of its link sees it: nothing else of the proposal. */
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
}

export type PartAnswer =
  | { readonly kind: 'confirm'; readonly name: string; readonly position: string }
  | { readonly kind: 'decline'; readonly name: string; readonly reason: string };

const OPEN = { name: 'open-part', text: 'select * from app.open_part($1)' };
/** Of two answers at once one counts: the other finds no row that is still asked. */
const ANSWER = {
  name: 'answer-part',
  text: `update party set state = $2, answered_at = app_now(), answered_name = $3, answered_function = $4, note = $5, part_hash = $6
    where token_hash = $1 and removed_at is null and state in ('asked', 'changed') returning proposal_id as "proposalId"`,
};
const LEAD = {
  name: 'lead-of-proposal',
  text: `select l.id, l.name, l.email::text as address, l.language, p.title from proposal p join person l on l.id = p.lead_applicant
    where p.id = $1 and l.disabled_at is null`,
};

/** A party reads and answers for its own part, by the link in its mail. */
export class AnswerPart {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Throws PartyLinkNotValid. */
  async read(token: string): Promise<OpenPart> {
    const [part] = await this.database.ask<OpenPart>(OPEN, [hashOfToken(token)]);
    if (part === undefined) throw new PartyLinkNotValid();
    return part;
  }

  /** Works once; the lead applicant hears of it. Throws PartyLinkNotValid, PartAnsweredAlready. */
  async answer(token: string, answer: PartAnswer): Promise<void> {
    const { id, region, part, organisation } = await this.read(token);
    const isConfirmed = answer.kind === 'confirm';
    await this.database.unit({ regions: [region], actor: null }, async (tx) => {
      const values = isConfirmed
        ? ['confirmed', answer.name, answer.position, null, hashOfPart(part)]
        : ['declined', answer.name, null, answer.reason, null];
      const [answered] = await tx.query<{ proposalId: string }>(ANSWER, [hashOfToken(token), ...values]);
      if (answered === undefined) throw new PartAnsweredAlready();
      const eventId = randomUUID();
      const subject = { subjectKind: 'party', subjectId: id };
      await writeAudit(tx, { region, actor: null, act: `party.${answer.kind}`, ...subject, data: { event: eventId } });
      const [lead] = await tx.query<{
        id: string;
        name: string;
        address: string;
        language: 'nl' | 'en';
        title: string;
      }>(LEAD, [answered.proposalId]);
      if (lead === undefined) return;
      const { address, language, name, title } = lead;
      const view = { name, title, organisation, isConfirmed, reason: isConfirmed ? '' : answer.reason };
      const notice = {
        region,
        eventId,
        recipientKey: lead.id,
        template: 'party-answered',
        language,
        to: { address, name },
        view,
      };
      await writeNotices(tx, [notice], this.messageIds);
    });
  }
}
