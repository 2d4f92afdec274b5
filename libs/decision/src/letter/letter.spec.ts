import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { letterText, type Letter } from '#lib/documents';
import { Texts, type Language, type Text } from '#lib/kernel';
import { sayingUnder, type CallRules } from '#lib/regulation';
import { projectFolder } from '#lib/settings';
import type { DecisionFigures } from '../decision-figures.js';
import { decisionLetter } from './decision-letter.js';
import { rankingLetter, type RankingFigures } from './ranking-letter.js';

const texts = new Texts(
  Object.fromEntries(
    ['decision', 'regime', 'ranking', 'arrival'].flatMap((part) => {
      const file = join(projectFolder(), 'apps', 'server', 'texts', `${part}.yaml`);
      const words = parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Text>>;
      return Object.entries(words).map(([key, text]) => [`${part}.${key}`, text]);
    }),
  ),
);

const both = (text: string): Text => ({ nl: text, en: text });
const RULES = {
  regulation: {
    label: { nl: 'Demo-netwerk Noord', en: 'Demo network North' },
    contact: { address: 'Postbus 90101, 9700 ZZ Groningen', email: 'loket@demo-noord.example' },
    request: { shareAtMost: '1/2', maximumCents: 400_000 },
    payment: { label: { nl: 'Het hele bedrag vooraf', en: 'The whole amount in advance' } },
    rubric: { threshold: { total: '3.4' }, criteria: [{ key: 'quality', weight: 100, label: both('Quality') }] },
  },
  conditions: {
    'two-schools': { label: { nl: 'Ten minste twee scholen doen mee.', en: 'At least two schools take part.' } },
  },
  form: { questions: {} },
} as unknown as CallRules;

const DUTCH = 'Het plan is goed en past bij wat de school met het bedrijf wil.';
const FIGURES = {
  ...{ number: '2027-1-004', title: 'Schoon water', organisation: 'De Ark', applicant: 'A. Voorbeeld' },
  ...{ call: { number: '2027-1', name: both('Ronde 1') }, outcome: 'granted', ground: null, amountCents: 300_000 },
  ...{ reasons: DUTCH, deviationReason: '', decidedAt: '2027-03-01T09:00:00Z', announcedAt: '2027-03-02T09:00:00Z' },
  ...{ objectionLastDay: '2027-04-13', objectionBecause: null, regime: 'AWB', score: null, rank: null, line: null },
  advice: {
    ...{ outcome: 'grant', amountCents: 300_000, reasons: { quality: DUTCH } },
    members: ['Reinman, Andris (PhD)', 'B. de Vries'],
  },
  ...{ arrival: null, requestedCents: 300_000, totalCents: 700_000, minimumCents: null, reservePlace: null },
  ...{ isPromotion: false, askedFor: null, unmet: [], receivedAt: '2027-01-15T10:00:00Z' },
  ...{ closesAt: '2027-01-31T16:00:00Z', replacesIssuedAt: null },
} as unknown as DecisionFigures;

function letterIn(language: Language, more: Partial<DecisionFigures> = {}): Letter {
  const say = sayingUnder('AWB', (key, values) => texts.say(language, key, values));
  return decisionLetter({ decision: { ...FIGURES, ...more }, rules: RULES }, { language, say });
}
/** The rules of a call that ranks by `ranksBy`. */
const ranking = (ranksBy: string): CallRules =>
  ({ ...RULES, regulation: { ...RULES.regulation, ranksBy } }) as unknown as CallRules;
const BY_MEAN = 'De volgorde is die van de totale score';
const BY_EXPECTED_RANK = 'De volgorde is die van de verwachte plaats';

const sectionOf = (letter: Letter, heading: string): unknown =>
  letter.sections.find((section) => section.heading === heading)?.blocks;

