/** Examples of answers, for the API documentation. */
const ID = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';
const OTHER = '0b0b3d8a-53c1-4d1e-9a55-0d4f2b1c7e11';
const SITUATION = {
  stateLabel: 'Ingediend, wij controleren of alles er is',
  waitsFor: null,
  roles: ['lead-applicant'],
  actions: [{ action: 'withdraw', label: null, needs: {}, optional: {}, allowed: true, refusals: [], warnings: [] }],
};

export const CALL_EXAMPLE = {
  ...{
    id: ID,
    region: 'noord',
    number: '2027-1',
    name: { nl: 'Ronde 2027-1', en: 'Call 2027-1' },
    state: 'Open',
    phase: 'submitted',
  },
  ...{
    version: 3,
    opensAt: '2027-01-11T08:00:00.000000Z',
    closesAt: '2027-02-26T16:00:00.000000Z',
    closedAt: null,
    closeReason: null,
  },
  ...{
    announcedAt: null,
    ceilingCents: 3_000_000,
    rubric: { scale: { min: '1', max: '5', step: '1' } },
    rulesHash: 'b5bb9d80…',
  },
  ...{ stateLabel: 'Open', waitsFor: null, roles: [], actions: [] },
};

const ROW = {
  ...{
    id: ID,
    region: 'noord',
    call: { id: OTHER, number: '2027-1', name: { nl: 'Ronde 2027-1', en: 'Call 2027-1' } },
  },
  ...{
    number: '2027-1-004',
    title: 'Schoon water uit eigen hand',
    organisation: 'Basisschool De Voorbeeldige',
    state: null,
  },
  ...{ phase: 'submitted', version: 2, revision: 3, complete: true, eligible: true, requestedCents: 400_000 },
  ...{
    submittedAt: '2027-02-26T15:59:59.999000Z',
    receivedAt: '2027-02-26T15:59:59.999000Z',
    arrivedAt: null,
    outcome: null,
    amountCents: null,
    total: null,
  },
};

export const PROPOSAL_EXAMPLE = {
  ...ROW,
  ...{ content: { summary: 'Leerlingen ontwerpen een waterzuivering.' }, completionAskedFor: null, isOwn: true },
  eligibility: [{ condition: 'two-schools', verdict: 'met', message: 'Zoek een tweede school.', missing: [] }],
  openPoints: [{ path: 'answers.goal', code: 'missing', message: 'Vul dit nog in.' }],
  ...SITUATION,
};
export const PROPOSALS_EXAMPLE = { items: [ROW], next: null };
export const CALLS_EXAMPLE = { items: [CALL_EXAMPLE], next: null };

const REVIEW_ROW = {
  ...{ id: ID, region: 'noord', proposal: { id: OTHER, number: '2027-1-004', title: 'Schoon water uit eigen hand' } },
  ...{ reviewer: { id: OTHER, name: 'A. Voorbeeld' }, state: 'Accepted', phase: 'in-review', version: 2, revision: 1 },
  ...{ submittedAt: null, lastDay: '2027-03-19' },
};
export const REVIEW_EXAMPLE = {
  ...REVIEW_ROW,
  scores: [{ criterion: 'cooperation', score: '4', reason: 'De rol van het bedrijf is helder.' }],
  ...SITUATION,
};
export const REVIEWS_EXAMPLE = { items: [REVIEW_ROW], next: null };
export const SEATS_EXAMPLE = [
  { id: ID, personId: OTHER, name: 'A. Voorbeeld', kind: 'expert', isChair: false, endedAt: null },
];
export const CREATED_EXAMPLE = { id: ID };
export const MOVED_EXAMPLE = { id: ID, version: 3, repeated: false, warnings: [] };
export const RANKING_EXAMPLE = {
  ...{ id: ID, model: 'mean', madeAt: '2027-03-20T10:00:00.000000Z', resultHash: 'b5bb9d80…' },
  entries: [
    {
      proposal: { id: OTHER, number: '2027-1-004', title: 'Schoon water uit eigen hand' },
      ...{
        position: 1,
        reviews: 3,
        totalExact: '41/10',
        total: '4.1000',
        meetsThreshold: true,
        requestedCents: 400_000,
      },
    },
  ],
};
export const LOTS_EXAMPLE = [
  {
    ...{ arrivalDay: '2027-03-01', participants: ['2027-1-004', '2027-1-007'], commitment: '5e884898…' },
    ...{ publicSource: 'Slotkoers van de AEX', publicAt: '2027-03-04T17:00:00.000000Z' },
    ...{ committedAt: '2027-03-02T09:00:00.000000Z', drawn: null },
  },
];
export const DECISION_EXAMPLE = {
  ...{ outcome: 'granted', ground: null, amountCents: 400_000, reasons: 'Wij volgen het advies.', deviationReason: '' },
  ...{
    decidedAt: '2027-04-02T10:00:00.000000Z',
    announcedAt: '2027-04-06T10:00:00.000000Z',
    objectionLastDay: '2027-05-18',
  },
  ...{ objectionBecause: [], regime: 'REGLEMENT', score: { total: '41/10', criteria: { cooperation: '4/1' } } },
  ...{
    rank: { position: 1, of: 12 },
    arrival: null,
    advice: { outcome: 'grant', amountCents: 400_000, reasons: { cooperation: 'Sterk.' } },
  },
};
