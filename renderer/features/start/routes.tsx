import { type AnyRoute, createRoute } from '@tanstack/react-router';
import { HomePage } from './home-page.tsx';
import { StartPage } from './start-page.tsx';

/** `/` leads on where there are links already; `/start` is the start screen at any time. */
export function startRoutes<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({ getParentRoute: () => parent, path: '/', component: HomePage }),
    createRoute({ getParentRoute: () => parent, path: '/start', component: StartPage }),
  ] as const;
}
