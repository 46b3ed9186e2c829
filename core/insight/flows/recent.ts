/**
 * A map that forgets: the `most` entries that were put last are there, and at most as many older ones. Kept in two
 * generations, since taking the oldest out of one large map costs more the more were taken out before.
 */
export interface Recent<V> {
  get(key: string): V | undefined;
  /** Puts it among the youngest. */
  set(key: string, value: V): void;
  delete(key: string): void;
  values(): IterableIterator<V>;
  clear(): void;
}

export function createRecent<V>(most: number): Recent<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  return {
    get: key => young.get(key) ?? old.get(key),
    set(key, value) {
      if (old.size > 0) old.delete(key);
      young.set(key, value);
      if (young.size < most) return;
      old = young;
      young = new Map();
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
    *values() {
      yield* old.values();
      yield* young.values();
    },
    clear() {
      young.clear();
      old.clear();
    },
  };
}
