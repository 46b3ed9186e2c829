import type { Page } from '@playwright/test';

export const button = (ui: Page, name: string | RegExp) => ui.getByRole('button', { name, exact: true });

/** The filter bar, whether it proposes something or not. */
export const filter = (ui: Page) =>
  ui.getByRole('textbox', { name: 'Filter' }).or(ui.getByRole('combobox', { name: 'Filter' }));

/** Lines of a table that say when something was: not its head. */
export const timedRows = (ui: Page, grid: string) =>
  ui
    .getByRole('grid', { name: grid })
    .getByRole('row')
    .filter({ has: ui.locator('time') });
