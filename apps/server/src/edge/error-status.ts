/**
 * Status by the code of a broken rule, for every rule that a request can meet; chosen here and nowhere else. What is ours to mend stands under
 * 500, where the log hears of it; so does every code that is not listed.
 */
export const CODES_BY_STATUS: Readonly<Record<number, readonly string[]>> = {
  // What was sent cannot be used.
  400: [
    ...[
      'payload-is-wrong',
      'cursor-is-wrong',
      'sign-not-allowed',
      'text-too-long',
      'nested-too-deep',
      'idempotency-key-missing',
      'scores-are-wrong',
      'school-unknown',
    ],
    ...['password-too-short', 'password-too-long', 'password-too-common', 'not-a-date', 'wall-time-is-not-one'],
    ...[
      'file-missing',
      'file-empty',
      'file-kind-not-taken',
      'file-is-another-kind',
      'file-is-damaged',
      'file-has-macros',
    ],
    ...[
      'file-is-locked',
      'file-unpacks-too-large',
      'file-has-too-many-pixels',
      'question-takes-no-files',
      'upload-broken',
    ],
  ],
  401: ['sign-in-failed'],
  403: ['form-token-wrong'],
  404: ['not-found', 'action-unknown'],
  // A rule refuses it now.
  409: [
    ...['action-not-now', 'move-refused', 'already-settled', 'print-takes-too-long'],
    // people
    ...['sign-in-link-not-valid', 'invitation-not-valid', 'current-password-wrong', 'account-exists'],
    ...[
      'may-not-grant-role',
      'may-not-invite',
      'may-not-disable-yourself',
      'person-is-disabled',
      'last-administrator',
      'role-held-already',
      'role-ends-before-it-starts',
    ],
    ...['mandate-needs-evidence', 'may-not-name-signatory', 'may-not-mandate-yourself', 'school-of-another-board'],
    ...['mandate-ends-before-it-starts', 'organisation-known-already'],
    // calls
    ...['call-number-taken', 'call-closes-before-it-opens', 'outage-times-are-wrong', 'distribution-not-supported'],
    ...['no-tranche-left', 'hours-are-worth-more', 'nothing-to-tell'],
    ...[
      'call-takes-no-proposals',
      'call-is-not-open',
      'call-of-another-region',
      'call-is-not-ranked',
      'call-is-still-open',
      'nothing-to-rank',
      'scores-are-outdated',
      'stands-as-announced',
    ],
    ...['questions-have-ended', 'question-asked-too-often', 'question-names-somebody', 'question-was-handled'],
    // initiatives, offers and proposals
    'proposal-does-not-fit-call',
    ...['initiative-has-ended', 'offer-not-available', 'offer-link-not-valid', 'proposal-is-not-over'],
    ...['proposal-not-in-your-hands', 'only-what-was-asked', 'not-repairable-after-closing', 'question-unknown'],
    ...['too-many-co-writers', 'co-writers-asked-too-often', 'co-writer-is-yourself', 'writes-along-already'],
    ...['party-link-not-valid', 'part-answered-already', 'part-was-changed', 'party-asked-too-often'],
    ...['check-is-not-offered', 'check-comes-too-late', 'check-is-asked', 'check-was-answered'],
    ...['too-many-files', 'attachment-in-quarantine', 'attachment-infected'],
    // committee, reviews and decisions
    ...[
      'person-is-no-member',
      'seat-held-already',
      'committee-has-a-chair',
      'seat-has-open-reviews',
      'committee-is-closed',
    ],
    ...['reviewer-has-no-seat', 'reviewer-has-interest', 'assigned-already', 'proposal-takes-no-reviews'],
    ...['review-not-in-your-hands', 'amount-below-minimum', 'partial-award-not-allowed', 'amount-above-advice'],
    ...['objected-already', 'explanation-is-asked', 'no-explanation-waits', 'announced-decision-stays'],
  ],
  412: ['version-is-stale'],
  413: ['file-too-large'],
  422: ['idempotency-key-reused'],
  428: ['if-match-missing'],
  429: ['too-many-attempts', 'offered-too-often', 'opening-asked-too-often', 'press-is-busy'],
  // Ours to mend: code, rules and configuration do not fit, or a computation that no request waits for failed.
  500: [
    ...[
      'not-registered',
      'frozen-definition-does-not-fit',
      'rules-not-found',
      'regulation-is-wrong',
      'route-without-policy',
    ],
    ...[
      'transaction-rolled-back',
      'unit-of-work-nested',
      'clock-is-shifted',
      'migration-was-changed',
      'postgres-cannot-run',
      ...['database-refuses', 'schema-behind', 'schema-ahead', 'migration-failed'],
    ],
    ...['settings-are-wrong', 'redis-evicts-keys', 'letter-cannot-be-printed', 'mail-cannot-be-rendered'],
    ...['not-a-fraction', 'not-a-period', 'term-period-has-a-sign', 'criterion-not-scored', 'lot-twice'],
    ...[
      'computation-failed',
      'computation-cancelled',
      'assignment-cancelled',
      'allocation-cancelled',
      'ranking-cancelled',
    ],
    ...['no-allocation-found', 'solver-gave-up', 'unknown-kind-of-bundle', 'scanner-away', 'anchor-not-genuine'],
    ...['school-file-unusable', 'actor-file-unusable', 'not-a-backup', 'backup-is-damaged', 'backup-is-newer'],
    ...['too-many-schools-end', 'later-file-known', 'school-import-not-there', 'import-touched-later'],
    ...['database-not-empty', 'files-not-empty', 'schema-too-old', 'file-exists'],
  ],
  503: ['database-away', 'file-store-full'],
};

const STATUS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_STATUS).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

export function statusOf(code: string): number {
  return STATUS.get(code) ?? 500;
}
