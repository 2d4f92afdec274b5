import { describe, expect, it } from '@jest/globals';
import { unconfirmedOf, withoutDeclined, type Standing } from './taking-part.js';

const content = {
  lead: { name: 'De Ark' },
  schools: [
    { name: 'De Ark', brin: '90AA', board: '90001' },
    { name: 'De Bron', brin: '90AB', board: '90002' },
  ],
  partners: [{ name: 'Kwekerij Van Dam', kind: 'COMPANY' }],
  payee: { kind: 'SCHOOL_BOARD' },
};
const party = (
  role: Standing['role'],
  organisation: string,
  state: Standing['state'],
  institution?: string,
): Standing => ({
  ...{ role, organisation, state, institution: institution ?? null },
});

describe('who said no', () => {
  it.each<[string, Standing]>([
    ['by its BRIN, under whatever name', party('school', 'obs de bron', 'declined', '90ab')],
    ['by the number of its board', party('school', 'Stichting Bronnen', 'declined', '90002')],
    ['by its name', party('co-applicant', ' de bron ', 'declined')],
  ])('is no school that takes part: %s', (_how, declined) => {
    expect(withoutDeclined(content, [declined])).toEqual({ ...content, schools: [content.schools[0]] });
  });

  it('is no partner and no payee either', () => {
    const { payee: _, ...others } = content;
    const declined = [party('partner', 'Kwekerij Van Dam', 'declined'), party('payee', 'Stichting', 'declined')];
    expect(withoutDeclined(content, declined)).toEqual({ ...others, partners: [] });
  });

  it('takes away nobody else, and who did not answer counts', () => {
    const parties = [
      party('partner', 'De Bron', 'declined'),
      party('school', 'De Bron', 'asked'),
      party('contact', 'De Ark', 'declined'),
    ];
    expect(withoutDeclined(content, parties)).toEqual(content);
  });
});

describe('who has not confirmed', () => {
  it('is named with what it said, and who was nowhere asked too; who applies answers for itself', () => {
    const parties = [
      party('school', 'De Bron', 'asked', '90AB'),
      party('payee', 'Stichting', 'declined'),
      party('co-applicant', 'De Ark', 'confirmed'),
      party('contact', 'M. de Vries', 'asked'),
    ];
    expect(unconfirmedOf(content, parties)).toEqual([
      { organisation: 'De Bron', state: 'asked' },
      { organisation: 'Stichting', state: 'declined' },
      { organisation: 'Kwekerij Van Dam', state: 'not-named' },
    ]);
  });
});
