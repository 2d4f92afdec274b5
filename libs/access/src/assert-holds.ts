import { DomainError } from '#lib/kernel';
import { regionsOf, type StaffRole, type Viewer } from './viewer.js';

/** The viewer may not do this here; it is told as if the place did not exist. */
export class NotForThisViewer extends DomainError {
  readonly code = 'not-found';
  constructor() {
    super('This does not exist, or not for you.');
  }
}

/** Throws NotForThisViewer unless the viewer holds one of the roles in the region. Returns the viewer's id. */
export function assertHolds(viewer: Viewer, region: string, roles: readonly StaffRole[]): string {
  if (viewer.id === null || !regionsOf(viewer, roles).includes(region)) throw new NotForThisViewer();
  return viewer.id;
}
