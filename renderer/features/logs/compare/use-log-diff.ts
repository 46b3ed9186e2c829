import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import type { CompareSearch } from '../search.ts';

/** Two imported logs against each other; nothing while one of them is not chosen. What was imported never changes. */
export function useLogDiff({ a, b, linkA, linkB, ...search }: CompareSearch) {
  const strict = search.strict === true;
  const client = useClient();
  return useQuery({
    queryKey: ['log-diff', a, b, linkA, linkB, strict],
    queryFn: ({ signal }) => {
      if (a === undefined || b === undefined) throw new Error('a comparison of fewer than two');
      const asked = {
        a: { logId: a },
        b: { logId: b },
        strict,
        ...(linkA !== undefined && { linkA }),
        ...(linkB !== undefined && { linkB }),
      };
      return client.logs.diff(asked, { signal });
    },
    enabled: a !== undefined && b !== undefined && a !== b,
    retry: false,
  });
}
