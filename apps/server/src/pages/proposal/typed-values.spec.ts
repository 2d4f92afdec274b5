import { describe, expect, it } from '@jest/globals';
import { centsAsTyped, centsIn } from './typed-values.js';

describe('an amount that is typed', () => {
  it.each([
    ['1250', 125_000],
    ['1250,5', 125_050],
    ['1.250', 125_000],
    ['€ 1.250,50', 125_050],
    ['1\u00a0250,00', 125_000],
    ['1.250.000', 125_000_000],
    ['1,250.50', 125_050],
    ['1,250,000', 125_000_000],
    ['0,50', 50],
    ['0', 0],
    ['12,-', 1_200],
  ])('%j is understood on a Dutch page', (typed, cents) => {
    expect(centsIn(typed, 'nl')).toBe(cents);
  });

  it.each([
    '0,500',
    '0,005',
    '1,250',
    '0.500',
    '00.500',
    '1.250.50',
    '1,250,50',
    '1.25.000',
    '1.250,505',
    '-5',
    '1e3',
    'x',
    '',
  ])('%j is not understood on a Dutch page', (typed) => {
    expect(centsIn(typed, 'nl')).toBeNull();
  });

  it('has thousands by the sign of its own language when that alone can tell', () => {
    expect(centsIn('1,250', 'en')).toBe(125_000);
    expect(centsIn('1.250', 'en')).toBeNull();
    expect(centsIn('1.250,50', 'en')).toBe(125_050);
  });

  it.each([0, 5, 99, 100_000, 125_050, 123_456_789_00])(
    'of %d cents is read back as it is shown, in both languages',
    (cents) => {
      for (const language of ['nl', 'en'] as const)
        expect(centsIn(centsAsTyped(cents, language), language)).toBe(cents);
    },
  );
});
