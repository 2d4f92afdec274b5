/** What a person reads when a rule of this library is broken, by the error's code. */
export const REVIEW_MESSAGES = {
  'review-not-in-your-hands': {
    nl: 'U kunt dit oordeel nu niet schrijven. Neem de uitnodiging eerst aan, of vraag de voorzitter het te heropenen.',
    en: 'You cannot write this review now. Accept the invitation first, or ask the chair to reopen it.',
  },
  'scores-are-wrong': {
    nl: 'Een of meer scores passen niet bij de schaal of de criteria van deze ronde.',
    en: 'Some scores do not fit the scale or the criteria of this call.',
  },
} as const;
