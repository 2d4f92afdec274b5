import type { DecisionView } from '#lib/decision';
import type { Letter, LetterBlock, LetterSection } from '#lib/documents';
import { Fraction, formatCents, type Language, type Text } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';
import { dateAndTime, plainDate } from '../moments.js';
import { arrivalBlocks } from './arrival-blocks.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** What a decision's letter is made of. */
export interface Decided {
  readonly decision: DecisionView;
  readonly rules: CallRules;
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  readonly applicant: string;
  readonly callName: Text;
  readonly regionName: string;
}

export interface Words {
  readonly language: Language;
  readonly say: Say;
}

const DECIMALS = 2;

/** The decision in words, in the order of what matters to who reads it: outcome, what decided it, the advice, the amount, how to object. */
export function decisionLetter(decided: Decided, words: Words): Letter {
  const { decision, number, organisation, applicant, regionName } = decided;
  const { language, say } = words;
  return {
    ...{ language, reference: number, title: say('decision.letter-title', { number }) },
    date: plainDate(language, decision.announcedAt ?? decision.decidedAt),
    sender: { name: regionName, lines: [] },
    recipient: { name: organisation, lines: [applicant] },
    sections: [
      outcomeSection(decided, words),
      whySection(decided, words),
      ...adviceSection(decided, words),
      ...amountSection(decided, words),
      ...objectionSection(decided, words),
    ],
  };
}

const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
const euro = (cents: number, language: Language): string => formatCents(BigInt(cents), language);

function outcomeSection({ decision, title, callName }: Decided, { language, say }: Words): LetterSection {
  const { outcome, amountCents } = decision;
  const values = { title, call: callName[language] };
  const sentence =
    outcome === 'granted'
      ? say('decision.granted', { ...values, amount: euro(amountCents ?? 0, language) })
      : say(outcome === 'refused' ? 'decision.refused' : 'decision.not-processed', values);
  return { heading: say('decision.heading'), blocks: [paragraph(sentence)] };
}

/** The ground in words, the reasons, own scores, place and line. Others' scores are nobody's business. */
function whySection(decided: Decided, words: Words): LetterSection {
  const { decision } = decided;
  const { say } = words;
  const blocks = [
    ...groundBlocks(decided, words),
    ...arrivalBlocks(decided, words),
    ...(decision.reasons === '' ? [] : [paragraph(decision.reasons)]),
    ...scoreBlocks(decided, words),
    ...(decision.deviationReason === ''
      ? []
      : [paragraph(say('decision.deviation', { reason: decision.deviationReason }))]),
  ];
  return { heading: say('decision.why'), blocks };
}

function groundBlocks({ decision, rules }: Decided, { language, say }: Words): readonly LetterBlock[] {
  const { ground, unmet, receivedAt, closesAt } = decision;
  if (ground === null) return [];
  if (ground === 'late') {
    const at = {
      received: receivedAt === null ? '–' : dateAndTime(language, receivedAt),
      closed: dateAndTime(language, closesAt),
    };
    return [paragraph(say('decision.ground-late', at))];
  }
  const key = ground === 'ceiling' && decision.arrival !== null ? 'ceiling-arrival' : ground;
  const words = paragraph(
    say(`decision.ground-${key}`, { threshold: decimal(rules.regulation.rubric.threshold.total, language) }),
  );
  if (ground !== 'condition' || unmet.length === 0) return [words];
  return [words, { kind: 'list', items: unmet.map((name) => rules.conditions[name]?.refusal[language] ?? name) }];
}

function scoreBlocks({ decision, rules }: Decided, { language, say }: Words): readonly LetterBlock[] {
  const { score, rank, line } = decision;
  if (score === null) return [];
  const { criteria, threshold, extraReview } = rules.regulation.rubric;
  const caption = say(extraReview === undefined ? 'decision.scores' : 'decision.scores-counted');
  const rows = criteria.map(({ key, label, weight }) => [
    label[language],
    `${weight}%`,
    decimal(score.criteria[key] ?? null, language),
  ]);
  const total = [say('decision.total'), '', decimal(score.total, language)];
  const place =
    rank === null
      ? [paragraph(say('decision.threshold', { threshold: decimal(threshold.total, language) }))]
      : [
          paragraph(
            say('decision.rank', {
              position: String(rank.position).replace('.', ','),
              of: rank.of,
              threshold: decimal(threshold.total, language),
            }),
          ),
        ];
  const last =
    line === null
      ? []
      : [
          paragraph(
            say('decision.line', {
              position: String(line.position).replace('.', ','),
              total: decimal(line.total, language),
            }),
          ),
        ];
  const columns = [
    { label: say('decision.criterion'), align: 'start' as const },
    { label: say('decision.weight'), align: 'end' as const },
    { label: say('decision.your-score'), align: 'end' as const },
  ];
  return [{ kind: 'table', caption, columns, rows: [...rows, total] }, ...place, ...last];
}

/** An advice only counts as reasons when it holds them and is given (Awb 3:49); who advised is named (Awb 3:8). */
function adviceSection({ decision, rules }: Decided, { language, say }: Words): readonly LetterSection[] {
  const { advice } = decision;
  if (advice === null) return [];
  const items = rules.regulation.rubric.criteria.flatMap(({ key, label }) => {
    const reason = advice.reasons[key];
    return reason === undefined ? [] : [`${label[language]}: ${reason.replaceAll('\n', ' ')}`];
  });
  const blocks: LetterBlock[] = [
    paragraph(say(`decision.advice-${advice.outcome}`)),
    { kind: 'list', items },
    paragraph(say('decision.members', { names: advice.members.join(', ') })),
  ];
  return [{ heading: say('decision.advice'), blocks }];
}

function amountSection({ decision, rules }: Decided, { language, say }: Words): readonly LetterSection[] {
  const { outcome, amountCents, requestedCents, advice } = decision;
  if (outcome !== 'granted' || amountCents === null) return [];
  const rows = [
    [say('decision.requested'), requestedCents],
    [say('decision.advised'), advice?.amountCents ?? null],
    [say('decision.awarded'), amountCents],
  ] as const;
  const table: LetterBlock = {
    kind: 'table',
    caption: say('decision.amounts'),
    columns: [
      { label: say('decision.what'), align: 'start' },
      { label: say('decision.amount-column'), align: 'end' },
    ],
    rows: rows.flatMap(([name, cents]) => (cents === null ? [] : [[name, euro(cents, language)]])),
  };
  const payment = say('decision.payment', { payment: rules.regulation.payment.label[language].toLowerCase() });
  return [{ heading: say('decision.amount'), blocks: [table, paragraph(payment)] }];
}

/** Where, until when and with what one can object (Awb 3:45, 6:5, 6:7); by own rules it is a request for revision. */
function objectionSection(
  { decision, number, regionName }: Decided,
  { language, say }: Words,
): readonly LetterSection[] {
  const { objectionLastDay, regime } = decision;
  if (objectionLastDay === null) return [];
  const values = { lastDay: plainDate(language, objectionLastDay), region: regionName };
  const key = regime === 'AWB' ? 'awb' : 'reglement';
  const items = ['name', 'date', 'what', 'why', 'sign'].map((one) => say(`decision.enclose-${one}`, { number }));
  return [
    {
      heading: say(`decision.object-heading-${key}`),
      blocks: [paragraph(say(`decision.object-${key}`, values)), { kind: 'list', items }],
    },
  ];
}

function decimal(exact: string | null, language: Language): string {
  if (exact === null) return '–';
  const text = Fraction.parse(exact).toDecimal(DECIMALS);
  return language === 'nl' ? text.replace('.', ',') : text;
}
