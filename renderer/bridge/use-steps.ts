import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogProgress } from '../../core/contract/session-log.ts';
import { failureOf, type ShownFailure } from './failure.ts';

export type StepsState<Result> =
  | { readonly step: 'none' }
  | { readonly step: 'running'; readonly progress: LogProgress | undefined }
  | { readonly step: 'stopped' }
  | { readonly step: 'failed'; readonly failure: ShownFailure }
  | { readonly step: 'done'; readonly result: Result };

/** Answers with its progress, and at the end with what came of it; the signal cancels it. */
export type Stepping<Result> = (signal: AbortSignal) => Promise<AsyncIterable<LogProgress | Result>>;

export interface Steps<Result> {
  readonly state: StepsState<Result>;
  /** Resolves when it has ended, however it did; only what came of it is given to `then`. */
  readonly begin: (stepping: Stepping<Result>, then?: (result: Result) => unknown) => Promise<void>;
  readonly stop: () => void;
}

/** Something that takes long, as it goes. Who leaves the page listens to it no longer, which cancels what can be cancelled. */
export function useSteps<Result extends { readonly kind: string }>(): Steps<Result> {
  const [state, setState] = useState<StepsState<Result>>({ step: 'none' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const begin = useCallback(async (stepping: Stepping<Result>, then?: (result: Result) => unknown) => {
    running.current?.abort();
    const ended = new AbortController();
    running.current = ended;
    const { signal } = ended;
    setState({ step: 'running', progress: undefined });
    try {
      for await (const step of await stepping(signal)) {
        if (isProgress(step)) {
          if (!signal.aborted) setState({ step: 'running', progress: step });
          continue;
        }
        await then?.(step);
        setState({ step: 'done', result: step });
        return;
      }
      // What stops may end without a word.
      if (!signal.aborted) throw new Error('it ended without a word');
    } catch (error) {
      if (!signal.aborted) setState({ step: 'failed', failure: failureOf(error) });
    }
    if (signal.aborted && running.current === ended) setState({ step: 'stopped' });
  }, []);
  const stop = useCallback(() => running.current?.abort(), []);
  return { state, begin, stop };
}

function isProgress(step: { readonly kind: string }): step is LogProgress {
  return step.kind === 'progress';
}
