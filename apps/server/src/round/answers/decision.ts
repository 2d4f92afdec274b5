import { GROUNDS, type DecisionView } from '#lib/decision';
import { anyJson, date, described, mapOf, nullOr, oneOf, orNull } from '../../edge/described.js';
import type { SureRanking } from '../rankings.controller.js';
import { ID, NAME, OTHER } from './shared.js';

const REASONS = { cooperation: 'Sterk.' };

export const DECISION = described<DecisionView>('Decision', {
  number: '2027-1-004',
  title: 'Schoon water uit eigen hand',
  organisation: 'Basisschool De Voorbeeldige',
  applicant: 'A. Voorbeeld',
  language: oneOf(['nl', 'en'], 'nl'),
  call: { number: '2027-1', name: NAME },
  outcome: oneOf(['granted', 'refused', 'not-processed'], 'granted'),
  ground: nullOr(oneOf(GROUNDS, 'ceiling')),
  amountCents: orNull(400_000),
  reasons: 'Wij volgen het advies.',
  deviationReason: '',
  decidedAt: '2027-04-02T10:00:00.000000Z',
  announcedAt: orNull('2027-04-06T10:00:00.000000Z'),
  objectionLastDay: orNull(date('2027-05-18')),
  objectionBecause: anyJson([]),
  regime: oneOf(['AWB', 'REGLEMENT'], 'REGLEMENT'),
  score: orNull({ total: '41/10', criteria: mapOf({ cooperation: '4/1' }) }),
  rank: orNull({ position: 1.5, of: 12, wasPassed: false }),
  advice: orNull({
    outcome: oneOf(['grant', 'refuse'], 'grant'),
    amountCents: orNull(400_000),
    reasons: mapOf(REASONS),
    members: ['B. Voorbeeld'],
  }),
  line: orNull({ position: 7.5, total: '37/10' }),
  arrival: nullOr({
    day: date('2027-03-01'),
    lot: nullOr(2),
    place: 3,
    before: [{ day: date('2027-03-01'), lot: orNull(1), awardedCents: orNull(250_000) }],
  }),
  requestedCents: orNull(400_000),
  totalCents: orNull(600_000),
  minimumCents: orNull(300_000),
  reservePlace: nullOr(1),
  isPromotion: false,
  askedFor: anyJson(null),
  unmet: ['two-schools'],
  receivedAt: orNull('2027-02-26T15:59:59.999000Z'),
  closesAt: '2027-02-26T16:00:00.000000Z',
  replacesIssuedAt: nullOr('2027-04-06T10:00:00.000000Z'),
  document: orNull({ id: ID, version: 1 }),
  waivedAt: nullOr('2027-04-20T10:00:00.000000Z'),
});

export const RANKING = described<SureRanking>('Ranking', {
  id: ID,
  model: oneOf(['mean', 'expected-rank'], 'mean'),
  madeAt: '2027-03-20T10:00:00.000000Z',
  resultHash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  inputsHash: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
  holds: true,
  entries: [
    {
      proposal: { id: OTHER, number: '2027-1-004', title: 'Schoon water uit eigen hand' },
      position: 1.5,
      reviews: 3,
      totalExact: '41/10',
      total: '4.1000',
      meetsThreshold: true,
      requestedCents: orNull(400_000),
    },
  ],
  margins: orNull({
    status: oneOf(['new', 'running', 'done', 'failed', 'cancelled'], 'done'),
    line: 7,
    of: 10,
    places: mapOf({ '2027-1-004': { lo: 1, hi: 3, expectedRank: 1.83 } }),
  }),
});
