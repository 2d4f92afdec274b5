import { PARTY_ROLES, type MandatedPart, type OpenPart, type Part, type PartyView } from '#lib/intake';
import { described, nullOr, oneOf, optional, orNull, type Fields } from '../../edge/described.js';
import { ID, NAME } from './shared.js';

const ASKED_AT = '2027-01-12T08:00:00.000000Z';
const STATE = oneOf(['listed', 'asked', 'confirmed', 'declined', 'changed'], 'asked');

const PART_GIVEN: Fields<Part> = {
  task: 'Stelt twee kassen beschikbaar.',
  cashCents: orNull(50_000),
  hours: orNull(20),
  inKindCents: nullOr(10_000),
};

export const PARTY = described<PartyView>('Party', {
  id: ID,
  revision: 1,
  role: oneOf(PARTY_ROLES, 'partner'),
  organisation: 'Kwekerij Van Dam',
  institution: nullOr('90AB'),
  contactName: 'T. van Dam',
  email: 'kas@kwekerij.example',
  language: oneOf(['nl', 'en'], 'nl'),
  part: PART_GIVEN,
  state: STATE,
  askedAt: orNull(ASKED_AT),
  answeredAt: nullOr(ASKED_AT),
  answeredName: nullOr('T. van Dam'),
  answeredFunction: nullOr('directeur'),
  note: nullOr('Pas vanaf maart.'),
});

export const PART = described<OpenPart>('OpenPart', {
  id: ID,
  region: 'noord',
  state: STATE,
  organisation: 'Basisschool De Sleutel',
  contactName: 'D. Directeur',
  role: oneOf(PARTY_ROLES, 'school'),
  part: PART_GIVEN,
  title: 'Schoon water uit eigen hand',
  leadOrganisation: 'Basisschool De Regenboog',
  callName: NAME,
  regionName: { nl: 'Noord', en: 'North' },
  language: oneOf(['nl', 'en'], 'nl'),
  account: nullOr({ name: optional('Stichting Scholen Voorbeeld'), iban: optional('NL91ABNA0417164300') }),
  revision: 1,
});

export const PART_ROW = described<MandatedPart>('MandatedPart', {
  id: ID,
  region: 'noord',
  institution: '90AB',
  organisation: 'Basisschool De Sleutel',
  role: oneOf(PARTY_ROLES, 'school'),
  state: STATE,
  title: 'Schoon water uit eigen hand',
  leadOrganisation: 'Basisschool De Regenboog',
  call: NAME,
  askedAt: orNull(ASKED_AT),
  answeredAt: nullOr(ASKED_AT),
});
