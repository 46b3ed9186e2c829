import { type AnyRoute, createRoute, useParams, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { HealthSearch, LocationHealthSearch } from './search.ts';

/** Loaded when they are looked at. */
const HealthPage = lazy(async () => ({ default: (await import('./health-page.tsx')).HealthPage }));
const LinkPage = lazy(async () => ({ default: (await import('./link/link-health-page.tsx')).LinkHealthPage }));
const LocationPage = lazy(async () => ({
  default: (await import('./location/location-health-page.tsx')).LocationHealthPage,
}));

/** `/health`, `/health/links/NAME`, `/health/locations/LINK/PARTY/ID`. */
export function healthRoutes<Parent extends AnyRoute>(parent: Parent) {
  const area = createRoute({
    getParentRoute: () => parent,
    path: '/health',
    validateSearch: HealthSearch,
    component: function Area() {
      const search = useSearch({ from: '/health' });
      return <Waiting>{<HealthPage search={search} />}</Waiting>;
    },
  });
  const link = createRoute({
    getParentRoute: () => parent,
    path: '/health/links/$name',
    component: function OneLink() {
      const { name } = useParams({ from: '/health/links/$name' });
      return <Waiting>{<LinkPage key={name} name={name} />}</Waiting>;
    },
  });
  const location = createRoute({
    getParentRoute: () => parent,
    path: '/health/locations/$link/$party/$id',
    validateSearch: LocationHealthSearch,
    component: function OneLocation() {
      const { link, party, id } = useParams({ from: '/health/locations/$link/$party/$id' });
      const search = useSearch({ from: '/health/locations/$link/$party/$id' });
      return (
        <Waiting>
          {<LocationPage key={`${link} ${party} ${id}`} link={link} party={party} id={id} search={search} />}
        </Waiting>
      );
    },
  });
  return [area, link, location] as const;
}

function Waiting({ children }: { readonly children: ReactNode }) {
  const t = useTexts('health');
  return <Suspense fallback={<Loading text={t('loading')} />}>{children}</Suspense>;
}
