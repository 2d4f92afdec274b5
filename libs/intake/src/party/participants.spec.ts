import { describe, expect, it } from '@jest/globals';
import { participantsOf, pledgesOf } from './participants.js';
import type { PartyView } from './party.js';

const party = (organisation: string, more: Partial<PartyView> = {}): PartyView => ({
  ...{
    id: organisation,
    revision: 1,
    role: 'partner',
    organisation,
    contactName: 'x',
    email: 'x@x.example',
  },
  ...{
    language: 'nl' as const,
    part: { task: '', cashCents: null, hours: null, inKindCents: null },
    institution: null,
  },
  ...{
    state: 'asked' as const,
    askedAt: null,
    answeredAt: null,
    answeredName: null,
    answeredFunction: null,
    note: null,
  },
  ...more,
});
const CONTENT = {
  lead: { kind: 'ORGANISATION', name: 'De Voorbeeldige', institution: '90AA' },
  schools: [
    { name: 'De Voorbeeldige', brin: '90AA' },
    { name: 'De Regenboog', brin: '90AB' },
  ],
  partners: [{ name: 'Kwekerij  Van Dam', kind: 'COMPANY' }, {}],
};

describe('who takes part', () => {
  it('is one list: schools and partners of the answers, with the part that each was asked for', () => {
    const dam = party('kwekerij van dam');
    const rainbow = party('Regenboog', { role: 'school', institution: '90AB' });
    const found = participantsOf(CONTENT, [dam, rainbow]);
    expect(found.map(({ at, name, isLead, party: of }) => [at, name, isLead, of?.id ?? null])).toEqual([
      ['schools.0', 'De Voorbeeldige', true, null],
      ['schools.1', 'De Regenboog', false, 'Regenboog'],
      ['partners.0', 'Kwekerij  Van Dam', false, 'kwekerij van dam'],
    ]);
  });

  it('also has who was asked and is not among the answers; never a payee or a contact person', () => {
    const parties = [party('Science Center'), party('B', { role: 'payee' }), party('C', { role: 'contact' })];
    const others = participantsOf(CONTENT, parties).filter(({ at }) => at === null);
    expect(others.map(({ name, list }) => [name, list])).toEqual([['Science Center', 'partners']]);
  });

  it('asks one part of one row: of two with the same name the second waits', () => {
    const content = { partners: [{ name: 'Van Dam' }, { name: 'Van Dam' }] };
    expect(participantsOf(content, [party('Van Dam')]).map(({ party: of }) => of?.id ?? null)).toEqual([
      'Van Dam',
      null,
    ]);
  });

  it.each([[{}], [{ schools: 'x', partners: null }]])('is nobody where nobody was named: %j', (content) => {
    expect(participantsOf(content, [])).toEqual([]);
  });
});

describe('what they give', () => {
  const giving = (cashCents: number | null, inKindCents: number | null = null) => ({
    part: { task: '', cashCents, hours: null, inKindCents },
  });

  it('is told beside the budget, with what of it was confirmed; money of partners must be what others pay', () => {
    const parties = [
      party('A', { ...giving(30_000), state: 'confirmed' }),
      party('B', giving(20_000)),
      party('C', { ...giving(90_000), state: 'declined' }),
    ];
    const [pledge] = pledgesOf({ budget: { thirdPartyCents: 80_000 } }, parties);
    expect(pledge).toEqual({
      ...{ of: 'partner-cash', pledgedCents: 50_000, confirmedCents: 30_000, budgetCents: 80_000, differs: true },
    });
    expect(pledgesOf({ budget: { thirdPartyCents: 50_000 } }, parties)).toMatchObject([{ differs: false }]);
    expect(pledgesOf({ budget: {} }, parties)).toMatchObject([{ budgetCents: null, differs: false }]);
  });

  it('is too much where schools give more than the own money, or all together more than the hours and goods', () => {
    const parties = [party('A', { role: 'school', ...giving(60_000, 10_000) }), party('B', giving(null, 5_000))];
    const budget = { ownCashCents: 50_000, inKindCents: 20_000, thirdPartyCents: 0 };
    expect(pledgesOf({ budget }, parties).map(({ of, differs }) => [of, differs])).toEqual([
      ['own-cash', true],
      ['in-kind', false],
    ]);
  });

  it('is asked after where the budget counts on partners who give nothing', () => {
    const pledges = pledgesOf({ budget: { thirdPartyCents: 10_000 } }, [party('A')]);
    expect(pledges).toMatchObject([{ of: 'partner-cash', pledgedCents: 0, differs: true }]);
  });
});
