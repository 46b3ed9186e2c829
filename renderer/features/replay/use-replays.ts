import { useQuery } from '@tanstack/react-query';
import type { ReplayOptions, ReplayStepPage } from '../../../core/contract/replay.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';

const RECENT = 50;

/** Newest first. */
export function useRecentReplays() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.replays, 'list'],
    queryFn: ({ signal }) => client.replays.list({ limit: RECENT }, { signal }),
  });
}

/** A replay as it goes: anew whenever its run moved. */
export function useReplay(runId: number) {
  const client = useClient();
  return useQuery({
    queryKey: keys.replay(runId),
    queryFn: ({ signal }) => client.replays.get({ runId }, { signal }),
  });
}

/** How many steps are listed. */
export function useStepCount(runId: number, different: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.replay(runId), 'count', different],
    queryFn: ({ signal }): Promise<ReplayStepPage> =>
      client.replays.steps({ runId, limit: 1, ...(different && { different }) }, { signal }),
  });
}

export function useStepView(runId: number, no: number) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.replay(runId), 'step', no],
    queryFn: ({ signal }) => client.replays.stepView({ runId, no }, { signal }),
  });
}

export function useComparison(runId: number, earlier: number | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.replay(runId), 'compared', earlier],
    queryFn: ({ signal }) => client.replays.compare({ runId, earlier: earlier ?? 0 }, { signal }),
    enabled: earlier !== undefined,
  });
}

/** What would happen. It depends on the target as it is now: asked for anew whenever it is looked at. */
export function usePlan(options: ReplayOptions | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['replay-plan', options],
    queryFn: ({ signal }) => {
      if (options === undefined) throw new Error('a plan without options');
      return client.replays.plan(options, { signal });
    },
    enabled: options !== undefined,
    placeholderData: previous => (options === undefined ? undefined : previous),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

export function useScenarios() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.scenarios, 'list'],
    queryFn: ({ signal }) => client.replays.scenarios.list(undefined, { signal }),
  });
}

export function useScenario(name: string | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.scenarios, 'one', name],
    queryFn: ({ signal }) => client.replays.scenarios.get({ name: name ?? '' }, { signal }),
    enabled: name !== undefined,
  });
}
