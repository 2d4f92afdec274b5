import { valueAt } from '#lib/regulation';
import type { ProposalCase } from './proposal-case.js';
import { fieldId } from './question.view.js';

/** Id of where one goes on after a button that added, removed or picked a row; null for the other buttons. */
export function rowAfter(action: string, { proposal }: ProposalCase): string | null {
  const [, does, given = ''] = /^(add|remove|pick|pick-organisation):([\w.-]+)$/.exec(action) ?? [];
  if (does === undefined) return null;
  const list = does === 'pick' ? 'schools' : does === 'pick-organisation' ? 'partners' : given.replace(/\.\d+$/, '');
  const rows = valueAt(proposal.content, list);
  const count = Array.isArray(rows) ? rows.length : 0;
  const id = fieldId(list);
  // The empty row stands behind the last one that says something; a person goes on in its first field.
  if (does === 'add') return `${id}-${count}-${list === 'budget.lines' ? 'label' : 'name'}`;
  return does === 'remove' || count === 0 ? id : `${id}-${count - 1}`;
}
