import { Injectable } from '@nestjs/common';
import type { StaffRole, Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit } from '#lib/engine';
import { LastAdministrator, RoleEndsBeforeItStarts, RoleHeldAlready } from './people-errors.js';
import { assertMayGrant } from './role-grants.js';

export interface RoleAssignment {
  readonly region: string;
  readonly personId: string;
  readonly role: StaffRole;
  /** First instant; now when absent. */
  readonly from?: string;
  /** The instant after the last; open when absent. */
  readonly until?: string;
}

/** Gives a person a role in a region. */
@Injectable()
export class AssignRole {
  constructor(private readonly database: Database) {}

  /** Throws MayNotGrantRole, SubjectNotFound, RoleHeldAlready, RoleEndsBeforeItStarts. Returns the assignment's id. */
  async execute(viewer: Viewer, assignment: RoleAssignment): Promise<string> {
    assertMayGrant(viewer, assignment);
    const { region, personId } = assignment;
    return this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const known = await tx.query('select id from person where id = $1 and disabled_at is null', [personId]);
      if (known.length === 0) throw new SubjectNotFound('person', personId);
      return giveRole(tx, viewer.id, assignment);
    });
  }
}

/** Writes the assignment and its audit entry. Throws RoleHeldAlready, RoleEndsBeforeItStarts. */
export async function giveRole(tx: Transaction, actor: string | null, given: RoleAssignment): Promise<string> {
  const { region, personId, role, from = null, until = null } = given;
  const [check] = await tx.query<{ from: string; backwards: boolean | null }>(
    `select f as "from", $2::timestamptz <= f as backwards from (select coalesce($1::timestamptz, app_now()) f) t`,
    [from, until],
  );
  if (check?.backwards === true) throw new RoleEndsBeforeItStarts(check.from, until ?? '');
  const [row] = await tx.query<{ id: string }>(
    `insert into role_assignment (region, person_id, role, valid_from, valid_until, granted_by)
      values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
    [region, personId, role, check?.from, until, actor],
  );
  if (row === undefined) throw new RoleHeldAlready(role, region);
  await auditRole(tx, 'role.assign', { ...given, id: row.id, actor });
  return row.id;
}

/** Ends a role from now on; what was done in it stays done. */
@Injectable()
export class EndRole {
  constructor(private readonly database: Database) {}

  /** Throws SubjectNotFound when the assignment is not of this region or ended before, MayNotGrantRole, LastAdministrator. */
  async execute(viewer: Viewer, region: string, assignmentId: string): Promise<void> {
    await this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const [ended] = await tx.query<{ personId: string; role: StaffRole }>(
        `update role_assignment set valid_until = greatest(valid_from, app_now())
          where id = $1 and region = $2 and (valid_until is null or valid_until > app_now())
          returning person_id as "personId", role`,
        [assignmentId, region],
      );
      if (ended === undefined) throw new SubjectNotFound('role-assignment', assignmentId);
      assertMayGrant(viewer, { region, role: ended.role, personId: null });
      if (ended.role === 'platform-admin') await assertAdministratorLeft(tx);
      await auditRole(tx, 'role.end', { ...ended, region, id: assignmentId, actor: viewer.id });
    });
  }
}

async function assertAdministratorLeft(tx: Transaction): Promise<void> {
  const [row] = await tx.query<{ left: boolean }>('select app.has_administrator(null) as left');
  if (row?.left !== true) throw new LastAdministrator();
}

interface RoleAct {
  readonly region: string;
  readonly id: string;
  readonly actor: string | null;
  readonly personId: string;
  readonly role: StaffRole;
}

async function auditRole(tx: Transaction, act: string, { region, id, actor, personId, role }: RoleAct): Promise<void> {
  const subject = { subjectKind: 'role-assignment', subjectId: id };
  await writeAudit(tx, { region, actor, act, ...subject, data: { person: personId, role } });
}
