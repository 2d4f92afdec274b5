import type { Text } from '#lib/kernel';
import type { WhyNotReason } from './why-not.js';

interface Names {
  readonly proposal: string;
  readonly reviewer: string;
  readonly seat: string;
}

/** Why a pair is not in the assignment, and what it would cost. */
export function whyNotSentence(reason: WhyNotReason, loss: number | null, names: Names): Text {
  const [why, cost] = [WHY[reason](names), costOf(reason, loss)];
  return { nl: why.nl + cost.nl, en: why.en + cost.en };
}

const WHY: Readonly<Record<WhyNotReason, (names: Names) => Text>> = {
  assigned: ({ proposal, reviewer }) => ({
    nl: `${reviewer} beoordeelt aanvraag ${proposal} al.`,
    en: `${reviewer} reviews proposal ${proposal} already.`,
  }),
  conflict: ({ proposal, reviewer }) => ({
    nl: `${reviewer} mag aanvraag ${proposal} niet beoordelen: dit koppel staat niet op de lijst.`,
    en: `${reviewer} may not review proposal ${proposal}: the pair is not on the list.`,
  }),
  seat: ({ proposal, seat }) => ({
    nl: `De plaatsen bij aanvraag ${proposal} zijn bezet, op die voor de zetel ${seat} na.`,
    en: `The places on proposal ${proposal} are taken, except the one kept for seat ${seat}.`,
  }),
  load: ({ reviewer }) => ({
    nl: `${reviewer} heeft al zo veel beoordelingen als mag.`,
    en: `${reviewer} has as many reviews as allowed.`,
  }),
  utility: ({ proposal, reviewer }) => ({
    nl: `${reviewer} past minder goed bij aanvraag ${proposal} dan wie er nu staan.`,
    en: `${reviewer} fits proposal ${proposal} less well than those who are on it.`,
  }),
};

function costOf(reason: WhyNotReason, loss: number | null): Text {
  if (reason === 'assigned' || reason === 'conflict') return { nl: '', en: '' };
  if (loss === null)
    return {
      nl: ' Met dit koppel erbij kunnen de regels niet meer alle gelden.',
      en: ' With this pair the rules cannot all hold any more.',
    };
  if (loss === 0)
    return {
      nl: ' Met dit koppel erbij is de indeling even goed; de loting koos anders.',
      en: ' With this pair the assignment is worth as much; the draw chose otherwise.',
    };
  return {
    nl: ` Met dit koppel erbij verliest de hele indeling ${loss} punten.`,
    en: ` With this pair the whole assignment loses ${loss} points.`,
  };
}
