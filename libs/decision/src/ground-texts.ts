import type { Text } from '#lib/kernel';
import type { Ground } from './draft.js';

/** Why a proposal was refused, as its applicant reads it. */
export const GROUND_TEXTS: Readonly<Record<Ground, Text>> = {
  condition: {
    nl: 'De aanvraag voldoet niet aan een voorwaarde van de regeling.',
    en: 'The proposal does not meet a condition of the regulation.',
  },
  threshold: {
    nl: 'De aanvraag haalt de drempel voor de score niet.',
    en: 'The proposal does not reach the score that is needed.',
  },
  ceiling: {
    nl: 'Het budget is verdeeld over aanvragen die hoger in de volgorde staan.',
    en: 'The budget went to proposals that come before it.',
  },
  late: {
    nl: 'De aanvraag kwam na de sluiting van de ronde binnen.',
    en: 'The proposal arrived after the call had closed.',
  },
};
