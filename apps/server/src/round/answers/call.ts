import type { LotsView } from '#lib/decision';
import type { CallView, ClosingView } from '#lib/regulation';
import { date, described, nullOr, orNull, type Fields } from '../../edge/described.js';
import type { CallAnswer } from '../calls.controller.js';
import { RUBRIC } from './regulation.js';
import { ID, NAME, phase, SITUATION } from './shared.js';

const ROW: Fields<CallView> = {
  id: ID,
  region: 'noord',
  number: '2027-1',
  name: NAME,
  state: 'Open',
  phase: phase('submitted'),
  version: 3,
  opensAt: '2027-01-11T08:00:00.000000Z',
  closesAt: '2027-02-26T16:00:00.000000Z',
  plannedAt: nullOr('2027-02-26T16:00:00.000000Z'),
  closedAt: nullOr('2027-02-26T16:00:00.000000Z'),
  closeReason: nullOr('Er is genoeg ingediend.'),
  announcedAt: nullOr('2027-04-06T10:00:00.000000Z'),
  ceilingCents: 3_000_000,
  tranche: orNull({ number: 1, of: 2 }),
  rubric: RUBRIC,
  rulesHash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
};

export const CALL_ROW = described<CallView>('CallRow', ROW);
export const CALL = described<CallAnswer>('Call', { ...ROW, ...SITUATION });

export const CLOSING = described<ClosingView>('Closing', {
  closesAt: '2027-03-01T16:00:00.000000Z',
  outages: [{ startsAt: '2027-02-26T15:10:00.000000Z', endsAt: '2027-02-26T17:25:00.000000Z', note: '' }],
  extensions: [
    {
      from: '2027-02-26T16:00:00.000000Z',
      to: '2027-03-01T16:00:00.000000Z',
      reason: 'Het loket was niet bereikbaar.',
      extendedAt: '2027-02-26T18:00:00.000000Z',
    },
  ],
  isDisturbed: false,
});

export const LOTS = described<LotsView>('Lots', {
  arrivalDay: date('2027-03-01'),
  participants: ['2027-1-004', '2027-1-007'],
  commitment: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
  publicSource: 'Slotkoers van de AEX',
  publicAt: '2027-03-04T17:00:00.000000Z',
  committedAt: '2027-03-02T09:00:00.000000Z',
  drawn: orNull({
    publicValue: '912,34',
    seed: 'geheim:912,34',
    seedCommitment: '8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92',
    drawnAt: '2027-03-05T09:00:00.000000Z',
    order: [{ id: '2027-1-007', ticket: '2c26b46b68ffc68ff99b453c1d304134' }],
  }),
});
