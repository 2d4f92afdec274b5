import { formatCents, Fraction, shareInWords } from '#lib/kernel';
import type { Conditions, ProgrammeFile, RegulationFile, WrittenCondition } from './regulation-file.js';

/** Every condition that an application of this region must meet: national principles, what parameters generate, and the region's own. */
export function conditionsOf(programme: ProgrammeFile, regulation: RegulationFile): Conditions {
  return { ...programme.principles, ...generated(regulation), ...regulation.conditions };
}

/** Conditions that say for whom a call is: where the schools lie, and who applies. No other answer repairs them. */
export const FITTING: readonly string[] = ['inside-the-area', 'lead-is-an-organisation'];

function generated(regulation: RegulationFile): Conditions {
  return {
    'inside-the-area': area(regulation.provinces),
    ...(regulation.voSchoolIsPartner ? {} : { 'partner-is-no-school': PARTNER_IS_NO_SCHOOL }),
    ...(regulation.applicants?.persons === false ? { 'lead-is-an-organisation': LEAD_IS_AN_ORGANISATION } : {}),
    ...(regulation.applicants?.payeeIsSchoolBoard === true
      ? { 'payee-is-a-school-board': PAYEE_IS_A_SCHOOL_BOARD }
      : {}),
    ...amounts(regulation.request),
    ...shares(regulation.request),
  };
}

const PARTNER_IS_NO_SCHOOL: WrittenCondition = {
  cel: 'partners.exists(p, p.kind != "SCHOOL_PO" && p.kind != "SCHOOL_VO")',
  label: {
    nl: 'Ten minste één partner is geen basisschool en geen school voor voortgezet onderwijs.',
    en: 'At least one partner is neither a primary nor a secondary school.',
  },
  refusal: {
    nl: 'Zoek een partner die geen basisschool en geen school voor voortgezet onderwijs is.',
    en: 'Find a partner that is neither a primary nor a secondary school.',
  },
};

const LEAD_IS_AN_ORGANISATION: WrittenCondition = {
  cel: 'lead.kind == "ORGANISATION"',
  label: {
    nl: 'Een school of een andere organisatie doet de aanvraag. Een particulier kan hier de aanvraag niet leiden (geen penvoerder zijn).',
    en: 'A school or another organisation applies. A private person cannot be the lead applicant here.',
  },
  refusal: {
    nl: 'Zoek een school of een andere organisatie die de aanvraag doet.',
    en: 'Find a school or another organisation that applies.',
  },
};

const PAYEE_IS_A_SCHOOL_BOARD: WrittenCondition = {
  cel: 'payee.kind == "SCHOOL_BOARD"',
  label: {
    nl: 'Het geld gaat naar een schoolbestuur.',
    en: 'The money goes to a school board.',
  },
  refusal: {
    nl: 'Vraag een schoolbestuur om het geld te ontvangen en vul die rekening in.',
    en: 'Ask a school board to receive the money and fill in that account.',
  },
};

function area(provinces: readonly string[]): WrittenCondition {
  const list = provinces.map((province) => JSON.stringify(province)).join(', ');
  return {
    cel: `schools.all(s, s.province in [${list}])`,
    label: {
      nl: `Elke school ligt in ${provinces.join(', ')}.`,
      en: `Every school lies in ${provinces.join(', ')}.`,
    },
    refusal: {
      nl: 'Ligt een school ergens anders, dien dan in bij het netwerk van die provincie.',
      en: 'For a school elsewhere, submit to the network of that province.',
    },
  };
}

function amounts({ minimumCents, maximumCents }: RegulationFile['request']): Conditions {
  const [least, most] = [BigInt(minimumCents), BigInt(maximumCents)];
  return {
    'request-at-least': {
      cel: `budget.requestedCents >= ${minimumCents}`,
      label: {
        nl: `U vraagt ten minste ${formatCents(least, 'nl')} aan.`,
        en: `You ask for at least ${formatCents(least, 'en')}.`,
      },
      refusal: {
        nl: `Vraag ten minste ${formatCents(least, 'nl')} aan.`,
        en: `Ask for at least ${formatCents(least, 'en')}.`,
      },
    },
    'request-at-most': {
      cel: `budget.requestedCents <= ${maximumCents}`,
      label: {
        nl: `U vraagt ten hoogste ${formatCents(most, 'nl')} aan.`,
        en: `You ask for at most ${formatCents(most, 'en')}.`,
      },
      refusal: {
        nl: `Vraag ten hoogste ${formatCents(most, 'nl')} aan.`,
        en: `Ask for at most ${formatCents(most, 'en')}.`,
      },
    },
  };
}

const CO_FINANCING = '(budget.ownCashCents + budget.inKindCents + budget.thirdPartyCents)';

/** Shares are compared by multiplying across, so that a fraction such as 2/3 stays exact. */
function shares({ shareAtMost, ownCashAtLeast, inKindAtMost }: RegulationFile['request']): Conditions {
  return {
    'share-at-most': {
      cel: atMost('budget.requestedCents', shareAtMost, 'budget.totalCents'),
      label: {
        nl: `U vraagt ten hoogste ${shareInWords(shareAtMost, 'nl')} van de totale kosten aan.`,
        en: `You ask for at most ${shareInWords(shareAtMost, 'en')} of the total costs.`,
      },
      refusal: {
        nl: `Vraag ten hoogste ${shareInWords(shareAtMost, 'nl')} van de totale kosten aan.`,
        en: `Ask for at most ${shareInWords(shareAtMost, 'en')} of the total costs.`,
      },
    },
    ...(ownCashAtLeast === undefined ? {} : { 'own-cash-at-least': ownCash(ownCashAtLeast) }),
    ...(inKindAtMost === undefined ? {} : { 'in-kind-at-most': inKind(inKindAtMost) }),
  };
}

function atMost(part: string, share: string, whole: string): string {
  const { numerator, denominator } = Fraction.parse(share);
  return `${part} * ${denominator.toString()} <= ${whole} * ${numerator.toString()}`;
}

function ownCash(share: string): WrittenCondition {
  const { numerator, denominator } = Fraction.parse(share);
  return {
    cel: `budget.ownCashCents * ${denominator.toString()} >= budget.totalCents * ${numerator.toString()}`,
    label: {
      nl: `U betaalt ten minste ${shareInWords(share, 'nl')} van de totale kosten uit eigen geld.`,
      en: `You pay at least ${shareInWords(share, 'en')} of the total costs from own cash.`,
    },
    refusal: {
      nl: `Betaal ten minste ${shareInWords(share, 'nl')} van de totale kosten uit eigen geld.`,
      en: `Pay at least ${shareInWords(share, 'en')} of the total costs from own cash.`,
    },
  };
}

function inKind({ share, of }: { readonly share: string; readonly of: 'total' | 'co-financing' }): WrittenCondition {
  const whole = of === 'total' ? 'budget.totalCents' : CO_FINANCING;
  const words =
    of === 'total' ? { nl: 'totale kosten', en: 'total costs' } : { nl: 'cofinanciering', en: 'co-financing' };
  return {
    cel: atMost('budget.inKindCents', share, whole),
    label: {
      nl: `Uren en spullen tellen voor ten hoogste ${shareInWords(share, 'nl')} van de ${words.nl} mee.`,
      en: `Hours and goods count for at most ${shareInWords(share, 'en')} of the ${words.en}.`,
    },
    refusal: { nl: 'Breng meer geld in, of vraag minder aan.', en: 'Bring in more cash, or ask for less.' },
  };
}
