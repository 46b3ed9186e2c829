import { useCallback, useState } from 'react';
import { failureOf, type ShownFailure } from './failure.ts';

/** One thing at a time that may fail: what is under way, and what went wrong with the last one. */
export interface Doing {
  readonly busy: boolean;
  readonly failure: ShownFailure | undefined;
  readonly dismiss: () => void;
  /** What the work came to; undefined where it failed. */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result | undefined>;
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ShownFailure>();
  const run = useCallback(async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    setBusy(true);
    setFailure(undefined);
    try {
      return await work();
    } catch (error) {
      setFailure(failureOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  const dismiss = useCallback(() => setFailure(undefined), []);
  return { busy, failure, dismiss, run };
}
