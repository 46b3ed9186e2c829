import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { StoredObject } from '../../../core/contract/objects.ts';
import { positionOf } from '../../../core/ocpi/geo-location.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import type { LocationName } from './search.ts';

export interface SelectedLocation {
  readonly object: StoredObject | undefined;
  readonly position: readonly [number, number] | undefined;
}

/** The object behind a selection; nothing where it is gone. */
export function useSelected(name: LocationName | undefined): SelectedLocation {
  const client = useClient();
  const { data } = useQuery({
    queryKey: [...keys.objects(name?.link, 'locations'), 'one', name?.party, name?.id],
    enabled: name !== undefined,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      client.objects.get(
        { name: name?.link ?? '', module: 'locations', id: name?.id ?? '', ...(name?.party && { party: name.party }) },
        { signal },
      ),
  });
  const object = name === undefined ? undefined : data;
  return useMemo(() => ({ object, position: object && positionOf(object.object) }), [object]);
}
