import { SubjectNotFound } from '#lib/engine';
import type { HeldRole, PersonView } from '#lib/people';

/** A role of a person, among those that the reader knows of. Throws SubjectNotFound. */
export function roleOf({ roles }: PersonView, id: string): HeldRole {
  const held = roles.find((role) => role.id === id);
  if (held === undefined) throw new SubjectNotFound('role-assignment', id);
  return held;
}
