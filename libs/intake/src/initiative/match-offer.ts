import { randomUUID } from 'node:crypto';
import { assertHolds, NotForThisViewer, type Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Language } from '#lib/kernel';
import { NATIONAL } from './initiative-content.js';
import { OfferNotAvailable } from './initiative-errors.js';

const LOCK = {
  name: 'lock-initiative-to-match',
  text: `select i.id, i.title, i.content ->> 'contact' as contact, i.consent, o.id as "offerId", o.organisation, o.contact_name as "contactName", o.email::text as email,
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
  readonly id: string;
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
    await this.database.unit({ regions: [region, NATIONAL], actor }, async (tx) => {
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
      about: { kind: 'initiative', id: pair.id },
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
  if (region !== NATIONAL) return assertHolds(viewer, region, ['coordinator', 'secretary']);
  const isNational = viewer.roles.some(({ region: at, role }) => at === region && role === 'national-office');
  if (viewer.id === null || !isNational) throw new NotForThisViewer();
  return viewer.id;
}
