import { type AnyRoute, createRoute, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ErrorsPage } from './errors-page.tsx';
import { ErrorsSearch } from './search.ts';

/** `/errors`. */
export function errorsRoutes<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/errors',
      validateSearch: ErrorsSearch,
      component: Errors,
    }),
  ] as const;
}

function Errors() {
  const search: unknown = useSearch({ strict: false });
  return <ErrorsPage search={useMemo(() => ErrorsSearch.parse(search), [search])} />;
}
