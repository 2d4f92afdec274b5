import type { Statement } from '#lib/database';
import { OUTBOX_COLUMNS, OUTBOX_RECORD } from './notice.js';
import type { EvidenceColumn, SubjectPort } from './subject.js';

const built = new Map<string, Statement>();

/**
 * The one statement that writes a move (parameters in `write-move.ts`). It is built from constants of the subject's port, never from
 * input, and prepared once per connection. No row updated (a stale version) divides by zero, so that the commit behind it cannot
 * store the rest alone.
 */
export function writeStatement(port: SubjectPort): Statement {
  const known = built.get(port.kind);
  if (known !== undefined) return known;
  const statement = { name: `write-move-${port.kind}`, text: textFor(port) };
  built.set(port.kind, statement);
  return statement;
}

function textFor(port: SubjectPort): string {
  return `with moved as (
    update ${port.table} s set state = $2, phase = $3, version = s.version + 1${evidenceOf(port)}
    where s.id = $1 and s.version = $4 returning s.region, s.version),
  logged as (
    insert into transition (id, region, subject_kind, subject_id, version, action, from_state, to_state, from_phase, to_phase, actor,
      received_at, rules_hash, facts, payload)
    select $5, region, '${port.kind}', $1, version, $6, $7, $2, $8, $3, $9, $10, $11, $12::jsonb, $13::jsonb from moved),
  audited as (
    insert into audit_entry (region, actor, act, subject_kind, subject_id, data)
    select region, $9, '${port.kind}.' || $6, '${port.kind}', $1,
      jsonb_build_object('transition', $5::uuid, 'from', $7::text, 'to', $2::text, 'version', version) from moved),
  mailed as (
    insert into outbox (region, ${OUTBOX_COLUMNS})
    select m.region, ${prefixed('o', OUTBOX_COLUMNS)} from moved m, jsonb_to_recordset($15::jsonb) as ${OUTBOX_RECORD}
    on conflict (event_id, recipient_key, template) do nothing),
  asked as (
    insert into command (region, asked_by, subject_kind, subject_id, action, payload)
    select m.region, $5, c.subject_kind, c.subject_id, c.action, c.payload
    from moved m, jsonb_to_recordset($16::jsonb) as c(subject_kind text, subject_id uuid, action text, payload jsonb)),
  raised as (
    insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select m.region, t.kind, t.for_role, t.subject_kind, t.subject_id, t.data
    from moved m, jsonb_to_recordset($17::jsonb) as t(kind text, for_role text, subject_kind text, subject_id uuid, data jsonb)
    on conflict do nothing)
  select (select version from moved) as version, 1 / (select count(*)::int from moved) as written`;
}

/** `, decided_by = case when $14 ? 'decidedBy' then ($14->>'decidedBy')::uuid else s.decided_by end`: null clears, absent keeps. */
function evidenceOf(port: SubjectPort): string {
  const columns = Object.entries(port.evidence).map(([name, { column, type }]: [string, EvidenceColumn]) => {
    return `, ${column} = case when $14::jsonb ? '${name}' then ($14::jsonb ->> '${name}')::${type} else s.${column} end`;
  });
  return columns.length === 0
    ? `, updated_at = case when $14::jsonb is null then null else app_now() end`
    : columns.join('');
}

function prefixed(alias: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');
}
