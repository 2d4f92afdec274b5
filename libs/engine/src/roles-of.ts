import type { Actor } from './move-context.js';
import type { OpenedRow } from './subject.js';

/** What the actor is of an opened subject; work that happens by itself is the system. */
export function rolesOf(opened: OpenedRow, actor: Actor): readonly string[] {
  return actor.system === true ? ['system'] : opened.roles;
}
