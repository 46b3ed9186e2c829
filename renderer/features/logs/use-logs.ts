import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';

/** Newest first. */
export function useImportedLogs() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.logs, 'list'],
    queryFn: ({ signal }) => client.logs.list(undefined, { signal }),
    select: logs => logs.toSorted((left, right) => right.logId - left.logId),
  });
}

export function useImportedLog(logId: number) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.logs, 'one', logId],
    queryFn: ({ signal }) => client.logs.get({ logId }, { signal }),
  });
}

/** Those that serve first, then the latest. */
export function useReproductions() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.logs, 'reproductions'],
    queryFn: ({ signal }) => client.logs.reproductions.list(undefined, { signal }),
    select: all =>
      all.toSorted(
        (left, right) =>
          Number(right.state === 'serving') - Number(left.state === 'serving') ||
          right.startedAt.localeCompare(left.startedAt),
      ),
  });
}

/** The file that this workbench shows; null where it has a database of its own. */
export function useViewing() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.logs, 'viewing'],
    queryFn: ({ signal }) => client.logs.viewing(undefined, { signal }),
  });
}
