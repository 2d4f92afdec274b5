import type pg from 'pg';

/** One import or undoing at a time. */
export const IMPORT_LOCK = 'select pg_advisory_xact_lock(7120320)';
const AUDIT = `insert into audit_entry (region, act, subject_kind, subject_id, data) values ('landelijk', $1, 'school-import', $2, $3)`;

/** The registry is national, and who holds the owner's connection is no account. */
export async function auditImport(
  owner: pg.ClientBase,
  {
    act,
    id,
    data,
  }: { readonly act: 'school.import' | 'school.undo-import'; readonly id: string; readonly data: object },
): Promise<void> {
  await owner.query(AUDIT, [act, id, JSON.stringify(data)]);
}
