import { useCallback, useState } from 'react';
import { failureOf, type ShownFailure } from '../../bridge/failure.ts';

/** One thing at a time that may fail: what is under way, and what went wrong with the last one. */
export interface Doing {
  readonly busy: boolean;
  readonly failure: ShownFailure | undefined;
  readonly dismiss: () => void;
  readonly run: (work: () => Promise<unknown>) => Promise<void>;
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ShownFailure>();
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  }, []);
  const dismiss = useCallback(() => setFailure(undefined), []);
  return { busy, failure, dismiss, run };
}
