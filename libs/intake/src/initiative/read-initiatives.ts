import { PageRequest, scopeOf, type Page } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { PartnerKind } from '#lib/people';
import type { Phase } from '#lib/workflow';
import { NATIONAL, publicPart, type ConsentField, type InitiativeContent } from './initiative-content.js';
import type { OfferKind } from './offer-help.js';

export interface InitiativeRow {
  readonly id: string;
  readonly region: string;
  readonly number: string;
  readonly title: string;
  readonly phase: Phase;
  readonly registeredAt: Instant | null;
  readonly isOwn: boolean;
}

export interface InitiativeView extends InitiativeRow {
  readonly content: InitiativeContent;
  readonly consent: readonly ConsentField[];
  readonly consulted: readonly string[];
  readonly revision: number;
  readonly version: number;
  readonly outcome: string | null;
  /** What its initiator asked last, after an answer; null when nothing was. */
  readonly question: string | null;
  readonly proposalId: string | null;
  readonly startedBy: string;
}

/** An offer of a partner, as the desk reads it. */
export interface OfferView {
  readonly id: string;
  readonly organisation: string;
  readonly kind: PartnerKind;
  readonly what: OfferKind;
  readonly amount: string;
  /** Where help is given, in own words; empty: not said. */
  readonly place: string;
  readonly description: string;
  readonly contactName: string;
  readonly email: string;
  readonly isMatched: boolean;
  /** Made for this very initiative. */
  readonly isForThis: boolean;
}

/** What everybody may read of an initiative that looks for partners. */
export interface OpenInitiative {
  readonly id: string;
  readonly region: string;
  readonly title: string;
  readonly shown: Partial<InitiativeContent>;
}

const ROW = `i.id, i.region, i.number, i.title, i.phase, i.registered_at as "registeredAt", i.started_by = app.actor() as "isOwn"`;
const ONE = {
  name: 'read-initiative',
  text: `select ${ROW}, i.content, i.consent, i.consulted, i.revision, i.version, i.outcome, i.question, i.proposal_id as "proposalId", o.name as "startedBy"
    from initiative i join person o on o.id = i.started_by where i.id = $1 and ${scopeOf('initiative', 'i')}`,
};
const LIST = {
  name: 'list-initiatives',
  text: `select ${ROW} from initiative i where ${scopeOf('initiative', 'i')} order by i.phase = 'ended', i.registered_at desc nulls first limit 200`,
};
const BY_NUMBER = {
  name: 'page-of-initiatives',
  text: `select ${ROW} from initiative i where ${scopeOf('initiative', 'i')} and ($1::text is null or i.number > $1) order by i.number limit $2`,
};
/** Open to everybody until a partner was found, field by field as its initiator consented; app.actor() is not asked. */
const OPEN = {
  name: 'open-initiatives',
  text: `select * from (select i.id, i.region, i.title, i.content, i.consent, app.iso(i.registered_at) || ' ' || i.id as key from initiative i
      where (i.phase = 'submitted' or i.phase = 'settled' and not exists (select 1 from offer_match m where m.initiative_id = i.id)) and i.content -> 'needs' ? 'partners' and cardinality(i.consent) > 0) open
    where ($1::text is null or key < $1) and ($3::uuid is null or id = $3) order by key desc limit $2`,
};
const OFFERS = {
  name: 'offers-for-initiative',
  text: `select o.id, o.organisation, o.kind, o.what, o.amount, o.place, o.description, o.contact_name as "contactName", o.email::text,
      exists (select 1 from offer_match m where m.offer_id = o.id and m.initiative_id = $1) as "isMatched",
      coalesce(o.initiative_id = $1, false) as "isForThis"
    from help_offer o join initiative i on i.id = $1 where o.confirmed_at is not null and o.withdrawn_at is null
      and (o.initiative_id is null or o.initiative_id = $1) and o.region in (i.region, '${NATIONAL}') and app.is_desk(i.region, app.actor()) order by o.initiative_id is null, o.offered_at desc limit 50`,
};

