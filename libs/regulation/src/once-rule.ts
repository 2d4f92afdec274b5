import type { Text } from '#lib/kernel';

/**
 * How often an applicant may apply or be granted. The applicant is the school or board that a proposal comes from, through all its
 * mergers, or the private person; who only takes part in a proposal does not apply (docs/adr/0005-once-rule.md).
 */
export type OnceRule = CountedRule | AwardedRule | LookedAfterRule;

/** Proposals received before this one, that were not withdrawn, left unprocessed or refused on intake, count. */
export interface CountedRule {
  readonly per: 'school' | 'board';
  /** A tranche is a call of its own; the word is for who reads it. Year: that of the programme. */
  readonly within: 'call' | 'tranche' | 'year' | 'programme';
  readonly atMost: number;
}

/** Who was granted money in the programme year before does not apply. */
export interface AwardedRule {
  readonly per: 'school' | 'board';
  readonly notAwarded: 'last-year';
}

/** A rule of another kind: its sentence prints, and people look after it. */
export interface LookedAfterRule {
  readonly label: Text;
}

/** The name under which its verdict stands among the conditions. */
export const ONCE = 'once';

const WHO = {
  school: { nl: 'school', that: 'die', en: 'school' },
  board: { nl: 'schoolbestuur', that: 'dat', en: 'school board' },
} as const;

const WHEN = {
  call: { nl: 'en ronde', en: 'and call' },
  tranche: { nl: 'en tranche', en: 'and tranche' },
  year: { nl: 'en jaar', en: 'and year' },
  programme: { nl: 'in dit programma', en: 'in this programme' },
} as const;

/** What the rule asks, and how to keep to it. */
export function onceWords(rule: OnceRule): { readonly label: Text; readonly refusal: Text } {
  if ('label' in rule) return { label: rule.label, refusal: rule.label };
  const who = WHO[rule.per];
  if ('notAwarded' in rule) {
    return {
      label: {
        nl: `Een ${who.nl} ${who.that} vorig jaar geld kreeg uit dit programma, vraagt dit jaar niet aan.`,
        en: `A ${who.en} that got money from this programme last year does not apply this year.`,
      },
      refusal: { nl: 'Vraag volgend jaar weer aan.', en: 'Apply again next year.' },
    };
  }
  const [when, { atMost }] = [WHEN[rule.within], rule];
  return {
    label: {
      nl: `Per ${who.nl} ${when.nl} ${atMost === 1 ? 'is' : 'zijn'} er ten hoogste ${atMost} ${atMost === 1 ? 'aanvraag' : 'aanvragen'}.`,
      en: `There ${atMost === 1 ? 'is' : 'are'} at most ${atMost} ${atMost === 1 ? 'proposal' : 'proposals'} per ${who.en} ${when.en}.`,
    },
    refusal: { nl: 'Trek deze aanvraag of een eerdere in.', en: 'Withdraw this proposal or an earlier one.' },
  };
}

/** What the database counts by; null: nothing is counted. `most`: how many others may stand before this one. */
export function onceParameters(rule: OnceRule | undefined): object | null {
  if (rule === undefined || 'label' in rule) return null;
  return 'notAwarded' in rule
    ? { per: rule.per, counts: 'awards', within: rule.notAwarded, most: 0 }
    : { per: rule.per, counts: 'proposals', within: rule.within, most: rule.atMost - 1 };
}
