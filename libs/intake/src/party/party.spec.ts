import { describe, expect, it } from '@jest/globals';
import { withMaskedAccount } from './party.js';

describe('what others than the applicant read of an account', () => {
  it('is its country and last four characters, and nothing of what was typed for it', () => {
    const payee = { name: 'Stichting', iban: 'NL02 ABNA 0123 4567 89' };
    const typed = { 'payee.iban': 'NL02ABNA012345678', 'budget.totalCents': 'veel' };
    expect(withMaskedAccount({ summary: 's', payee, typed })).toEqual({
      ...{ summary: 's', payee: { name: 'Stichting', iban: 'NL••••6789' } },
      typed: { 'budget.totalCents': 'veel' },
    });
  });

  it('leaves answers without an account as they are', () => {
    expect(withMaskedAccount({ summary: 's', payee: {} })).toEqual({ summary: 's', payee: {} });
  });
});
