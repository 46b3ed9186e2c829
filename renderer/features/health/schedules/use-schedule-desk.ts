import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PulledModule } from '../../../../core/contract/objects.ts';
import type { SetSchedule } from '../../../../core/contract/pulls.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';

export interface BegunPull {
  readonly runId: number;
  readonly link: string;
  readonly module: PulledModule;
}

export interface ScheduleDesk {
  readonly doing: Doing;
  /** Pulls that were begun here, until they are put away. */
  readonly begun: readonly BegunPull[];
  /** True where it was done. */
  readonly set: (schedule: SetSchedule) => Promise<boolean>;
  readonly pullNow: (link: string, module: PulledModule) => Promise<void>;
  readonly putAway: (runId: number) => void;
}

/** Sets and ends schedules, and pulls without waiting for them. */
export function useScheduleDesk(): ScheduleDesk {
  const client = useClient();
  const queries = useQueryClient();
  const doing = useDoing();
  const [begun, setBegun] = useState<readonly BegunPull[]>([]);
  return {
    doing,
    begun,
    set: async schedule => {
      const all = await doing.run(() => client.pulls.schedule(schedule));
      if (all === undefined) return false;
      queries.setQueryData([...keys.pulls, 'schedules'], all);
      void queries.invalidateQueries({ queryKey: keys.healthFigures });
      return true;
    },
    pullNow: async (link, module) => {
      const started = await doing.run(() => client.pulls.start({ name: link, module }));
      if (started !== undefined) setBegun(all => [{ runId: started.runId, link, module }, ...all]);
      void queries.invalidateQueries({ queryKey: keys.runs });
    },
    putAway: runId => setBegun(all => all.filter(pull => pull.runId !== runId)),
  };
}
