import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';
import { stillHere } from '../../../ui/still-here.ts';
import { useScenarios } from '../use-replays.ts';
import { chargeAmong, readyForCharge } from './first-charge.ts';

export interface FirstCharge {
  readonly available: boolean;
  readonly begin: () => Promise<void>;
  readonly doing: Doing;
  /** The two could not be registered with each other. */
  readonly unlinked: boolean;
}

/** A whole charge with the built-in partner, which is started where it is not running: leads to the replay. */
export function useFirstCharge(): FirstCharge {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const doing = useDoing();
  const scenario = chargeAmong(useScenarios().data ?? []);
  const [unlinked, setUnlinked] = useState(false);
  const begin = async () => {
    if (scenario === undefined) return;
    const here = stillHere();
    const begun = await doing.run(async () => {
      const link = await readyForCharge(client);
      await queries.invalidateQueries({ queryKey: keys.platform });
      setUnlinked(link === undefined);
      if (link === undefined) return undefined;
      return client.replays.start({ to: link, source: { kind: 'scenario', name: scenario.name }, speed: 'fast' });
    });
    if (begun !== undefined && here()) await navigate({ to: '/replay/$run', params: { run: String(begun.runId) } });
  };
  return { available: scenario !== undefined, begin, doing, unlinked };
}
