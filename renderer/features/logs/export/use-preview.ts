import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { LogExport, LogPreview } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import { useEvents } from '../../../bridge/events.ts';
import { Refresher } from '../../../bridge/refresher.ts';
import { useSettled } from '../../../ui/use-settled.ts';

/** Whoever types or switches is not looked after at each change. */
const CHANGED_MS = 350;
/** Between two looks at what was empty. */
const RECORDED_MS = 1000;

export interface PreviewRun {
  readonly data: LogPreview | undefined;
  readonly error: unknown;
  /** It is being looked at, or about to be. */
  readonly busy: boolean;
  /** What is shown is of what was asked before. */
  readonly behind: boolean;
  /** Looking was stopped by hand. */
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly again: () => void;
}

/**
 * What would go into the file, looked at whenever something else is asked for, and where there is `nothing` whenever something
 * is recorded. It is never kept: traffic goes on.
 */
export function usePreview(asked: LogExport | undefined, nothing: (preview: LogPreview) => boolean): PreviewRun {
  const client = useClient();
  const queries = useQueryClient();
  // The same one while it says the same.
  const text = asked === undefined ? undefined : JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what it says.
  const wanted = useMemo(() => asked, [text]);
  const settled = useSettled(wanted, CHANGED_MS);
  const [stopped, setStopped] = useState<LogExport>();
  const queryKey = useMemo(() => ['log-preview', settled], [settled]);
  const held = settled !== undefined && stopped === settled;
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      if (settled === undefined) throw new Error('a preview of nothing');
      return client.logs.preview(settled, { signal });
    },
    enabled: settled !== undefined && !held,
    placeholderData: previous => (settled === undefined ? undefined : previous),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const stop = useCallback(() => {
    setStopped(settled);
    void queries.cancelQueries({ queryKey });
  }, [queries, queryKey, settled]);
  const { refetch } = query;
  const [recorded] = useState(
    () => new Refresher(() => queries.invalidateQueries({ queryKey: ['log-preview'] }), RECORDED_MS),
  );
  useEvents(({ exchanges, objects, runs }) => {
    const more = exchanges !== undefined || objects.length > 0 || runs.length > 0;
    if (more && !held && query.data !== undefined && nothing(query.data)) recorded.tell();
  });
  const again = useCallback(() => {
    setStopped(undefined);
    void refetch();
  }, [refetch]);
  return {
    data: query.data,
    error: query.error,
    busy: !held && (query.isFetching || wanted !== settled),
    behind: query.isPlaceholderData || wanted !== settled,
    stopped: held,
    stop,
    again,
  };
}
