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
    plannedAt: null,
    closedAt: null,
    closeReason: null,
  },
  ...{
    announcedAt: null,
    ceilingCents: 3_000_000,
    tranche: null,
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
    isLate: false,
    isTakenBack: false,
    arrivedAt: null,
    outcome: null,
    amountCents: null,
    waivedAt: null,
    ending: null,
    total: null,
  },
};

export const ATTACHMENTS_EXAMPLE = [
  {
    ...{ id: OTHER, path: 'answers.attachments', name: 'schoolplan.pdf', mediaType: 'application/pdf', bytes: 482_113 },
    ...{ sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', state: 'ready' },
  },
];

const RECEIPT = {
  ...{ id: OTHER, receivedAt: '2027-02-26T15:59:59.999000Z', inTime: true },
  contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  replaces: null,
};
export const RECEIPT_EXAMPLE = {
  ...RECEIPT,
  content: { title: 'Schoon water uit eigen hand', summary: 'Leerlingen ontwerpen een waterzuivering.' },
};

export const PROPOSAL_EXAMPLE = {
  ...ROW,
  attachments: ATTACHMENTS_EXAMPLE,
  ...{
    content: { summary: 'Leerlingen ontwerpen een waterzuivering.' },
    completionAskedFor: null,
    hearing: null,
    passed: ['submitted'],
    receipts: [RECEIPT],
    isOwn: true,
  },
  eligibility: [
    {
      ...{ condition: 'two-schools', verdict: 'met', missing: [], facts: ['schools'] },
      ...{ label: 'Ten minste twee scholen doen mee.', message: 'Zoek een tweede school.' },
    },
  ],
  unconfirmed: [{ organisation: 'De Ark', state: 'asked' }],
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
const PART = { task: 'Stelt twee kassen beschikbaar.', cashCents: 50_000, hours: 20, inKindCents: null };
export const PARTY_EXAMPLE = {
  ...{ id: ID, revision: 1, role: 'partner', organisation: 'Kwekerij Van Dam', institution: null },
  ...{ contactName: 'T. van Dam', email: 'kas@kwekerij.example', language: 'nl', part: PART, state: 'asked' },
  ...{
    askedAt: '2027-01-12T08:00:00.000000Z',
    answeredAt: null,
    answeredName: null,
    answeredFunction: null,
    note: null,
  },
};
export const PART_EXAMPLE = {
  ...{ id: ID, region: 'noord', state: 'asked', organisation: 'Basisschool De Sleutel', contactName: 'D. Directeur' },
  ...{ role: 'school', part: PART, title: 'Schoon water uit eigen hand', leadOrganisation: 'Basisschool De Regenboog' },
  ...{ callName: { nl: 'Ronde 2027-1', en: 'Call 2027-1' }, regionName: { nl: 'Noord', en: 'North' }, language: 'nl' },
  ...{ account: null, revision: 1 },
};
export const PARTS_EXAMPLE = {
  items: [
    {
      ...{ id: ID, region: 'noord', institution: '90AB', organisation: 'Basisschool De Sleutel', role: 'school' },
      ...{ state: 'asked', title: 'Schoon water uit eigen hand', leadOrganisation: 'Basisschool De Regenboog' },
      ...{ call: { nl: 'Ronde 2027-1', en: 'Call 2027-1' }, askedAt: '2027-01-12T08:00:00.000000Z', answeredAt: null },
    },
  ],
  next: null,
};
export const CREATED_EXAMPLE = { id: ID };
export const MOVED_EXAMPLE = { id: ID, version: 3, repeated: false, warnings: [] };
export const RANKING_EXAMPLE = {
  ...{
    id: ID,
    model: 'mean',
    madeAt: '2027-03-20T10:00:00.000000Z',
    resultHash: 'b5bb9d80…',
    inputsHash: '7d865e95…',
    holds: true,
  },
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
  margins: { status: 'done', line: 7, of: 10, places: { '2027-1-004': { lo: 1, hi: 3, expectedRank: 1.83 } } },
};
export const CLOSING_EXAMPLE = {
  ...{ closesAt: '2027-03-01T16:00:00.000000Z', isDisturbed: false },
  outages: [{ startsAt: '2027-02-26T15:10:00.000000Z', endsAt: '2027-02-26T17:25:00.000000Z', note: '' }],
  extensions: [
    {
      ...{ from: '2027-02-26T16:00:00.000000Z', to: '2027-03-01T16:00:00.000000Z' },
      ...{ reason: 'Het loket was niet bereikbaar.', extendedAt: '2027-02-26T18:00:00.000000Z' },
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
    waivedAt: null,
    objectionLastDay: '2027-05-18',
  },
  ...{ objectionBecause: [], regime: 'REGLEMENT', score: { total: '41/10', criteria: { cooperation: '4/1' } } },
  ...{
    rank: { position: 1, of: 12 },
    arrival: null,
    advice: { outcome: 'grant', amountCents: 400_000, reasons: { cooperation: 'Sterk.' } },
  },
};
