import { describe, expect, it } from '@jest/globals';
import { ibanFault, tidyIban } from './iban.js';

const NBSP = '\u00a0';

describe('an account number', () => {
  it.each([
    'NL02ABNA0123456789',
    'nl02 abna 0123 4567 89',
    `NL02${NBSP}ABNA${NBSP}0123${NBSP}4567${NBSP}89`,
    'NL02.ABNA.0123.4567.89',
    'IBAN: NL02 ABNA 0123 4567 89',
  ])('%j is one and the same', (typed) => {
    expect(tidyIban(typed)).toBe('NL02ABNA0123456789');
    expect(ibanFault(typed)).toBeNull();
  });

  it.each([
    ['NL03ABNA0123456789', 'digits'],
    ['NL02ABNA012345678', 'length'],
    ['NL02ABNA012345678O', 'signs'],
    ['NL02ABNA0123456*89', 'signs'],
    ['123456789', 'signs'],
    ['', 'signs'],
    ['US02ABNA0123456789', 'country'],
  ])('%j is wrong in its %s', (typed, fault) => {
    expect(ibanFault(typed)).toBe(fault);
  });
});
