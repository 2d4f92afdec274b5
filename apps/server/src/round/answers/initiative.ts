import {
  CONSENT_FIELDS,
  NEEDS,
  OFFER_KINDS,
  THEMES,
  type Consultation,
  type InitiativeContent,
  type InitiativeRow,
  type InitiativeView,
  type OfferView,
  type OpenInitiative,
} from '#lib/intake';
import { PARTNER_KINDS } from '#lib/people';
import { described, listOf, nullOr, oneOf, optional, orNull, type Fields } from '../../edge/described.js';
import type { SituationView } from '../subject-view.js';
import { ID, phase, SITUATION } from './shared.js';

const ROW: Fields<InitiativeRow> = {
  id: ID,
  region: 'noord',
  number: 'I-noord-0001',
  title: 'Meten in de kas',
  phase: phase('submitted'),
  registeredAt: orNull('2027-01-11T08:00:00.000000Z'),
  isOwn: true,
};
const WHAT = 'Leerlingen meten licht en vocht in een groentekas.';
const SCHOOL = orNull<NonNullable<InitiativeContent['school']>>({
  site: '90AI00',
  name: 'Basisschool Het Palet',
  place: 'Assen',
  province: 'Drenthe',
});
const needs = listOf(oneOf(NEEDS, 'partners'));

export const INITIATIVE_ROW = described<InitiativeRow>('InitiativeRow', ROW);

export const INITIATIVE = described<InitiativeView & SituationView>('Initiative', {
  ...ROW,
  content: {
    what: WHAT,
    forWhom: 'Groep 7 en 8.',
    needs,
    theme: oneOf(THEMES, 'wt'),
    wantedPartners: 'Een tuinder in de buurt.',
    school: SCHOOL,
    contact: '0592 12 34 56',
  },
  consent: listOf(oneOf(CONSENT_FIELDS, 'what')),
  consulted: ['oost'],
  revision: 1,
  version: 2,
  outcome: nullOr('supported'),
  question: nullOr('Wie helpt ons met meten?'),
  proposalId: nullOr(ID),
  startedBy: 'L. Leraar',
  ...SITUATION,
});

export const OPEN_INITIATIVE = described<OpenInitiative>('OpenInitiative', {
  id: ID,
  region: 'noord',
  title: 'Meten in de kas',
  shown: described<Partial<InitiativeContent>>('ShownOfInitiative', {
    what: optional(WHAT),
    forWhom: optional('Groep 7 en 8.'),
    needs: optional(needs),
    theme: optional(oneOf(THEMES, 'wt')),
    wantedPartners: optional('Een tuinder in de buurt.'),
    school: optional(SCHOOL),
    contact: optional('0592 12 34 56'),
  }),
});

export const OFFER = described<OfferView>('Offer', {
  id: ID,
  organisation: 'Kwekerij Van Dam',
  kind: oneOf(PARTNER_KINDS, 'COMPANY'),
  what: oneOf(OFFER_KINDS, 'hours'),
  amount: '20 uur per jaar',
  place: 'Assen',
  description: '',
  contactName: 'T. van Dam',
  email: 'kas@kwekerij.example',
  isMatched: false,
  isForThis: true,
});

export const CONSULTATION = described<Consultation>('Consultation', {
  region: 'oost',
  name: { nl: 'Demo-netwerk Oost', en: 'Demo network East' },
  answer: orNull('Bij ons loopt iets dergelijks.'),
  answeredAt: orNull('2027-01-12T08:00:00.000000Z'),
});