/** Null when it does not exist or not for this viewer. */
export async function readInitiative(tx: Transaction, id: string): Promise<InitiativeView | null> {
  const [initiative] = await tx.query<InitiativeView>(ONE, [id]);
  return initiative ?? null;
}

/** What the viewer started, or has on the desk. */
export async function listInitiatives(tx: Transaction): Promise<readonly InitiativeRow[]> {
  return tx.query<InitiativeRow>(LIST, []);
}

/** As `listInitiatives`, by number. */
export async function pageOfInitiatives(tx: Transaction, page: PageRequest): Promise<Page<InitiativeRow>> {
  const rows = await tx.query<InitiativeRow>(BY_NUMBER, [page.after, page.size + 1]);
  return page.of(rows, ({ number }) => number);
}

const MOST_OPEN = 100;

/** What looks for partners in these regions, newest first: only what may be read. */
export async function listOpenInitiatives(tx: Transaction): Promise<readonly OpenInitiative[]> {
  return (await pageOfOpenInitiatives(tx, PageRequest.from(undefined, MOST_OPEN))).items;
}

interface OpenRow {
  readonly id: string;
  readonly region: string;
  readonly title: string;
  readonly content: InitiativeContent;
  readonly consent: readonly ConsentField[];
  readonly key: string;
}

function openRows(
  tx: Transaction,
  { after, size }: PageRequest,
  id: string | null = null,
): Promise<readonly OpenRow[]> {
  return tx.query<OpenRow>(OPEN, [after, size + 1, id]);
}

/** One that looks for partners, as everybody may read it; null when it does not, or not any more. */
export async function readOpenInitiative(tx: Transaction, id: string): Promise<OpenInitiative | null> {
  const [found] = await openRows(tx, PageRequest.from(undefined, 1), id);
  if (found === undefined) return null;
  const { region, title, content, consent } = found;
  return { id, region, title, shown: publicPart(content, consent) };
}

/** A partner that the desk brought in contact with an initiative. */
export interface MatchedPartner {
  readonly organisation: string;
  readonly contactName: string;
  readonly email: string;
}

const MATCHED = {
  name: 'matched-partners',
  text: `select o.organisation, o.contact_name as "contactName", o.email::text from offer_match m join help_offer o on o.id = m.offer_id
      join initiative i on i.id = m.initiative_id where i.id = $1 and i.started_by = app.actor() order by m.matched_at`,
};

/** For its initiator, in a unit of work of its region and the national one; empty for others. */
export async function listMatched(tx: Transaction, initiativeId: string): Promise<readonly MatchedPartner[]> {
  return tx.query<MatchedPartner>(MATCHED, [initiativeId]);
}

export async function pageOfOpenInitiatives(tx: Transaction, page: PageRequest): Promise<Page<OpenInitiative>> {
  const { items, next } = page.of(await openRows(tx, page), ({ key }) => key);
  const shown = items.map(({ id, region, title, content, consent }) => ({
    ...{ id, region, title, shown: publicPart(content, consent) },
  }));
  return { items: shown, next };
}

/**
 * Confirmed offers that could suit an initiative, for its desk; empty for others. In a unit of work of its region and the national one, where
 * offers lie that name no initiative.
 */
export async function listOffers(tx: Transaction, initiativeId: string): Promise<readonly OfferView[]> {
  return tx.query<OfferView>(OFFERS, [initiativeId]);
}

const BEGAN = {
  name: 'initiative-of-proposal',
  text: `select i.id, i.number from initiative i where i.proposal_id = $1 and i.started_by = app.actor()`,
};

/** The initiative that became this proposal, for who started it: what the form has no question for is read there. */
export async function readInitiativeOf(
  tx: Transaction,
  proposalId: string,
): Promise<Pick<InitiativeRow, 'id' | 'number'> | null> {
  const [found] = await tx.query<Pick<InitiativeRow, 'id' | 'number'>>(BEGAN, [proposalId]);
  return found ?? null;
}
