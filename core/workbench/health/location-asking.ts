import type * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { EvseTimeline, LocationHealth, LocationsHealthInput } from '../../contract/health.ts';
import type { Link } from '../../contract/link.ts';
import type { History } from '../../history/history.ts';
import { evseLimits } from '../../insight/health/evse-limits.ts';
import type { KeptThresholds } from './kept-thresholds.ts';
import type { AskStatuses } from './status-asking.ts';
import type { LocationRow, NoticedLocation } from './status-messages.ts';

type LocationsInput = z.output<typeof LocationsHealthInput>;
export type LocationView = LocationHealth & { timelines: EvseTimeline[] };

/** How locations are. */
export interface LocationAsking {
  page(
    links: readonly Link[],
    input: LocationsInput,
    signal?: AbortSignal,
  ): Promise<Outcome<{ count: number; rows: LocationHealth[]; behind: number }>>;
  one(
    link: Link,
    input: { readonly id: string; readonly party?: string | undefined; readonly hours: number },
    signal?: AbortSignal,
  ): Promise<Outcome<LocationView>>;
}

export interface LocationAskingParts {
  readonly history: Pick<History, 'notices' | 'links'>;
  readonly thresholds: KeptThresholds;
  readonly askStatuses: AskStatuses;
  readonly clock: Pick<Clock, 'now'>;
}

const HOUR = 3_600_000;

export function createLocationAsking(parts: LocationAskingParts): LocationAsking {
  const { history, thresholds, askStatuses, clock } = parts;
  const asked = (links: readonly Link[], hours: number) => {
    const now = clock.now();
    const limitsOf = thresholds.reading();
    return {
      linkIds: links.map(({ id }) => id),
      now,
      from: now - hours * HOUR,
      stuckSince: links.map(({ id }) => [id, evseLimits(limitsOf(id), now).stuckSince] as const),
      noticed: links.flatMap(({ id }) => noticedOf(id)),
    };
  };
  const noticedOf = (linkId: number): NoticedLocation[] => {
    const counted = new Map<string, NoticedLocation>();
    for (const { party, location } of history.notices.open(linkId)) {
      if (party === null || location === null) continue;
      const key = `${party} ${location}`;
      counted.set(key, { linkId, party, location, notices: (counted.get(key)?.notices ?? 0) + 1 });
    }
    return [...counted.values()];
  };
  const named = <Row extends LocationRow>({ linkId, ...row }: Row) => ({
    link: history.links.nameOf(linkId) ?? '',
    ...row,
  });

  return {
    async page(links, { hours, search, only, order, offset, limit }, signal) {
      const question = { ...asked(links, hours), search: search ?? null, only: only ?? null, order, offset, limit };
      const answered = await askStatuses({ kind: 'statuses-locations', ...question }, signal);
      if (!answered.ok) return answered;
      const { answer, behind } = answered.value;
      if (answer.kind !== 'statuses-locations') throw new Error(`asked for locations, answered with ${answer.kind}`);
      return done({ count: answer.count, rows: answer.rows.map(named), behind });
    },
    async one(link, { id, party, hours }, signal) {
      const question = { ...asked([link], hours), id, party: party ?? null };
      const answered = await askStatuses({ kind: 'statuses-location', ...question }, signal);
      if (!answered.ok) return answered;
      const { answer } = answered.value;
      if (answer.kind !== 'statuses-location') throw new Error(`asked for a location, answered with ${answer.kind}`);
      if (answer.location !== null) return done(named(answer.location));
      const whose = party === undefined ? link.name : `${party} at ${link.name}`;
      return failed(
        'NOT_FOUND',
        `${whose} has no location "${id}"`,
        'Look for its id among the locations of the link.',
      );
    },
  };
}
