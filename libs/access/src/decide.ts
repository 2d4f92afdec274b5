import { POLICIES, type PolicyName, type PolicyRow } from './policy-table.js';
import { regionsOf, rolesIn, type Viewer } from './viewer.js';

/** Whether a viewer passes a policy; `region` is the one asked about, if any. */
export function decide(policy: PolicyName, viewer: Viewer, region: string | null = null): boolean {
  const row: PolicyRow | undefined = POLICIES.find((p) => p.policy === policy);
  if (row === undefined) return false;
  if (row.who === 'anyone') return true;
  if (viewer.id === null) return false;
  if (row.who === 'signed-in') return true;
  const { who } = row;
  if (row.where === 'own') return region !== null && rolesIn(viewer, region).some((role) => who.includes(role));
  return regionsOf(viewer, who).length > 0;
}
