import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Instant, Language } from '#lib/kernel';
import { inetOf, tidyMailbox, type Verdict } from '#lib/people';
import { OfferedTooOften, OfferLinkNotValid } from './initiative-errors.js';

export const OFFER_KINDS = ['hours', 'expertise', 'materials', 'money', 'place'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

export interface HelpOffer {
  readonly region: string;
  readonly initiativeId: string | null;
  readonly organisation: string;
  /** Kind of partner, as in a proposal. */
  readonly kind: string;
  readonly what: OfferKind;
  readonly amount: string;
  /** Where, in own words; empty: anywhere. */
  readonly place: string;
  readonly description: string;
  readonly contactName: string;
  readonly email: string;
  readonly language: Language;
}

interface OfferOptions {
  readonly messageIds: MessageIdOptions;
  /** Address of the page that confirms an offer. */
  readonly linkTo: (token: string) => string;
}

const INSERT = {
  name: 'offer-help',
  text: `insert into help_offer (id, region, initiative_id, organisation, kind, what, amount, description, contact_name, email, language, token_hash, place)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning app.iso(offered_at + interval '14 days') as until`,
};
const BEGIN = { name: 'begin-offer', text: 'select app.begin_offer($1, $2) as verdict' };
const OF_LINK = { name: 'offer-of-link', text: 'select * from app.offer_by_link($1)' };
const WITHDRAW = { name: 'withdraw-offer', text: 'select id, region from app.withdraw_offer($1)' };
const CONFIRM = { name: 'confirm-offer', text: 'select id, region from app.confirm_offer($1)' };

/** A partner offers help, with or without an account: it counts once the link in the mail was used. */
export class OfferHelp {
  constructor(
    private readonly database: Database,
    private readonly options: OfferOptions,
  ) {}

  /** Returns the offer's id. `clientAddress`: who asks over the network is counted. Throws OfferedTooOften. */
  async execute(offer: HelpOffer, actor: string | null, clientAddress: string | null = null): Promise<string> {
    const id = randomUUID();
    const token = randomBytes(32).toString('base64url');
    const { region, initiativeId, organisation, kind, what, amount, description, contactName, language } = offer;
    const email = tidyMailbox(offer.email);
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      if (clientAddress !== null) await assertNotTooOften(tx, email, clientAddress);
      const [made] = await tx.query<{ until: Instant }>(INSERT, [
        id,
        region,
        initiativeId,
        organisation,
        kind,
        what,
        amount,
        description,
        contactName,
        email,
        language,
        hashOf(token),
        offer.place,
      ]);
      await writeAudit(tx, { region, actor, act: 'offer.make', subjectKind: 'help-offer', subjectId: id });
      const notice = {
        ...{
          region,
          eventId: id,
          recipientKey: id,
          template: 'offer-confirm',
          language,
          to: { address: email, name: contactName },
        },
        ...{
          view: { name: contactName, organisation, until: made?.until },
          secret: { link: this.options.linkTo(token) },
        },
      };
      await writeNotices(tx, [notice], this.options.messageIds);
      return id;
    });
  }

  /** Works as often as it is pressed. Throws OfferLinkNotValid. */
  async confirm(token: string): Promise<void> {
    const [found] = await this.database.ask<{ id: string }>(CONFIRM, [hashOf(token)]);
    if (found === undefined) throw new OfferLinkNotValid();
  }

  /** Throws OfferLinkNotValid. */
  async read(token: string): Promise<LinkedOffer> {
    const [found] = await this.database.ask<LinkedOffer>(OF_LINK, [hashOf(token)]);
    if (found === undefined) throw new OfferLinkNotValid();
    return found;
  }

  /** By the same link, as often as it is pressed. Throws OfferLinkNotValid. */
  async withdraw(token: string): Promise<void> {
    const [found] = await this.database.ask<{ id: string; region: string }>(WITHDRAW, [hashOf(token)]);
    if (found === undefined) throw new OfferLinkNotValid();
    const { id, region } = found;
    await this.database.unit({ regions: [region], actor: null }, (tx) =>
      writeAudit(tx, { region, actor: null, act: 'offer.withdraw', subjectKind: 'help-offer', subjectId: id }),
    );
  }
}

/** An offer as the holder of its link sees it. */
export interface LinkedOffer {
  readonly organisation: string;
  /** Of the initiative it is for; null: for any. */
  readonly title: string | null;
  readonly confirmed: boolean;
  readonly withdrawn: boolean;
}

/** It mails whom it names, so nobody may do it without end. Throws OfferedTooOften. */
async function assertNotTooOften(tx: Transaction, email: string, clientAddress: string): Promise<void> {
  const [begun] = await tx.query<{ verdict: Verdict }>(BEGIN, [email, inetOf(clientAddress)]);
  if (begun?.verdict !== 'allowed') throw new OfferedTooOften(begun?.verdict === 'network-throttled' ? 1 : 15);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
