/** Works through a list, several items at once; the first failure ends it, after what was under way has ended. */
export async function inLanes<T, R>(
  items: readonly T[],
  work: (item: T, i: number) => Promise<R>,
  width = 8,
): Promise<R[]> {
  const results: R[] = new Array<R>(items.length);
  const queue = items.entries();
  let isFailed = false;
  const lane = async (): Promise<void> => {
    for (const [i, item] of queue) {
      if (isFailed) return;
      try {
        results[i] = await work(item, i);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return results;
}
