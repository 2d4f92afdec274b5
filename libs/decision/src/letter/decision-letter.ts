import type { Letter, LetterBlock, LetterSection } from '#lib/documents';
import { askedForIn } from '#lib/intake';
import { dateAndTime, plainDate, type Language, type Say } from '#lib/kernel';
import { conditionWords, type CallRules } from '#lib/regulation';
import type { DecisionFigures } from '../decision-figures.js';
import { groundParagraph } from '../ground-texts.js';
import { amountSection } from './amount-section.js';
import { arrivalBlocks } from './arrival-blocks.js';
import { nextSection, signatureOf, termsSection } from './closing-sections.js';
import { decimal, euro, paragraph } from './letter-words.js';
import { languageTold, quotation, quotedItem } from './quotation.js';
import { scoreBlocks } from './score-blocks.js';

/** What a decision's letter is made of: the figures as they were issued, and the rules that the call froze. */
export interface Decided {
  readonly decision: DecisionFigures;
  readonly rules: CallRules;
}

export interface Words {
  readonly language: Language;
  readonly say: Say;
}

/** The decision in words, in the order of what matters to who reads it: outcome, what decided it, the advice, the amount, how to object. */
export function decisionLetter(decided: Decided, words: Words): Letter {
  const { decision, rules } = decided;
  const { number, organisation, applicant } = decision;
  const { contact, label } = rules.regulation;
  const { language, say } = words;
  const datedAt = decision.announcedAt ?? decision.decidedAt;
  return {
    ...{ language, reference: number, title: say('decision.letter-title', { number }) },
    date: plainDate(language, datedAt),
    datedAt,
    sender: { name: label[language], lines: contact === undefined ? [] : [contact.address, contact.email] },
    recipient: { name: organisation, lines: [applicant] },
    sections: [
      outcomeSection(decided, words),
      whySection(decided, words),
      ...adviceSection(decided, words),
      ...amountSection(decided, words),
      ...termsSection(decided, words),
      ...nextSection(decided, words),
      ...objectionSection(decided, words),
    ],
    signature: signatureOf(decided, words),
  };
}

function outcomeSection({ decision }: Decided, { language, say }: Words): LetterSection {
  const { outcome, amountCents, title, call, replacesIssuedAt } = decision;
  const values = { title, call: call.name[language] };
  const replaces = [
    ...(decision.isPromotion ? [paragraph(say('decision.promoted'))] : []),
    ...(replacesIssuedAt === null
      ? []
      : [paragraph(say('decision.replaces', { day: plainDate(language, replacesIssuedAt) }))]),
  ];
  const sentence =
    outcome === 'granted'
      ? say('decision.granted', { ...values, amount: euro(amountCents ?? 0, language) })
      : say(outcome === 'refused' ? 'decision.refused' : 'decision.not-processed', values);
  return { heading: say('decision.heading'), blocks: [paragraph(sentence), ...replaces] };
}

/** The ground in words, the reasons, own scores, place and line. Others' scores are nobody's business. */
function whySection(decided: Decided, words: Words): LetterSection {
  const { decision } = decided;
  const { say } = words;
  const blocks = [
    ...groundBlocks(decided, words),
    ...arrivalBlocks(decided, words),
    ...languageTold([decision.reasons, decision.deviationReason], words),
    ...(decision.reasons === '' ? [] : [quotation(decision.reasons, words)]),
    ...scoreBlocks(decided, words),
    ...(decision.deviationReason === ''
      ? []
      : [paragraph(say('decision.deviation')), quotation(decision.deviationReason, words)]),
  ];
  return { heading: say('decision.why'), blocks };
}

/** The paragraph of the ground, and what it rests on: the conditions that are not met, or what was asked for and did not come. */
function groundBlocks({ decision, rules }: Decided, { language, say }: Words): readonly LetterBlock[] {
  const { ground, unmet, receivedAt, closesAt, regime, reservePlace } = decision;
  if (ground === null) return [];
  const words = paragraph(
    groundParagraph(
      ground,
      { regime, language, isInOrder: decision.arrival !== null, wasPassed: decision.rank?.wasPassed === true },
      {
        threshold: decimal(rules.regulation.rubric.threshold.total, language),
        received: receivedAt === null ? '–' : dateAndTime(language, receivedAt),
        closed: dateAndTime(language, closesAt),
      },
    ),
  );
  const asks = conditionWords(rules);
  const conditions = unmet.map((name) => asks[name]?.label[language] ?? name);
  const questions = askedForIn(decision.askedFor)?.questions ?? [];
  const asked = questions.map((path) => rules.form.questions[path]?.label[language] ?? path);
  const items = ground === 'condition' ? conditions : ground === 'incomplete' ? asked : [];
  return [
    words,
    ...(items.length === 0 ? [] : [{ kind: 'list' as const, items }]),
    ...(reservePlace === null ? [] : [paragraph(say('decision.reserve', { place: reservePlace }))]),
  ];
}

/** An advice only counts as reasons when it holds them and is given (Awb 3:49); who advised is named (Awb 3:8). */
function adviceSection({ decision, rules }: Decided, words: Words): readonly LetterSection[] {
  const { advice } = decision;
  const { language, say } = words;
  if (advice === null) return [];
  const items = rules.regulation.rubric.criteria.flatMap(({ key, label }) => {
    const reason = advice.reasons[key];
    return reason === undefined ? [] : [quotedItem(`${label[language]}:`, reason.replaceAll('\n', ' '), words)];
  });
  const blocks: LetterBlock[] = [
    paragraph(say(`decision.advice-${advice.outcome}`)),
    ...languageTold(Object.values(advice.reasons), words),
    { kind: 'list', items },
    // A name can hold a comma: each stands on a line of its own.
    paragraph(say('decision.members')),
    { kind: 'list', items: advice.members },
  ];
  return [{ heading: say('decision.advice'), blocks }];
}

/** Where, until when and with what one can object (Awb 3:45, 6:5, 6:7); by own rules it is a request for revision. */
function objectionSection({ decision, rules }: Decided, { language, say }: Words): readonly LetterSection[] {
  const { objectionLastDay, regime, number } = decision;
  if (objectionLastDay === null) return [];
  const { contact, label } = rules.regulation;
  const where = contact === undefined ? label[language] : `${label[language]}, ${contact.address}`;
  const values = { lastDay: plainDate(language, objectionLastDay), where };
  const key = regime === 'AWB' ? 'awb' : 'reglement';
  const items = ['name', 'date', 'what', 'why', 'sign'].map((one) => say(`decision.enclose-${one}`, { number }));
  return [
    {
      heading: say(`decision.object-heading-${key}`),
      blocks: [paragraph(say(`decision.object-${key}`, values)), { kind: 'list', items }],
    },
  ];
}
