import { type AnyRoute, createRoute, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { ChargeSearch, ChargesSearch, ReportsSearch } from './search.ts';

/** Loaded when they are looked at. */
const ReportsPage = lazy(async () => ({ default: (await import('./reports-page.tsx')).ReportsPage }));
const ChargesPage = lazy(async () => ({ default: (await import('./charges/charges-page.tsx')).ChargesPage }));
const ChargePage = lazy(async () => ({ default: (await import('./charge/charge-page.tsx')).ChargePage }));

/** `/reports`, `/reports/charges`, `/reports/charge`. */
export function reportsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const overview = createRoute({
    getParentRoute: () => parent,
    path: '/reports',
    validateSearch: ReportsSearch,
    component: function Overview() {
      const search = useSearch({ from: '/reports' });
      return <Waiting>{<ReportsPage search={search} />}</Waiting>;
    },
  });
  const charges = createRoute({
    getParentRoute: () => parent,
    path: '/reports/charges',
    validateSearch: ChargesSearch,
    component: function Charges() {
      const search = useSearch({ from: '/reports/charges' });
      return <Waiting>{<ChargesPage search={search} />}</Waiting>;
    },
  });
  const charge = createRoute({
    getParentRoute: () => parent,
    path: '/reports/charge',
    validateSearch: ChargeSearch,
    component: function Charge() {
      const search = useSearch({ from: '/reports/charge' });
      const { kind, link, party, id } = search;
      return <Waiting>{<ChargePage key={[kind, link, party, id].join(' ')} search={search} />}</Waiting>;
    },
  });
  return [overview, charges, charge] as const;
}

function Waiting({ children }: { readonly children: ReactNode }) {
  const t = useTexts('reports');
  return <Suspense fallback={<Loading text={t('loading')} />}>{children}</Suspense>;
}
