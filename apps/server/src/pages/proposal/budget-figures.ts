import { formatCents, Fraction, LOCALES, shareInWords, type Language } from '#lib/kernel';
import { valueAt } from '#lib/regulation';
import type { ProposalCase } from './proposal-case.js';

type Content = Readonly<Record<string, unknown>>;
type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

interface Words {
  readonly say: Say;
  readonly language: Language;
}

interface Figure {
  readonly label: string;
  readonly value: string;
  /** Whether it stops the budget from balancing. */
  readonly isOff?: boolean;
}

const COVERED = ['requestedCents', 'ownCashCents', 'inKindCents', 'thirdPartyCents'] as const;

/** What the lines add up to, in cents; null without lines. */
export function sumOfLines(content: Content): number | null {
  const lines = valueAt(content, 'budget.lines') as readonly { readonly cents?: number }[] | undefined;
  if (lines === undefined || lines.length === 0) return null;
  return lines.reduce((sum, { cents = 0 }) => sum + cents, 0);
}

/** What stands beside the fields of the budget: sums, balance and share of what is saved, and each rule about money with whether it is met. */
export function budgetFigures({ proposal, request }: ProposalCase, words: Words): object {
  const { content, eligibility } = proposal;
  const { language } = words;
  const aboutMoney = eligibility.filter(({ facts, missing }) => {
    const paths = [...facts, ...missing];
    return paths.length > 0 && paths.every((path) => path.startsWith('budget.'));
  });
  return {
    rows: [...costs(content, words), ...covered(content, words), ...rate(request.hourlyRateCents, words)],
    limits: aboutMoney.map(({ verdict, label }) => ({ verdict, label })),
    language,
  };
}

/** Limits that stand under the question they are about, by its path. */
export function budgetHints({ proposal, request }: ProposalCase, { say, language }: Words): Content {
  const euro = (cents: number): string => formatCents(BigInt(cents), language);
  const { minimumCents, maximumCents, shareAtMost, hourlyRateCents } = request;
  const range = { least: euro(minimumCents), most: euro(maximumCents), share: shareInWords(shareAtMost, language) };
  const sum = sumOfLines(proposal.content);
  return {
    ...(sum === null ? {} : { 'budget.totalCents': say('proposal.hint-sum', { sum: euro(sum) }) }),
    'budget.requestedCents': say('proposal.hint-requested', range),
    'budget.minimumCents': say('proposal.hint-minimum'),
    ...(hourlyRateCents === undefined
      ? {}
      : { 'budget.inKindCents': say('proposal.hint-rate', { rate: euro(hourlyRateCents) }) }),
  };
}

function costs(content: Content, { say, language }: Words): readonly Figure[] {
  const sum = sumOfLines(content);
  const total = amountAt(content, 'totalCents');
  const euro = (cents: number): string => formatCents(BigInt(cents), language);
  return [
    ...(sum === null || sum === total ? [] : [{ label: say('proposal.figure-lines'), value: euro(sum), isOff: true }]),
    { label: say('proposal.figure-total'), value: total === null ? '–' : euro(total) },
  ];
}

/** What is asked for, its share of the costs, and what is left to be covered. */
function covered(content: Content, { say, language }: Words): readonly Figure[] {
  const euro = (cents: number): string => formatCents(BigInt(cents), language);
  const [total, requested] = [amountAt(content, 'totalCents'), amountAt(content, 'requestedCents')];
  const paid = COVERED.reduce((sum, name) => sum + (amountAt(content, name) ?? 0), 0);
  const left = total === null ? null : total - paid;
  const share = total === null || requested === null || total === 0 ? null : `${requested}/${total}`;
  const balance = left === null ? '–' : left === 0 ? say('proposal.figure-balanced') : euro(Math.abs(left));
  return [
    { label: say('proposal.figure-requested'), value: requested === null ? '–' : euro(requested) },
    { label: say('proposal.figure-share'), value: share === null ? '–' : percent(share, language) },
    { label: say('proposal.figure-covered'), value: euro(paid) },
    {
      label: say(left !== null && left < 0 ? 'proposal.figure-over' : 'proposal.figure-left'),
      ...{ value: balance, isOff: left !== null && left !== 0 },
    },
  ];
}

function rate(cents: number | undefined, { say, language }: Words): readonly Figure[] {
  return cents === undefined
    ? []
    : [{ label: say('proposal.figure-rate'), value: formatCents(BigInt(cents), language) }];
}

function amountAt(content: Content, name: string): number | null {
  const value = valueAt(content, `budget.${name}`);
  return typeof value === 'number' ? value : null;
}

/** A fraction as people read it: `66,7 %`. */
function percent(share: string, language: Language): string {
  const { numerator, denominator } = Fraction.parse(share);
  const whole = Number((numerator * 10_000n) / denominator) / 10_000;
  return new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 1 }).format(whole);
}
