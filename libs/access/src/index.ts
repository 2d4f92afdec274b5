/** Who may see and do what: viewers and the one policy table. */
export { NOBODY, regionsOf, rolesIn, STAFF_ROLES, type RoleInRegion, type StaffRole, type Viewer } from './viewer.js';
export { POLICIES, type PolicyName, type PolicyRow } from './policy-table.js';
export { decide } from './decide.js';
export { Policy, POLICY_KEY } from './policy.decorator.js';
export { appliesTo, handles, scopeOf, SCOPES, writes, writesAlong, type ScopeRow } from './scopes.js';
export { CursorIsWrong, PageRequest, type Page } from './page.js';
export { assertHolds, NotForThisViewer } from './assert-holds.js';
