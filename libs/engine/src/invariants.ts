import type pg from 'pg';

/** Something that must hold in the database at every moment. `sql` selects the rows that break it, as (region, id). */
export interface Invariant {
  readonly code: string;
  readonly rule: string;
  readonly sql: string;
}

export interface BrokenInvariant {
  readonly code: string;
  readonly rule: string;
  readonly count: number;
  /** The first few, to look at. */
  readonly examples: readonly { readonly region: string; readonly id: string }[];
}

/** Moved subjects by kind and table; constants, they become SQL text. */
const SUBJECTS = [
  ['call', 'call'],
  ['proposal', 'proposal'],
  ['review', 'review'],
] as const;

function perSubject(build: (kind: string, table: string) => string): string {
  return SUBJECTS.map(([kind, table]) => build(kind, table)).join(' union all ');
}

const LAST = (kind: string): string =>
  `(select distinct on (subject_id) * from transition where subject_kind = '${kind}' order by subject_id, version desc)`;

export const ENGINE_INVARIANTS: readonly Invariant[] = [
  {
    code: 'state-is-last-transition',
    rule: 'The state and phase of a subject are those of its last transition.',
    sql: perSubject(
      (kind, table) => `select s.region, s.id from ${table} s join ${LAST(kind)} t on t.subject_id = s.id
        where t.to_state <> s.state or t.to_phase <> s.phase or t.version <> s.version`,
    ),
  },
  {
    code: 'versions-have-no-gap',
    rule: 'The transitions of a subject carry the versions 2, 3, 4 and so on, without a gap.',
    sql: `select min(region) as region, subject_id as id from transition group by subject_id
      having max(version) - min(version) + 1 <> count(*) or min(version) <> 2`,
  },
  {
    code: 'transitions-follow-each-other',
    rule: 'A transition leaves the state that the one before it reached.',
    sql: `select region, id from (select region, id, from_state, lag(to_state) over w as before from transition
      window w as (partition by subject_id order by version)) t where before is not null and before <> from_state`,
  },
  {
    code: 'transition-has-one-audit-entry',
    rule: 'Every transition has exactly one audit entry, written in the same transaction.',
    sql: `select t.region, t.id from transition t where (select count(*) from audit_entry a
      where a.subject_id = t.subject_id and a.data ->> 'transition' = t.id::text) <> 1`,
  },
  {
    code: 'version-above-one-has-a-transition',
    rule: 'A subject that was moved has transitions.',
    sql: perSubject(
      (kind, table) => `select s.region, s.id from ${table} s where s.version > 1 and not exists
        (select 1 from transition t where t.subject_kind = '${kind}' and t.subject_id = s.id)`,
    ),
  },
  {
    code: 'mail-has-an-event',
    rule: 'Every mail in the outbox belongs to a transition or an audited act.',
    sql: `select o.region, o.id from outbox o where not exists (select 1 from transition t where t.id = o.event_id)
      and not exists (select 1 from audit_entry a where a.subject_id = o.event_id)
      and not exists (select 1 from audit_entry a where a.data ->> 'event' = o.event_id::text)
      and not exists (select 1 from term_reminder r where r.id = o.event_id)`,
  },
  {
    code: 'uncertain-mail-is-given-up',
    rule: 'A mail whose attempts vanished five times has failed, and is never tried again.',
    sql: `select region, id from outbox where lost_leases > 5 or (lost_leases = 5 and status <> 'failed')`,
  },
  {
    code: 'held-mail-waits-for-an-act-to-come',
    rule: 'No mail is still held after its call was announced.',
    sql: `select o.region, o.id from outbox o join announcement a on a.call_id = o.hold_id and a.decision_id is null where o.status = 'held'`,
  },
  {
    code: 'secret-is-wiped',
    rule: 'A mail that was sent or given up carries no secret.',
    sql: `select region, id from outbox where status in ('sent', 'bounced', 'failed', 'cancelled') and secret is not null`,
  },
  {
    code: 'term-of-an-ended-subject-is-ended',
    rule: 'A subject that has ended has no term running.',
    sql: perSubject(
      (
        kind,
        table,
      ) => `select s.region, t.id from ${table} s join term t on t.subject_id = s.id and t.subject_kind = '${kind}'
        where s.phase = 'ended' and t.state in ('running', 'suspended')`,
    ),
  },
  {
    code: 'suspended-term-has-an-open-suspension',
    rule: 'A term is suspended exactly while one of its suspensions is open.',
    sql: `select t.region, t.id from term t where t.state in ('running', 'suspended')
      and (t.state = 'suspended') <> exists (select 1 from term_suspension s where s.term_id = t.id and s.until_day is null)`,
  },
  {
    code: 'command-done-means-moved',
    rule: 'A command that is done has its transition.',
    sql: `select c.region, c.id from command c where c.status = 'done' and not exists
      (select 1 from transition t where t.subject_id = c.subject_id and t.action = c.action)`,
  },
  {
    code: 'subject-of-its-region',
    rule: 'Rows about a proposal carry the region of that proposal.',
    sql: `select r.region, r.id from review r join proposal p on p.id = r.proposal_id where p.region <> r.region
      union all select i.region, i.id from interest i join proposal p on p.id = i.proposal_id where p.region <> i.region
      union all select d.region, d.id from decision d join proposal p on p.id = d.proposal_id where p.region <> d.region`,
  },
];

/** Runs each check over all regions (as the owner) and returns the broken ones; an empty list is the good answer. */
export async function checkInvariants(
  reader: pg.ClientBase,
  invariants: readonly Invariant[] = ENGINE_INVARIANTS,
): Promise<BrokenInvariant[]> {
  const broken: BrokenInvariant[] = [];
  for (const { code, rule, sql } of invariants) {
    const rows = await reader.query<{ region: string; id: string; total: number }>(
      `select region, id::text as id, count(*) over ()::int as total from (${sql}) broken limit 5`,
    );
    const [first] = rows.rows;
    if (first !== undefined)
      broken.push({ code, rule, count: first.total, examples: rows.rows.map(({ region, id }) => ({ region, id })) });
  }
  return broken;
}
