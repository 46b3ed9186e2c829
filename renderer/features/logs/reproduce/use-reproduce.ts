import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { StartReproduction } from '../../../../core/contract/reproduction.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';

export interface Reproducing {
  readonly doing: Doing;
  /** Starts one and goes to its page; false where that failed, or where whoever asked has left: then it does not go on answering. */
  readonly start: (asked: StartReproduction) => Promise<boolean>;
}

/** One click from a log to a server that answers as its recorded side did. */
export function useReproduce(): Reproducing {
  const client = useClient();
  const queries = useQueryClient();
  const go = useNavigate();
  const doing = useDoing();
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  return {
    doing,
    start: async asked => {
      const begun = await doing.run(() => client.logs.reproductions.start(asked));
      if (begun === undefined) return false;
      await queries.invalidateQueries({ queryKey: keys.logs });
      if (left.current) {
        await doing.run(() => client.logs.reproductions.stop({ id: begun.id }));
        return false;
      }
      void go({ to: '/logs/reproductions/$reproduction', params: { reproduction: begun.id } });
      return true;
    },
  };
}
