import { useQuery } from '@tanstack/react-query';
import type { LinkEndpoint } from '../../../../core/contract/link.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { endpointsIn } from './told-endpoints.ts';

export interface Told {
  readonly endpoints: readonly LinkEndpoint[];
  /** When the partner read them, RFC 3339. */
  readonly at: string;
}

const LOOKED_THROUGH = 100;

/**
 * What the partner was told of our endpoints: our own recorded answer to its last call for the details of the agreed
 * version. Null where it never asked.
 */
export function useToldEndpoints({ name, version }: Pick<LinkView, 'name' | 'version'>): Told | null | undefined {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.exchanges, 'told endpoints', name, version ?? null],
    queryFn: async ({ signal }) => {
      const conditions = { link: name, module: 'versions', direction: 'in', limit: LOOKED_THROUGH } as const;
      const asked = await client.exchanges.list(conditions, { signal });
      const last = asked.find(
        one =>
          one.operation === 'versions.details' &&
          one.httpStatus === 200 &&
          (version === undefined || one.version === version),
      );
      if (last === undefined) return null;
      const { response } = await client.exchanges.get({ id: last.id }, { signal });
      const endpoints = endpointsIn(response?.body.text ?? null);
      return endpoints === undefined ? null : { endpoints, at: last.at };
    },
  }).data;
}
