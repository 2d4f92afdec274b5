import type { Language, Text } from '#lib/kernel';
import type { Ground } from './draft.js';
import type { Regime } from './objection-term.js';

/** What a paragraph may name: `threshold` a total score, `received` and `closed` moments in words. */
export type GroundValues = Readonly<Record<'threshold' | 'received' | 'closed', string>>;

/** Where money is given in order of arrival, nobody ranks higher: others were complete earlier (Awb 4:26). And one that ranks no higher may get money too. */
type Paragraph = Ground | 'ceiling-in-order' | 'ceiling-passed';

/** Why there is no award, as its applicant reads it: under the Awb, or under a region's own rules. */
const GROUND_TEXTS: Readonly<Record<Paragraph, Readonly<Record<Regime, Text>>>> = {
  condition: {
    AWB: {
      nl: 'Uw aanvraag voldoet niet aan een voorwaarde van de regeling. Daarom wijzen wij de subsidie af.',
      en: 'Your proposal does not meet a condition of the regulation. So we refuse the grant.',
    },
    REGLEMENT: {
      nl: 'Uw aanvraag voldoet niet aan een voorwaarde van ons reglement. Daarom geven wij geen bijdrage.',
      en: 'Your proposal does not meet a condition of our rules. So we give no contribution.',
    },
  },
  threshold: {
    AWB: {
      nl: 'Uw aanvraag haalt de drempel niet. Voor subsidie is een totale score van {threshold} nodig.',
      en: 'Your proposal does not reach the threshold. A grant takes a total score of {threshold}.',
    },
    REGLEMENT: {
      nl: 'Uw aanvraag haalt de drempel niet. Voor een bijdrage is een totale score van {threshold} nodig.',
      en: 'Your proposal does not reach the threshold. A contribution takes a total score of {threshold}.',
    },
  },
  // Awb 4:25 lid 2: what would exceed the ceiling is refused.
  ceiling: {
    AWB: {
      nl: 'Uw plan is goed genoeg, maar het subsidieplafond is bereikt. Het geld ging naar aanvragen die hoger in de rangschikking staan. De wet laat dan geen andere keus dan afwijzen (artikel 4:25 van de Algemene wet bestuursrecht).',
      en: 'Your plan is good enough, but the ceiling of the grants is reached. The money went to proposals that rank higher. The law then leaves no choice but to refuse (article 4:25 of the Dutch General Administrative Law Act).',
    },
    REGLEMENT: {
      nl: 'Uw plan is goed genoeg, maar het budgetplafond is bereikt. Het geld ging naar aanvragen die hoger in de rangschikking staan. Ons reglement laat dan geen ruimte meer.',
      en: 'Your plan is good enough, but the ceiling of the budget is reached. The money went to proposals that rank higher. Our rules then leave no room.',
    },
  },
  'ceiling-passed': {
    AWB: {
      nl: 'Uw plan is goed genoeg, maar het subsidieplafond is bereikt. Het geld ging naar aanvragen die hoger in de rangschikking staan, die nog binnen het budget pasten of die de commissie voor liet gaan. De wet laat dan geen andere keus dan afwijzen (artikel 4:25 van de Algemene wet bestuursrecht).',
      en: 'Your plan is good enough, but the ceiling of the grants is reached. The money went to proposals that rank higher, that still fitted the budget, or that the committee put first. The law then leaves no choice but to refuse (article 4:25 of the Dutch General Administrative Law Act).',
    },
    REGLEMENT: {
      nl: 'Uw plan is goed genoeg, maar het budgetplafond is bereikt. Het geld ging naar aanvragen die hoger in de rangschikking staan, die nog binnen het budget pasten of die de commissie voor liet gaan. Ons reglement laat dan geen ruimte meer.',
      en: 'Your plan is good enough, but the ceiling of the budget is reached. The money went to proposals that rank higher, that still fitted the budget, or that the committee put first. Our rules then leave no room.',
    },
  },
  'ceiling-in-order': {
    AWB: {
      nl: 'Uw plan is goed genoeg, maar het subsidieplafond is bereikt. Het geld ging naar aanvragen die eerder compleet waren of eerder werden geloot. De wet laat dan geen andere keus dan afwijzen (artikel 4:25 van de Algemene wet bestuursrecht).',
      en: 'Your plan is good enough, but the ceiling of the grants is reached. The money went to proposals that were complete earlier or drawn earlier. The law then leaves no choice but to refuse (article 4:25 of the Dutch General Administrative Law Act).',
    },
    REGLEMENT: {
      nl: 'Uw plan is goed genoeg, maar het budgetplafond is bereikt. Het geld ging naar aanvragen die eerder compleet waren of eerder werden geloot. Ons reglement laat dan geen ruimte meer.',
      en: 'Your plan is good enough, but the ceiling of the budget is reached. The money went to proposals that were complete earlier or drawn earlier. Our rules then leave no room.',
    },
  },
  late: {
    AWB: {
      nl: 'Wij ontvingen uw aanvraag op {received}. De ronde was toen gesloten: dat was op {closed}. Wie te laat is, doet volgens de regeling niet mee in de onderlinge afweging.',
      en: 'We received your proposal on {received}. By then the call had closed: that was on {closed}. By the regulation a late proposal does not take part in the comparison.',
    },
    REGLEMENT: {
      nl: 'Wij ontvingen uw aanvraag op {received}. De ronde was toen gesloten: dat was op {closed}. Wie te laat is, doet volgens ons reglement niet mee.',
      en: 'We received your proposal on {received}. By then the call had closed: that was on {closed}. By our rules a late proposal does not take part.',
    },
  },
  // Awb 4:5: only after the applicant had the opportunity to complete.
  incomplete: {
    AWB: {
      nl: 'Uw aanvraag was niet compleet. Wij vroegen u om haar aan te vullen. Dat is niet op tijd gebeurd. Daarom stellen wij haar buiten behandeling (artikel 4:5 van de Algemene wet bestuursrecht).',
      en: 'Your proposal was not complete. We asked you to complete it. That was not done in time. So we do not process it (article 4:5 of the Dutch General Administrative Law Act).',
    },
    REGLEMENT: {
      nl: 'Uw aanvraag was niet compleet. Wij vroegen u om haar aan te vullen. Dat is niet op tijd gebeurd. Daarom nemen wij haar volgens ons reglement niet in behandeling.',
      en: 'Your proposal was not complete. We asked you to complete it. That was not done in time. So by our rules we do not process it.',
    },
  },
};

/** What the paragraph of a ground depends on besides the ground. */
export interface GroundSetting {
  readonly regime: Regime;
  readonly language: Language;
  /** Whether money is given in order of arrival. */
  readonly isInOrder: boolean;
  /** Whether a proposal that ranks no higher gets money. */
  readonly wasPassed: boolean;
}

/** The paragraph of a ground in a letter, on a page and in a mail. */
export function groundParagraph(ground: Ground, setting: GroundSetting, values: GroundValues): string {
  const { regime, language } = setting;
  const paragraph = ground === 'ceiling' ? ceilingOf(setting) : ground;
  return GROUND_TEXTS[paragraph][regime][language].replace(/\{(threshold|received|closed)\}/g, (_, name: string) =>
    name in values ? values[name as keyof GroundValues] : '',
  );
}

function ceilingOf({ isInOrder, wasPassed }: GroundSetting): Paragraph {
  if (isInOrder) return 'ceiling-in-order';
  return wasPassed ? 'ceiling-passed' : 'ceiling';
}
