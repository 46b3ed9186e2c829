import { createHashHistory, createRootRoute, createRouter } from '@tanstack/react-router';
import { errorsRoutes } from '../features/errors/routes.tsx';
import { faultsRoutes } from '../features/faults/routes.tsx';
import { healthRoutes } from '../features/health/routes.tsx';
import { locationsRoutes } from '../features/locations/routes.tsx';
import { logsRoutes } from '../features/logs/routes.tsx';
import { ownRoutes } from '../features/own/routes.tsx';
import { partnersRoutes } from '../features/partners/routes.tsx';
import { replayRoutes } from '../features/replay/routes.tsx';
import { reportsRoutes } from '../features/reports/routes.tsx';
import { sendRoutes } from '../features/send/routes.tsx';
import { settingsRoutes } from '../features/settings/routes.tsx';
import { startRoutes } from '../features/start/routes.tsx';
import { trafficRoutes } from '../features/traffic/routes.tsx';
import { transactionsRoutes } from '../features/transactions/routes.tsx';
import { Crash } from './crash.tsx';
import { Missing } from './missing.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: Missing });

const tree = root.addChildren([
  ...startRoutes(root),
  ...partnersRoutes(root),
  ...trafficRoutes(root),
  ...locationsRoutes(root),
  ...transactionsRoutes(root),
  ...reportsRoutes(root),
  ...healthRoutes(root),
  ...errorsRoutes(root),
  ...ownRoutes(root),
  ...sendRoutes(root),
  ...replayRoutes(root),
  ...faultsRoutes(root),
  ...logsRoutes(root),
  ...settingsRoutes(root),
]);

/** Every view is an address behind the hash. */
export const router = createRouter({
  routeTree: tree,
  history: createHashHistory(),
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: Missing,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
