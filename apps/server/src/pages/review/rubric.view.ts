import { Fraction, type Language } from '#lib/kernel';
import type { Rubric } from '#lib/regulation';
import { isOnScale } from '#lib/scoring';
import { textIn, type Fields } from '../form-fields.js';

/** A scale with at most so many steps is drawn as boxes; a longer one is typed. */
const MOST_BOXES = 11;
const SCORE = /^\d{1,6}(\.\d{1,4})?$/;

/** What one criterion holds while it is written. */
export interface Scored {
  readonly criterion: string;
  readonly score: string | null;
  readonly reason: string;
  readonly typed: string | null;
}

/** Every step of a scale as exact text; empty when there are too many to show. */
export function stepsOf({ scale }: Rubric): readonly string[] {
  const [min, max, step] = [scale.min, scale.max, scale.step].map((text) => Fraction.parse(text));
  if (min === undefined || max === undefined || step === undefined) return [];
  const steps: string[] = [];
  for (let at = min; at.compare(max) <= 0; at = at.add(step)) {
    if (steps.length === MOST_BOXES) return [];
    steps.push(textOf(at));
  }
  return steps;
}

function textOf(value: Fraction): string {
  return value.toDecimal(4).replace(/\.?0+$/, '');
}

/** What the form sent: scores on the scale, and beside them what is no score. A comma is a decimal point. */
export function scoresIn(fields: Fields, rubric: Rubric): readonly Scored[] {
  return rubric.criteria.map(({ key }) => {
    const text = textIn(fields, `score.${key}`, 40).replace(',', '.');
    const reason = (fields[`reason.${key}`] ?? '').trim();
    const isScore = SCORE.test(text) && isOnScale(rubric, Fraction.parse(text));
    return { criterion: key, score: isScore ? text : null, reason, typed: isScore || text === '' ? null : text };
  });
}

interface Words {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  /** Whether to tell what is missing. */
  readonly tells: boolean;
}

/** What is still missing or wrong in a review, criterion by criterion. */
export function reviewFaults(
  rubric: Rubric,
  scored: readonly Scored[],
  { say, language }: Omit<Words, 'tells'>,
): readonly { id: string; message: string; criterion: string }[] {
  return rubric.criteria.flatMap(({ key, label }, i) => {
    const one = scored.find(({ criterion }) => criterion === key);
    const id = `c${i + 1}`;
    const { min, max } = rubric.scale;
    const name = label[language];
    if (one?.typed != null) return [{ id, criterion: key, message: say('review.off-scale', { name, min, max }) }];
    if (one?.score == null) return [{ id, criterion: key, message: say('review.no-score', { name }) }];
    return one.reason === '' ? [{ id: `t${i + 1}`, criterion: key, message: say('review.no-reason', { name }) }] : [];
  });
}

/** The criteria as the form draws them. */
export function rubricView(rubric: Rubric, scored: readonly Scored[], words: Words): object {
  const { language, tells } = words;
  const faults = reviewFaults(rubric, scored, words);
  const steps = stepsOf(rubric);
  const criteria = rubric.criteria.map((criterion, i) => {
    const one = scored.find((given) => given.criterion === criterion.key) ?? nothing(criterion.key);
    const fault = faults.find((found) => found.criterion === criterion.key);
    const isTold = tells || one.typed !== null;
    return {
      ...{ n: i + 1, key: criterion.key, name: criterion.label[language], weight: criterion.weight },
      ...{ question: criterion.question?.[language] ?? null, isDone: fault === undefined, text: one.reason },
      ...{ typed: one.typed ?? plain(one.score) ?? '', error: isTold ? (fault?.message ?? null) : null },
      steps: steps.map((value) => stepView(value, { rubric, score: plain(one.score), language })),
    };
  });
  const done = criteria.filter(({ isDone }) => isDone).length;
  const segments = criteria.map(({ isDone }, i) => ({ x: i * 25.5, style: isDone ? 'f' : 'e' }));
  return {
    criteria,
    done,
    of: criteria.length,
    count: steps.length,
    isTyped: steps.length === 0,
    segments,
    // The last one ends where the drawing ends.
    width: criteria.length * 25.5 - 3.5,
    scale: rubric.scale,
  };
}

export function shown(score: string, language: Language): string {
  return language === 'nl' ? score.replace('.', ',') : score;
}

function nothing(criterion: string): Scored {
  return { criterion, score: null, reason: '', typed: null };
}

function plain(score: string | null): string | null {
  return score === null ? null : textOf(Fraction.parse(score));
}

interface Step {
  readonly rubric: Rubric;
  readonly score: string | null;
  readonly language: Language;
}

function stepView(value: string, { rubric, score, language }: Step): object {
  const label = rubric.scale.labels?.[value]?.label[language] ?? null;
  return { value, shown: shown(value, language), on: value === score, label };
}
