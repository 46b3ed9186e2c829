import { type AnyRoute, createRoute } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { FaultsSearch } from './search.ts';

/** Brings the catalogue of operations along: loaded when it is looked at. */
const FaultsPage = lazy(async () => ({ default: (await import('./faults-page.tsx')).FaultsPage }));

/** `/faults`. */
export function faultsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const faults = createRoute({
    getParentRoute: () => parent,
    path: '/faults',
    validateSearch: FaultsSearch,
    component: function Faults() {
      const t = useTexts('faults');
      return (
        <Suspense fallback={<Loading text={t('loading')} />}>
          <FaultsPage search={faults.useSearch()} />
        </Suspense>
      );
    },
  });
  return [faults] as const;
}
