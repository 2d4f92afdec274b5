/** What a proposal is called until its writer names it. */
export const UNNAMED = '…';

/** Whether a proposal has a name of its own. */
export function isNamed(title: string): boolean {
  return title !== UNNAMED;
}
