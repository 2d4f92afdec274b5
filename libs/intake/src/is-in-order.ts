/** Whether money is given in order of arrival, by the facts of a call. */
export function isInOrder(facts: Readonly<Record<string, unknown>>): boolean {
  return (facts['call'] as { announcesEach?: boolean } | undefined)?.announcesEach === true;
}
