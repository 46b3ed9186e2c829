import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ExchangeConditions } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { useEvents } from '../../../bridge/events.ts';
import { conditionsKey } from '../../../exchange-filter/conditions.ts';
import { LiveRows, type LiveState } from './live-rows.ts';

/**
 * The table of what fits, newest first; it grows while `following`. Who shows some of it asks `useLiveState`, so that
 * nothing else is drawn anew a few times a second.
 */
export function useLiveRows(conditions: ExchangeConditions, following: boolean): LiveRows {
  const client = useClient();
  const [live] = useState(
    () =>
      new LiveRows({
        page: (input, signal) => client.exchanges.page(input, { signal }),
        count: (input, signal) => client.exchanges.count(input, { signal }),
      }),
  );
  const key = conditionsKey(conditions);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the conditions.
  useEffect(() => live.show(key, conditions), [live, key]);
  useEffect(() => live.follow(following), [live, following]);
  useEffect(() => () => live.end(), [live]);
  useEvents(({ exchanges, refetch }) => {
    if (exchanges !== undefined || refetch) live.happened();
  });
  return live;
}

export function useLiveState(live: LiveRows): LiveState {
  return useSyncExternalStore(live.subscribe, live.state);
}
