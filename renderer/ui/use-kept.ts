import { useState } from 'react';

/** What was being written last, as long as the page is open. */
const kept = new Map<string, unknown>();

/**
 * As `useState`; the last value under a key is there again when one comes back, unless it is to begin `fresh`: one was led
 * here with something else to write. Undefined as a value: there is nothing to keep any more.
 */
export function useKept<T>(key: string, begin: () => T, fresh: boolean): readonly [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const before = fresh ? undefined : kept.get(key);
    const first = before === undefined ? begin() : (before as T);
    kept.set(key, first);
    return first;
  });
  const set = (next: T) => {
    kept.set(key, next);
    setValue(next);
  };
  return [value, set];
}
