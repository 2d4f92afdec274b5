/** Who may read a row, as SQL over the row's alias; `app.actor()` is the reader. Constants only: they become SQL text. */
const IS_STAFF = (alias: string): string => `app.staff_roles(${alias}.region, app.actor()) <> '[]'`;
/** On the applicant's side: the own proposal, or a mandate of a school or board that takes part; the sub-select makes it one call per statement. */
const IS_BOUND = (proposal: string): string => `${proposal} = any ((select app.bound_proposals(app.actor()))::uuid[])`;
/** Reached by a declared interest, in this proposal or as far as the regulation says; or on the applicant's side. */
const HAS_INTEREST = (proposal: string): string =>
  `(${proposal} = any ((select app.barred_proposals(app.actor()))::uuid[]) or ${IS_BOUND(proposal)})`;
const HAS_SEAT = (call: string): string =>
  `exists (select 1 from seat scope_s where scope_s.call_id = ${call} and scope_s.person_id = app.actor() and scope_s.ended_at is null)`;

/** Whether the actor applies: as lead applicant, or by a mandate of the school or board that the proposal comes from. Never null. */
export function appliesTo(proposal: string): string {
  return `(${proposal}.lead_applicant = app.actor()
    or coalesce(${proposal}.lead_institution = any ((select app.mandated(app.actor(), 'apply'))::text[]), false))`;
}

/** Whether the actor writes along by invitation of who applies; the sub-select makes it one call per statement. */
export function writesAlong(proposal: string): string {
  return `${proposal}.id = any ((select app.written_along(app.actor()))::uuid[])`;
}

/** Whether the actor may write the answers: who applies, or a colleague who writes along. */
export function writes(proposal: string): string {
  return `(${appliesTo(proposal)} or ${writesAlong(proposal)})`;
}

/** Whether the actor handles a proposal as staff of its region: without an interest, and on no applicant's side. A draft is handled by nobody. */
export function handles(proposal: string): string {
  return `(${proposal}.submitted_at is not null and ${IS_STAFF(proposal)} and not ${HAS_INTEREST(`${proposal}.id`)})`;
}

export interface ScopeRow {
  readonly subject: 'call' | 'proposal' | 'review' | 'initiative';
  readonly who: string;
  readonly why: string;
  readonly sql: (alias: string) => string;
}

/** The rows that exist for a reader. Every read of a subject, its lists and its counts pass through here. */
export const SCOPES: readonly ScopeRow[] = [
  {
    subject: 'call',
    who: 'anyone',
    why: 'A published call is public (Awb 3:42).',
    sql: (c) => `${c}.phase <> 'preparing' and ${c}.published_at is not null`,
  },
  { subject: 'call', who: 'staff of the region', why: 'Staff prepare their calls.', sql: IS_STAFF },
  {
    subject: 'proposal',
    who: 'lead applicant, or who has a mandate to apply for the school or board it comes from',
    why: 'A proposal belongs to who submits it; a mandate of the school board covers its schools.',
    sql: appliesTo,
  },
  {
    subject: 'proposal',
    who: 'colleague who writes along',
    why: 'Who applies asked the colleague to write along; what follows on the outcome stays between who applies and the network.',
    sql: writesAlong,
  },
  {
    subject: 'proposal',
    who: 'staff of the region, without an interest',
    why: 'Staff handle what was submitted; a draft is the applicant’s own.',
    sql: handles,
  },
  {
    subject: 'proposal',
    who: 'members of the committee, without an interest',
    why: 'Members judge what was admitted (Awb 2:4 keeps out who has an interest).',
    // also what was decided and then waived: what was announced to them stays
    sql: (p) =>
      `(${p}.phase in ('in-review', 'ranked', 'advised', 'decided') or ${p}.phase = 'ended' and ${p}.outcome in ('granted', 'refused')) and ${HAS_SEAT(`${p}.call_id`)} and not ${HAS_INTEREST(`${p}.id`)}`,
  },
  {
    subject: 'proposal',
    who: 'assigned reviewer',
    why: 'Who is invited must be able to see what for.',
    sql: (
      p,
    ) => `exists (select 1 from review scope_r where scope_r.proposal_id = ${p}.id and scope_r.reviewer_id = app.actor()
      and scope_r.phase <> 'ended') and not ${HAS_INTEREST(`${p}.id`)}`,
  },
  {
    subject: 'initiative',
    who: 'initiator',
    why: 'An initiative belongs to who started it.',
    sql: (i) => `${i}.started_by = app.actor()`,
  },
  {
    subject: 'initiative',
    who: 'desk of its region, or of one that is consulted',
    why: 'The desk helps with what was registered; a draft is the initiator’s own.',
    sql: (i) =>
      `${i}.registered_at is not null and (app.is_desk(${i}.region, app.actor()) or app.is_consulted(${i}.id, app.actor()))`,
  },
  {
    subject: 'review',
    who: 'reviewer who stands on no applicant’s side',
    why: 'A review belongs to who writes it; who stands on the applicant’s side writes none.',
    sql: (r) => `${r}.reviewer_id = app.actor() and not ${IS_BOUND(`${r}.proposal_id`)}`,
  },
  {
    subject: 'review',
    who: 'staff of the region, without an interest',
    why: 'Staff follow the reviews; scores of members are hidden from other members until they deliberate.',
    sql: (r) => `${IS_STAFF(r)} and not ${HAS_INTEREST(`${r}.proposal_id`)}`,
  },
];

/** The condition under which a row of the subject exists for the acting person. */
export function scopeOf(subject: ScopeRow['subject'], alias: string): string {
  const rows = SCOPES.filter((row) => row.subject === subject);
  return `(${rows.map(({ sql }) => `(${sql(alias)})`).join(' or ')})`;
}
