import { type AnyRoute, createRoute, useParams, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { NewScenarioSearch, ReplaySearch, RunSearch } from './search.ts';

/** Loaded when they are looked at. */
const ReplayPage = lazy(async () => ({ default: (await import('./start/replay-page.tsx')).ReplayPage }));
const RunPage = lazy(async () => ({ default: (await import('./run/run-page.tsx')).RunPage }));
const ScenarioPage = lazy(async () => ({ default: (await import('./scenarios/scenario-page.tsx')).ScenarioPage }));
const NewScenario = lazy(async () => ({ default: (await import('./scenarios/new-scenario.tsx')).NewScenario }));

/** `/replay`, `/replay/RUN`, `/replay/scenarios` (a new one), `/replay/scenarios/NAME`. */
export function replayRoutes<Parent extends AnyRoute>(parent: Parent) {
  const start = createRoute({
    getParentRoute: () => parent,
    path: '/replay',
    validateSearch: ReplaySearch,
    component: function Start() {
      const search = useSearch({ from: '/replay' });
      return <Waiting>{<ReplayPage search={search} />}</Waiting>;
    },
  });
  const fresh = createRoute({
    getParentRoute: () => parent,
    path: '/replay/scenarios',
    validateSearch: NewScenarioSearch,
    component: function Fresh() {
      const { copy } = useSearch({ from: '/replay/scenarios' });
      return <Waiting>{<NewScenario key={copy} copy={copy} />}</Waiting>;
    },
  });
  const scenario = createRoute({
    getParentRoute: () => parent,
    path: '/replay/scenarios/$name',
    component: function OneScenario() {
      const { name } = useParams({ from: '/replay/scenarios/$name' });
      return <Waiting>{<ScenarioPage key={name} name={name} />}</Waiting>;
    },
  });
  const run = createRoute({
    getParentRoute: () => parent,
    path: '/replay/$run',
    validateSearch: RunSearch,
    component: function OneRun() {
      const { run: id } = useParams({ from: '/replay/$run' });
      const search = useSearch({ from: '/replay/$run' });
      return <Waiting>{<RunPage key={id} name={id} search={search} />}</Waiting>;
    },
  });
  return [start, fresh, scenario, run] as const;
}

function Waiting({ children }: { readonly children: ReactNode }) {
  const t = useTexts('replay');
  return <Suspense fallback={<Loading text={t('loading')} />}>{children}</Suspense>;
}