describe('the letter of a decision', () => {
  it('gives each member who advised a line of its own, because a name can hold a comma', () => {
    expect(sectionOf(letterIn('nl'), 'Het advies van de commissie')).toContainEqual({
      kind: 'list',
      items: ['Reinman, Andris (PhD)', 'B. de Vries'],
    });
  });

  it('says in English that the reasons were written in Dutch, and marks them', () => {
    const told = {
      kind: 'paragraph',
      text: 'The reasons were written in Dutch. They stand here as they were written.',
    };
    const english = letterIn('en');
    expect(sectionOf(english, 'Why this decision?')).toEqual([
      told,
      { kind: 'paragraph', text: DUTCH, language: 'nl' },
    ]);
    const advice = sectionOf(english, 'The committee’s advice');
    expect(advice).toContainEqual(told);
    expect(advice).toContainEqual({ kind: 'list', items: [{ lead: 'Quality:', text: DUTCH, language: 'nl' }] });
    expect(JSON.stringify(letterIn('nl').sections)).not.toMatch(/geschreven|"language"/);
    expect(letterText(letterIn('nl', { reasons: 'The plan is good and it fits the school.' }))).toContain(
      'De redenen zijn in het Engels geschreven. Zij staan hier zoals zij zijn geschreven.',
    );
  });

  it('of an award says what it is for, on which conditions, how it is paid, where to ask and who decided', () => {
    expect(letterText(letterIn('nl'))).toEqual(
      expect.arrayContaining([
        'Het geld is voor het plan in de aanvraag die wij op 15 januari 2027 ontvingen.',
        'Ten minste twee scholen doen mee.',
        'Zo betalen wij: het hele bedrag vooraf.',
        'De regeling noemt geen dag waarop wij betalen. U kunt ons daarnaar vragen.',
        'Hebt u vragen? Mail naar loket@demo-noord.example of schrijf naar Postbus 90101, 9700 ZZ Groningen. Noem het nummer 2027-1-004.',
      ]),
    );
    const { signature } = letterIn('nl');
    expect(signature?.slice(0, 2)).toEqual(['Het bestuur van Demo-netwerk Noord', 'Besloten op 1 maart 2027']);
  });

  it('of a refusal promises no payment and names no conditions of an award', () => {
    const words = letterText(letterIn('en', { outcome: 'refused', ground: 'ceiling', amountCents: null }));
    expect(words.join(' ')).not.toMatch(/we pay|regulation sets/);
    expect(words).toContain('The board of Demo network North');
  });
});

describe('what orders a ranking', () => {
  const say = sayingUnder('REGLEMENT', (key, values) => texts.say('nl', key, values));
  const score = { total: '7/2', criteria: { quality: '7/2' } };
  const scored = {
    ...FIGURES,
    score,
    rank: { position: 2, of: 5, wasPassed: false },
    line: { position: 1, total: '17/5' },
  };

  it.each([
    ['mean', BY_MEAN, BY_EXPECTED_RANK],
    ['expected-rank', BY_EXPECTED_RANK, BY_MEAN],
  ] as const)('by %s is said on the ranking itself', (model, said, other) => {
    const made = { call: { number: '2027-1', name: both('Ronde 1') }, model, madeBy: 'S. Secretaris', entries: [] };
    const figures = { ...made, madeAt: '2027-03-01T09:00:00Z' } as unknown as RankingFigures;
    const words = letterText(rankingLetter({ ranking: figures, rules: ranking(model) }, { language: 'nl', say }));
    expect(words.join(' ')).toContain(said);
    expect(words.join(' ')).not.toContain(other);
  });

  it('is told to whom it concerns where a lower score can stand higher', () => {
    const words = (model: string): string =>
      letterText(decisionLetter({ decision: scored, rules: ranking(model) }, { language: 'nl', say })).join(' ');
    expect(words('expected-rank')).toContain(BY_EXPECTED_RANK);
    expect(words('mean')).not.toContain(BY_EXPECTED_RANK);
    expect(words('mean')).toContain('Uw aanvraag staat op plaats 2 van 5.');
  });
});
