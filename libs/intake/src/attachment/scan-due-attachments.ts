import type { Database, Transaction } from '#lib/database';
import { writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Instant, Language } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { judgeAgain } from '../party/judge-again.js';

/** What a worker needs to have attachments looked at. */
export interface ScanWork {
  /** Connected as the role worker. */
  readonly database: Database;
  readonly frozen: FrozenRules;
  /** Name of the process, as leases remember it. */
  readonly worker: string;
  readonly messageIds: MessageIdOptions;
  /** Has the scanner look at a file of the store; throws when it gives no answer. */
  readonly scan: (id: string) => Promise<{ readonly found: string | null }>;
  /** Destroys a file of the store. */
  readonly destroy: (id: string) => Promise<void>;
}

interface Scanned {
  readonly proposalId: string;
  readonly isSubmitted: boolean;
  readonly name: string;
  readonly number: string;
  readonly title: string;
  /** When the call closes. */
  readonly until: Instant;
  /** Null when the account was disabled: it gets no mail. */
  readonly lead: {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly language: Language;
  } | null;
}

interface Place {
  readonly id: string;
  readonly region: string;
}

/** Longer than the scanner may take for one file. */
const LEASE_SECONDS = 120;
/** After so many attempts somebody must look at the scanner. */
const TELL_AFTER = 5;

const CLAIM = { name: 'claim-scans', text: 'select id, region from app.claim_scans($1, 1, make_interval(secs => $2))' };
/** Only the holder of the lease writes a verdict. */
const MARK = {
  name: 'mark-scan',
  text: `update attachment a set state = case when $3::text is null then 'ready' else 'infected' end, found = $3, scanned_at = app_now(),
      leased_by = null, lease_until = null, last_error = null
    from proposal p join call c on c.id = p.call_id left join person l on l.id = p.lead_applicant and l.disabled_at is null
    where a.id = $1 and a.leased_by = $2 and p.id = a.proposal_id
    returning p.id as "proposalId", p.submitted_at is not null as "isSubmitted", a.name, p.number, p.title,
      app.iso(c.closes_at) as until, case when l.id is not null then
      jsonb_build_object('id', l.id, 'name', l.name, 'address', l.email, 'language', l.language) end as lead`,
};
/** A file with a virus is no answer. Before the mark, so that the proposal is locked first, as everywhere. */
const SPOIL = {
  name: 'spoil-proposal',
  text: `update proposal p set complete = false from attachment a where a.id = $1 and a.leased_by = $2 and a.removed_at is null
    and p.id = a.proposal_id and p.phase in ('preparing', 'submitted', 'screening')`,
};
const LATER = {
  name: 'scan-later',
  text: `update attachment set last_error = $3, leased_by = null, lease_until = null,
      next_attempt_at = app_now() + make_interval(secs => least(300, 2 ^ least(attempts, 10)))
    where id = $1 and leased_by = $2 and removed_at is null returning attempts`,
};
const RAISE = {
  name: 'raise-attachment-task',
  text: `insert into task (region, kind, for_role, subject_kind, subject_id, data) values ($1, $2, 'secretary', $3, $4, $5)
    on conflict do nothing`,
};

/** Has one attachment that is due looked at. Returns how many it took on. */
export async function scanDueAttachments(work: ScanWork, signal?: AbortSignal): Promise<number> {
  if (signal?.aborted === true) return 0;
  const [due] = await work.database.ask<Place>(CLAIM, [work.worker, LEASE_SECONDS]);
  if (due === undefined) return 0;
  const inRegion = <T>(act: (tx: Transaction) => Promise<T>): Promise<T> =>
    work.database.unit({ regions: [due.region], actor: null }, act);
  try {
    const { found } = await work.scan(due.id);
    await inRegion((tx) => mark(tx, work, { ...due, found }));
    // After the commit: a crash in between leaves a file that nothing needs, and that is swept.
    if (found !== null) await work.destroy(due.id);
  } catch (error) {
    await inRegion((tx) => later(tx, work, { ...due, reason: (error as Error).message }));
  }
  return 1;
}

async function mark(
  tx: Transaction,
  { worker, messageIds, frozen }: ScanWork,
  { id, region, found }: Place & { readonly found: string | null },
): Promise<void> {
  if (found !== null) await tx.query(SPOIL, [id, worker]);
  const [scanned] = await tx.query<Scanned>(MARK, [id, worker, found]);
  if (scanned === undefined || found === null) return;
  // what it was to prove is proven no more
  await judgeAgain(tx, frozen, scanned.proposalId);
  const { proposalId, isSubmitted, name, number, title, until, lead } = scanned;
  // A draft is nobody's but its writer's: the secretary learns that there was a virus, and not where.
  const subject = isSubmitted ? ['proposal', proposalId] : ['attachment', id];
  await tx.query(RAISE, [region, 'attachment-infected', ...subject, JSON.stringify({ attachment: id })]);
  const data = { proposal: proposalId, found };
  await writeAudit(tx, {
    ...{ region, actor: null, act: 'attachment.infected', subjectKind: 'attachment', subjectId: id, data },
  });
  if (lead === null) return;
  const { address, language } = lead;
  const notice = {
    ...{ region, eventId: id, recipientKey: lead.id, template: 'attachment-infected', language },
    about: { kind: 'proposal', id: proposalId },
    ...{ to: { address, name: lead.name }, view: { name: lead.name, file: name, number, title, isSubmitted, until } },
  };
  await writeNotices(tx, [notice], messageIds);
}

async function later(
  tx: Transaction,
  { worker }: ScanWork,
  { id, region, reason }: Place & { readonly reason: string },
): Promise<void> {
  const [row] = await tx.query<{ attempts: number }>(LATER, [id, worker, reason.slice(0, 500)]);
  if ((row?.attempts ?? 0) < TELL_AFTER) return;
  await tx.query(RAISE, [region, 'attachment-not-scanned', 'attachment', id, '{}']);
}
