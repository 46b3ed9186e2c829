/** Runs what concerns one object in the order of arrival, and different objects side by side. */
export type ObjectQueue = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createObjectQueue(): ObjectQueue {
  const tails = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = tails.get(key);
    const result = before === undefined ? work() : before.then(work);
    // A bug in one of them is told to whoever asked for it, and does not stop those behind.
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return result;
  };
}
