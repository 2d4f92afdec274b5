import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { assertHolds, NotForThisViewer, type Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Language } from '#lib/kernel';
import { OfferLinkNotValid, OfferNotAvailable } from './initiative-errors.js';

export const OFFER_KINDS = ['hours', 'expertise', 'materials', 'money', 'place'] as const;

export interface HelpOffer {
  readonly region: string;
  readonly initiativeId: string | null;
  readonly organisation: string;
  /** Kind of partner, as in a proposal. */
  readonly kind: string;
  readonly what: (typeof OFFER_KINDS)[number];
  readonly amount: string;
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
  text: `insert into help_offer (id, region, initiative_id, organisation, kind, what, amount, description, contact_name, email, language, token_hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
};
const CONFIRM = { name: 'confirm-offer', text: 'select id, region from app.confirm_offer($1)' };

/** A partner offers help, with or without an account: it counts once the link in the mail was used. */
export class OfferHelp {
  constructor(
    private readonly database: Database,
    private readonly options: OfferOptions,
  ) {}

  /** Returns the offer's id. */
  async execute(offer: HelpOffer, actor: string | null): Promise<string> {
    const id = randomUUID();
    const token = randomBytes(32).toString('base64url');
    const { region, initiativeId, organisation, kind, what, amount, description, contactName, email, language } = offer;
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      await tx.query(INSERT, [
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
        ...{ view: { name: contactName, organisation }, secret: { link: this.options.linkTo(token) } },
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
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

const LOCK = {
  name: 'lock-initiative-to-match',
  text: `select i.title, i.content ->> 'contact' as contact, i.consent, o.id as "offerId", o.organisation, o.contact_name as "contactName", o.email::text as email,
      o.language, p.name as "ownerName", p.email::text as "ownerEmail", p.language as "ownerLanguage", p.id as "ownerId"
    from initiative i join person p on p.id = i.started_by
      left join help_offer o on o.id = $2 and o.confirmed_at is not null and o.withdrawn_at is null
    where i.id = $1 and i.phase <> 'ended' for update of i`,
};
const MATCH = {
  name: 'match-offer',
  text: `insert into offer_match (initiative_id, offer_id, region, matched_by) values ($1, $2, $3, $4) on conflict do nothing returning 1`,
};

interface Pair {
  readonly title: string;
  readonly contact: string;
  readonly consent: readonly string[];
  readonly offerId: string | null;
  readonly organisation: string;
  readonly contactName: string;
  readonly email: string;
  readonly language: Language;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly ownerLanguage: Language;
  readonly ownerId: string;
}

/** The desk brings an initiative and an offer together. Each hears of the other what the other lets be known. */
export class MatchOffer {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Twice is once. Throws NotForThisViewer, SubjectNotFound, OfferNotAvailable. */
  async execute(
    viewer: Viewer,
    region: string,
    { initiativeId, offerId }: { initiativeId: string; offerId: string },
  ): Promise<void> {
    const actor = deskOf(viewer, region);
    await this.database.unit({ regions: [region], actor }, async (tx) => {
      const [pair] = await tx.query<Pair>(LOCK, [initiativeId, offerId]);
      if (pair === undefined) throw new SubjectNotFound('initiative', initiativeId);
      if (pair.offerId === null) throw new OfferNotAvailable();
      if ((await tx.query(MATCH, [initiativeId, offerId, region, actor])).length === 0) return;
      const subject = { subjectKind: 'initiative', subjectId: initiativeId };
      const event = randomUUID();
      await writeAudit(tx, {
        region,
        actor,
        act: 'initiative.match-offer',
        ...subject,
        data: { offer: offerId, event },
      });
      await writeNotices(tx, noticesOf(pair, region, event), this.messageIds);
    });
  }
}

/** The initiator hears who offers; the partner hears who asks, with the address only by consent. */
function noticesOf(pair: Pair, region: string, eventId: string): Parameters<typeof writeNotices>[1] {
  const { title, consent, organisation, contactName, email, language, ownerName, ownerEmail, ownerLanguage, ownerId } =
    pair;
  const contact = consent.includes('contact') ? `${ownerName}, ${pair.contact === '' ? ownerEmail : pair.contact}` : '';
  return [
    {
      ...{
        region,
        eventId,
        recipientKey: ownerId,
        template: 'offer-matched-owner',
        language: ownerLanguage,
        to: { address: ownerEmail, name: ownerName },
      },
      view: { name: ownerName, title, organisation, contact: `${contactName}, ${email}` },
    },
    {
      ...{
        region,
        eventId,
        recipientKey: pair.offerId ?? '',
        template: 'offer-matched-partner',
        language,
        to: { address: email, name: contactName },
      },
      view: { name: contactName, title, contact },
    },
  ];
}

/** Throws NotForThisViewer unless the viewer mans the desk of the region. */
export function deskOf(viewer: Viewer, region: string): string {
  if (region !== 'landelijk') return assertHolds(viewer, region, ['coordinator', 'secretary']);
  const isNational = viewer.roles.some(({ region: at, role }) => at === region && role === 'national-office');
  if (viewer.id === null || !isNational) throw new NotForThisViewer();
  return viewer.id;
}
