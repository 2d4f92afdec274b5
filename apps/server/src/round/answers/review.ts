import type { Seat } from '#lib/committee';
import type { ReviewRow } from '#lib/review';
import { date, described, nullOr, oneOf, orNull, type Fields } from '../../edge/described.js';
import type { ReviewAnswer } from '../reviews.controller.js';
import { ID, OTHER, phase, SITUATION } from './shared.js';

const ROW: Fields<ReviewRow> = {
  id: ID,
  region: 'noord',
  proposal: { id: OTHER, number: '2027-1-004', title: 'Schoon water uit eigen hand' },
  reviewer: { id: OTHER, name: 'A. Voorbeeld' },
  state: 'Accepted',
  phase: phase('in-review'),
  version: 2,
  revision: 1,
  submittedAt: nullOr('2027-03-12T10:00:00.000000Z'),
  lastDay: orNull(date('2027-03-19')),
};
export const REVIEW_ROW = described<ReviewRow>('ReviewRow', ROW);

export const REVIEW = described<ReviewAnswer>('Review', {
  ...ROW,
  scores: [
    {
      criterion: 'cooperation',
      score: orNull('4'),
      reason: 'De rol van het bedrijf is helder.',
      typed: nullOr('vier'),
    },
  ],
  ...SITUATION,
});

export const SEAT = described<Seat>('Seat', {
  id: ID,
  personId: OTHER,
  name: 'A. Voorbeeld',
  kind: oneOf(['expert', 'field'], 'expert'),
  isChair: false,
  endedAt: nullOr('2027-03-12T10:00:00.000000Z'),
});
