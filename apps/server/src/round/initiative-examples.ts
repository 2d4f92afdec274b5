/** Examples of answers about initiatives, for the API documentation. */
const ID = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';
const ROW = {
  ...{ id: ID, region: 'noord', number: 'I-noord-0001', title: 'Meten in de kas', phase: 'submitted', isOwn: true },
  registeredAt: '2027-01-11T08:00:00.000000Z',
};
const SCHOOL = { site: '90AI00', name: 'Basisschool Het Palet', place: 'Assen', province: 'Drenthe' };
const CONTENT = {
  ...{ what: 'Leerlingen meten licht en vocht in een groentekas.', forWhom: 'Groep 7 en 8.', needs: ['partners'] },
  ...{ theme: 'wt', wantedPartners: 'Een tuinder in de buurt.', school: SCHOOL, contact: '0592 12 34 56' },
};

export const INITIATIVES_EXAMPLE = { items: [ROW], next: null };
export const INITIATIVE_EXAMPLE = {
  ...{ ...ROW, content: CONTENT, consent: ['what', 'wantedPartners'], consulted: [], revision: 1, version: 2 },
  ...{ outcome: null, proposalId: null, startedBy: 'L. Leraar', stateLabel: 'Wacht op het loket', waitsFor: null },
  roles: ['owner'],
  actions: [
    { action: 'withdraw', label: 'Intrekken', needs: {}, optional: {}, allowed: true, refusals: [], warnings: [] },
  ],
};
export const OPEN_INITIATIVES_EXAMPLE = {
  items: [{ id: ID, region: 'noord', title: 'Meten in de kas', shown: { what: CONTENT.what } }],
  next: null,
};
export const OFFER_EXAMPLE = {
  ...{ id: ID, organisation: 'Kwekerij Van Dam', kind: 'COMPANY', what: 'hours', amount: '20 uur per jaar' },
  ...{ description: '', contactName: 'T. van Dam', email: 'kas@kwekerij.example', isMatched: false, isForThis: true },
};
export const CONSULTATION_EXAMPLE = {
  ...{ region: 'oost', name: { nl: 'Demo-netwerk Oost', en: 'Demo network East' } },
  ...{ answer: 'Bij ons loopt iets dergelijks.', answeredAt: '2027-01-12T08:00:00.000000Z' },
};
