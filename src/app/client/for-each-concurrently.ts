/**
 * Runs `work` on every item, at most `concurrency` at a time, taking items only as they are needed. The first
 * failure aborts the signal, waits until all work has stopped, and is thrown.
 */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async () => {
    try {
      while (!controller.signal.aborted) {
        const { done, value } = await iterator.next();
        if (done) return;
        await work(value, controller.signal);
      }
    } catch (error) {
      failures.push(error);
      controller.abort();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await iterator.return?.();
  if (failures.length > 0) throw failures[0];
}
