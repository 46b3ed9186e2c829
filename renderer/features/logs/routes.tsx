import { type AnyRoute, createRoute, useParams, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { CompareSearch, ExportSearch, LogsSearch, ReproductionSearch } from './search.ts';

/** Loaded when they are looked at. */
const LogsPage = lazy(async () => ({ default: (await import('./overview/logs-page.tsx')).LogsPage }));
const ExportPage = lazy(async () => ({ default: (await import('./export/export-page.tsx')).ExportPage }));
const ComparePage = lazy(async () => ({ default: (await import('./compare/compare-page.tsx')).ComparePage }));
const LogPage = lazy(async () => ({ default: (await import('./log/log-page.tsx')).LogPage }));
const ReproductionPage = lazy(async () => ({
  default: (await import('./reproduce/reproduction-page.tsx')).ReproductionPage,
}));

/** `/logs`, `/logs/export`, `/logs/compare`, `/logs/reproductions/ID`, `/logs/LOG`. */
export function logsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const overview = createRoute({
    getParentRoute: () => parent,
    path: '/logs',
    validateSearch: LogsSearch,
    component: function Overview() {
      const search = useSearch({ from: '/logs' });
      return <Waiting>{<LogsPage search={search} />}</Waiting>;
    },
  });
  const exporting = createRoute({
    getParentRoute: () => parent,
    path: '/logs/export',
    validateSearch: ExportSearch,
    component: function Exporting() {
      const search = useSearch({ from: '/logs/export' });
      return <Waiting>{<ExportPage search={search} />}</Waiting>;
    },
  });
  const comparing = createRoute({
    getParentRoute: () => parent,
    path: '/logs/compare',
    validateSearch: CompareSearch,
    component: function Comparing() {
      const search = useSearch({ from: '/logs/compare' });
      return <Waiting>{<ComparePage search={search} />}</Waiting>;
    },
  });
  const reproduction = createRoute({
    getParentRoute: () => parent,
    path: '/logs/reproductions/$reproduction',
    validateSearch: ReproductionSearch,
    component: function OneReproduction() {
      const { reproduction: id } = useParams({ from: '/logs/reproductions/$reproduction' });
      const { request } = useSearch({ from: '/logs/reproductions/$reproduction' });
      return <Waiting>{<ReproductionPage key={id} id={id} request={request} />}</Waiting>;
    },
  });
  const log = createRoute({
    getParentRoute: () => parent,
    path: '/logs/$log',
    component: function OneLog() {
      const { log: id } = useParams({ from: '/logs/$log' });
      return <Waiting>{<LogPage key={id} name={id} />}</Waiting>;
    },
  });
  return [overview, exporting, comparing, reproduction, log] as const;
}

function Waiting({ children }: { readonly children: ReactNode }) {
  const t = useTexts('logs');
  return <Suspense fallback={<Loading text={t('loading')} />}>{children}</Suspense>;
}
