import type { Language } from '#lib/kernel';

/** Roles that a person holds in a region. */
export const STAFF_ROLES = [
  ...['member', 'chair', 'secretary', 'coordinator', 'decider'],
  ...['national-office', 'auditor', 'platform-admin'],
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface RoleInRegion {
  readonly region: string;
  readonly role: StaffRole;
}

/** Who sends a request. Nobody is a viewer too. */
export interface Viewer {
  /** Person id; null for someone who is not signed in. */
  readonly id: string | null;
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly RoleInRegion[];
}

export const NOBODY: Viewer = { id: null, name: '', language: 'nl', roles: [] };

/** Regions in which a viewer holds one of the roles. */
export function regionsOf(viewer: Viewer, roles: readonly string[] = STAFF_ROLES): readonly string[] {
  const regions = viewer.roles.filter(({ role }) => roles.includes(role)).map(({ region }) => region);
  return [...new Set(regions)].sort();
}

/** Roles that count in every region, wherever they were given. */
const EVERYWHERE: ReadonlySet<StaffRole> = new Set<StaffRole>(['national-office', 'platform-admin']);

/** The roles of a viewer that count in a region. */
export function rolesIn(viewer: Viewer, region: string): readonly StaffRole[] {
  return viewer.roles.filter((held) => held.region === region || EVERYWHERE.has(held.role)).map(({ role }) => role);
}
