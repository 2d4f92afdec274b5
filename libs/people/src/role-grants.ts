import { rolesIn, type StaffRole, type Viewer } from '#lib/access';
import { MayNotGrantRole, MayNotInvite } from './people-errors.js';

/**
 * Which roles the holder of a role may give and end. Who prepares cases never names who decides on them: deciders are named by the
 * national office.
 */
const GRANTS: Readonly<Partial<Record<StaffRole, readonly StaffRole[]>>> = {
  secretary: ['member'],
  coordinator: ['member', 'chair', 'secretary', 'coordinator'],
  'national-office': ['member', 'chair', 'secretary', 'coordinator', 'decider', 'auditor'],
  'platform-admin': [
    ...(['member', 'chair', 'secretary', 'coordinator', 'decider'] as const),
    ...(['national-office', 'auditor', 'platform-admin'] as const),
  ],
};

/** The system itself, for the first accounts and the operator's commands. */
export const SYSTEM: Viewer = {
  id: null,
  name: 'system',
  language: 'nl',
  roles: [{ region: 'landelijk', role: 'platform-admin' }],
};

export interface RoleGrant {
  readonly region: string;
  readonly role: StaffRole;
  /** Null: somebody who has no account yet. */
  readonly personId: string | null;
}

/** Throws MayNotGrantRole. */
export function assertMayGrant(viewer: Viewer, grant: RoleGrant): void {
  const isSelf = viewer.id !== null && viewer.id === grant.personId;
  const may = rolesIn(viewer, grant.region).some((held) => GRANTS[held]?.includes(grant.role) === true);
  if (isSelf || !may) throw new MayNotGrantRole(grant.role, grant.region);
}

/** Throws MayNotInvite. */
export function assertMayInvite(viewer: Viewer, region: string): void {
  if (!rolesIn(viewer, region).some((held) => GRANTS[held] !== undefined)) throw new MayNotInvite(region);
}
