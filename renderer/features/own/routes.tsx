import { type AnyRoute, createRoute, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { OwnSearch } from './search.ts';

const OwnPage = lazy(async () => ({ default: (await import('./own-page.tsx')).OwnPage }));

export function ownRoutes<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({ getParentRoute: () => parent, path: '/own', validateSearch: OwnSearch, component: Own }),
  ] as const;
}

function Own() {
  const t = useTexts('own');
  const search: unknown = useSearch({ strict: false });
  return (
    <Suspense fallback={<Loading text={t('loading')} />}>
      <OwnPage search={useMemo(() => OwnSearch.parse(search), [search])} />
    </Suspense>
  );
}
