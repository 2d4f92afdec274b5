import type { AttachmentView, ProposalRow, ReceiptView } from '#lib/intake';
import {
  anyJson,
  anyObject,
  described,
  listOf,
  nullOr,
  oneOf,
  optional,
  orNull,
  type Fields,
} from '../../edge/described.js';
import type { ProposalAnswer } from '../proposal-reader.js';
import { ID, NAME, OTHER, phase, SITUATION } from './shared.js';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const RECEIVED_AT = '2027-02-26T15:59:59.999000Z';

const ROW: Fields<ProposalRow> = {
  id: ID,
  region: 'noord',
  call: { id: OTHER, number: '2027-1', name: NAME },
  number: '2027-1-004',
  title: 'Schoon water uit eigen hand',
  organisation: 'Basisschool De Voorbeeldige',
  state: nullOr('Submitted'),
  phase: phase('submitted'),
  version: 2,
  revision: 3,
  complete: true,
  eligible: orNull(true),
  requestedCents: orNull(400_000),
  submittedAt: orNull(RECEIVED_AT),
  receivedAt: orNull(RECEIVED_AT),
  isLate: false,
  isTakenBack: false,
  arrivedAt: nullOr(RECEIVED_AT),
  outcome: nullOr(oneOf(['granted', 'refused', 'not-processed'], 'granted')),
  amountCents: nullOr(400_000),
  waivedAt: nullOr('2027-04-20T10:00:00.000000Z'),
  ending: nullOr({ act: 'withdraw', at: '2027-03-01T10:00:00.000000Z', from: phase('submitted') }),
  total: nullOr('4.1000'),
  isCoWriter: false,
};
export const PROPOSAL_ROW = described<ProposalRow>('ProposalRow', ROW);

export const ATTACHMENT = described<AttachmentView>('Attachment', {
  id: OTHER,
  path: 'answers.attachments',
  name: 'schoolplan.pdf',
  mediaType: 'application/pdf',
  bytes: 482_113,
  sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  state: oneOf(['unscanned', 'quarantined', 'ready', 'infected'], 'ready'),
});

export const PROPOSAL = described<ProposalAnswer>('Proposal', {
  ...ROW,
  content: anyObject({ summary: 'Leerlingen ontwerpen een waterzuivering.' }),
  eligibility: [
    {
      condition: 'two-schools',
      verdict: oneOf(['met', 'not-met', 'cannot-be-judged'], 'met'),
      missing: ['schools'],
      others: optional(['2027-1-001']),
      label: 'Ten minste twee scholen doen mee.',
      message: 'Zoek een tweede school.',
      facts: ['schools'],
    },
  ],
  passed: listOf(phase('submitted')),
  contentHash: orNull(HASH),
  attachments: listOf(ATTACHMENT),
  completionAskedFor: anyJson(null),
  hearing: nullOr({
    about: orNull('Er is maar één school.'),
    view: orNull('De tweede school tekent morgen.'),
    heardAt: orNull('2027-03-10T10:00:00.000000Z'),
  }),
  receipts: [{ id: OTHER, receivedAt: RECEIVED_AT, inTime: true, contentHash: HASH, replaces: nullOr(ID) }],
  isOwn: true,
  savedByOther: nullOr({ name: 'C. Ollega', at: RECEIVED_AT }),
  mayWrite: false,
  unconfirmed: [
    {
      organisation: 'De Ark',
      state: oneOf(['listed', 'asked', 'declined', 'changed', 'not-named'], 'asked'),
    },
  ],
  openPoints: [{ path: 'answers.goal', code: 'missing', message: 'Vul dit nog in.' }],
  ...SITUATION,
});

export const RECEIPT = described<ReceiptView>('Receipt', {
  id: OTHER,
  receivedAt: RECEIVED_AT,
  inTime: true,
  contentHash: HASH,
  replaces: nullOr({ id: ID, receivedAt: RECEIVED_AT, contentHash: HASH }),
  content: anyObject({ title: 'Schoon water uit eigen hand', summary: 'Leerlingen ontwerpen een waterzuivering.' }),
  documentId: orNull(ID),
});
