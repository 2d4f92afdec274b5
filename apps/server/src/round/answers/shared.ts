import { PHASES, type PayloadType } from '#lib/workflow';
import { described, listOf, mapOf, nullOr, oneOf, type Fields, type Mark } from '../../edge/described.js';
import type { MovedView } from '../actions.controller.js';
import type { ActionView, ObjectionView, SituationView } from '../subject-view.js';

export const ID = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';
export const OTHER = '0b0b3d8a-53c1-4d1e-9a55-0d4f2b1c7e11';
export const NAME = { nl: 'Ronde 2027-1', en: 'Call 2027-1' };

/** Whatever was made, by its id; its address stands in `Location` where it has one. */
export const CREATED = described<{ id: string }>('Created', { id: ID });

/** Coarse and the same for every workflow; the names of states differ by workflow. */
export const phase = (example: (typeof PHASES)[number]): Mark<(typeof PHASES)[number]> => oneOf(PHASES, example);

const PAYLOAD_TYPES = ['text', 'cents', 'flag', 'texts', 'date', 'instant'] as const satisfies readonly PayloadType[];
const payloadType = (example: PayloadType): Mark<PayloadType> => oneOf(PAYLOAD_TYPES, example);

const OBJECTION = described<ObjectionView>('Objection', {
  condition: 'two-schools',
  verdict: oneOf(['not-met', 'cannot-be-judged'], 'not-met'),
  message: 'Zoek een tweede school.',
  missing: ['schools'],
});

const ACTION = described<ActionView>('Action', {
  action: 'withdraw',
  label: nullOr('Intrekken'),
  needs: mapOf({ reason: payloadType('text') }),
  optional: mapOf({ hearing: payloadType('flag') }),
  allowed: false,
  refusals: listOf(OBJECTION),
  warnings: listOf(OBJECTION),
});

/** What every subject tells besides its own fields. */
export const SITUATION: Fields<SituationView> = {
  stateLabel: 'Ingediend, wij controleren of alles er is',
  waitsFor: nullOr('secretary'),
  roles: ['lead-applicant'],
  actions: listOf(ACTION),
};

export const MOVED = described<MovedView>('Moved', {
  id: ID,
  version: 3,
  repeated: false,
  warnings: listOf(OBJECTION),
});
