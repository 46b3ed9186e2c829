import { type AnyRoute, createRoute } from '@tanstack/react-router';
import { SettingsPage } from './settings-page.tsx';

export function settingsRoutes<Parent extends AnyRoute>(parent: Parent) {
  return [createRoute({ getParentRoute: () => parent, path: '/settings', component: SettingsPage })] as const;
}
