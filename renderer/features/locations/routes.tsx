import { type AnyRoute, createRoute, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { printToken } from '../../ui/filter-text.ts';
import { LocationRoute } from './detail/location-route.tsx';
import { LocationsPage } from './locations-page.tsx';
import { BrowseSearch, LocationSearch } from './search.ts';

/** `/locations`, `/locations/LINK/ID`. */
export function locationsRoutes<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/locations',
      validateSearch: BrowseSearch,
      component: Locations,
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/locations/$link/$id',
      validateSearch: LocationSearch,
      component: Location,
    }),
  ] as const;
}

function Locations() {
  const search: unknown = useSearch({ strict: false });
  return <LocationsPage search={useMemo(() => browseSearch(search), [search])} />;
}

function browseSearch(search: unknown): BrowseSearch {
  const { link, q, ...rest } = BrowseSearch.parse(search);
  const filter = q ?? (link === undefined ? undefined : printToken({ name: 'link', value: link }));
  return { ...rest, ...(filter !== undefined && { q: filter }) };
}

function Location() {
  const { link = '', id = '' } = useParams({ strict: false });
  const search: unknown = useSearch({ strict: false });
  return <LocationRoute link={link} id={id} search={useMemo(() => LocationSearch.parse(search), [search])} />;
}
