import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LocationsHealthInput } from '../../../core/contract/health.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { usePages } from '../../bridge/use-pages.ts';

/** Figures age without anything being said. */
const AGED_MS = 30_000;
/** While something is still being counted. */
const BEHIND_MS = 1000;
/** As many open notices as are at hand at once, the newest ones. */
const OPEN = 200;

/** How all links are, or one. */
export function useLinksHealth(link?: string) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.healthFigures, 'links', link ?? null],
    queryFn: ({ signal }) => client.health.links(link === undefined ? {} : { link }, { signal }),
    refetchInterval: query => ((query.state.data?.behind ?? 0) > 0 ? BEHIND_MS : AGED_MS),
  });
}

export type LocationsFilter = Pick<LocationsHealthInput, 'link' | 'search' | 'only' | 'hours' | 'order'>;

/** How many locations fit, and their lines by position; asked for anew when something changed. */
export function useLocationsHealth(filter: LocationsFilter) {
  const client = useClient();
  return usePages({
    key: [...keys.healthFigures, 'locations'],
    conditions: filter,
    ask: (place, signal) => client.health.locations({ ...filter, ...place }, { signal }),
    refetchInterval: last => ((last?.behind ?? 0) > 0 ? BEHIND_MS : AGED_MS),
  });
}

/** One location with what its EVSEs said over time. */
export function useLocationHealth(
  name: { readonly link: string; readonly party?: string; readonly id: string },
  hours: number,
) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.healthFigures, 'location', name, hours],
    queryFn: ({ signal }) => client.health.location({ ...name, hours }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: AGED_MS,
  });
}

/** What is over its threshold now: on every view. */
export function useOpenNotices() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.health, 'notices', 'open'],
    queryFn: ({ signal }) => client.health.notices({ open: true, limit: OPEN }, { signal }),
  });
}

export interface NoticesFilter {
  readonly open: boolean;
  readonly link?: string;
}

/** How many notices fit, and they by position, the newest first. */
export function useNotices(filter: NoticesFilter) {
  const client = useClient();
  return usePages({
    key: [...keys.health, 'notices', 'count'],
    conditions: filter,
    ask: async (place, signal) => {
      const { notices, ...counted } = await client.health.notices({ ...filter, ...place }, { signal });
      return { ...counted, rows: notices };
    },
    quiet: true,
  });
}

/** General ones, or those that hold for a link with what it has of its own. */
export function useThresholds(link?: string) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.health, 'thresholds', link ?? null],
    queryFn: ({ signal }) => client.health.thresholds(link === undefined ? {} : { link }, { signal }),
  });
}

export function useSchedules() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.pulls, 'schedules'],
    queryFn: ({ signal }) => client.pulls.schedules(undefined, { signal }),
  });
}
