import { useQuery } from '@tanstack/react-query';
import type { PulledModule } from '../../../core/contract/objects.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';

/** How much is stored of which link. */
export interface ListCounts {
  /** False until it is known. */
  readonly known: boolean;
  of(link: string, module: PulledModule): number;
  /** Of all links. */
  all(module: PulledModule): number;
}

export function useLists(): ListCounts {
  const client = useClient();
  const { data } = useQuery({
    queryKey: [...keys.objects(), 'lists'],
    queryFn: ({ signal }) => client.objects.lists(undefined, { signal }),
  });
  const lists = data ?? [];
  return {
    known: data !== undefined,
    of: (link, module) => lists.find(list => list.link === link && list.module === module)?.objects ?? 0,
    all: module => lists.filter(list => list.module === module).reduce((sum, { objects }) => sum + objects, 0),
  };
}
