import { describe, expect, it } from '@jest/globals';
import { shareInWords } from './share.js';

describe('a share', () => {
  it.each([
    ['1/2', 'de helft', 'half'],
    ['0.5', 'de helft', 'half'],
    ['2/3', 'twee derde', 'two thirds'],
    ['3/4', 'driekwart', 'three quarters'],
    ['7/10', '70 procent', '70 percent'],
    ['1/5', '20 procent', '20 percent'],
    ['1', '100 procent', '100 percent'],
    ['0.125', '12,5 procent', '12.5 percent'],
    ['5/7', '5/7', '5/7'],
  ])('%s is said as %s, and never rounded', (share, nl, en) => {
    expect([shareInWords(share, 'nl'), shareInWords(share, 'en')]).toEqual([nl, en]);
  });
});
