import { type AnyRoute, createRoute } from '@tanstack/react-router';
import { ComparePage } from './compare/compare-page.tsx';
import { CompareSearch, TrafficSearch } from './search.ts';
import { TrafficPage } from './traffic-page.tsx';

export function trafficRoutes<Parent extends AnyRoute>(parent: Parent) {
  const list = createRoute({
    getParentRoute: () => parent,
    path: '/traffic',
    validateSearch: TrafficSearch,
    component: function List() {
      return <TrafficPage search={list.useSearch()} />;
    },
  });
  const compare = createRoute({
    getParentRoute: () => parent,
    path: '/traffic/compare',
    validateSearch: CompareSearch,
    component: function Compare() {
      return <ComparePage {...compare.useSearch()} />;
    },
  });
  return [list, compare] as const;
}
