import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { LogProgress } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';

export interface Removal {
  readonly running: boolean;
  readonly progress: LogProgress | undefined;
  readonly failure: ShownFailure | undefined;
  readonly begin: () => void;
  readonly cancel: () => void;
}

/** Takes a log with all that stands under it out of the database; then there is nothing left to be shown. */
export function useRemoval(logId: number): Removal {
  const client = useClient();
  const queries = useQueryClient();
  const go = useNavigate();
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<LogProgress>();
  const [failure, setFailure] = useState<ShownFailure>();
  const ended = useRef<AbortController>(undefined);
  useEffect(() => () => ended.current?.abort(), []);
  const begin = async () => {
    const controller = new AbortController();
    ended.current = controller;
    setRunning(true);
    setProgress(undefined);
    setFailure(undefined);
    try {
      for await (const step of await client.logs.remove({ logId }, { signal: controller.signal })) {
        if (step.kind === 'progress') {
          setProgress(step);
          continue;
        }
        await queries.invalidateQueries({ queryKey: [...keys.logs, 'list'] });
        await go({ to: '/logs' });
        return;
      }
    } catch (error) {
      if (!controller.signal.aborted) setFailure(failureOf(error));
    } finally {
      setRunning(false);
    }
  };
  return {
    running,
    progress,
    failure,
    begin: () => void begin(),
    cancel: () => ended.current?.abort(),
  };
}
