export type OnTrouble = (what: string, error: unknown) => void;

/** Faults are extras: where one of ours throws, that is a bug to be told, and the exchange goes on without them. */
export function guarded<T, U>(work: () => T, otherwise: U, onTrouble: OnTrouble): T | U {
  try {
    return work();
  } catch (error) {
    onTrouble('fault rules failed', error);
    return otherwise;
  }
}
