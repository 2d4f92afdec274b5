import type { MoveContext } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';

/** Behind the name of the network: where a letter reaches it. Empty when its regulation does not say. */
export async function addressIn({ opened }: MoveContext, frozen: FrozenRules): Promise<string> {
  const { contact } = (await frozen.rules(opened.rulesHash)).regulation;
  return contact === undefined ? '' : `, ${contact.address}`;
}
