import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** What is to be done with a file. */
export const dialog = (ui: Page) => ui.getByRole('dialog', { name: 'Open a session log' });

/** Requests and their answers, in the table of Traffic. */
export const rows = (ui: Page) =>
  ui
    .getByRole('grid', { name: 'Traffic' })
    .getByRole('row')
    .filter({ has: ui.locator('time') });

/** What a reproduction was asked. */
export const requests = (ui: Page) =>
  ui
    .getByRole('grid', { name: 'Requests' })
    .getByRole('row')
    .filter({ has: ui.locator('time') });

/** Drops a file on the window as a person does. */
export async function drop(ui: Page, name: string, bytes: Buffer): Promise<void> {
  await ui.evaluate(
    ([called, base64]) => {
      const content = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([content], called));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, bytes.toString('base64')] as const,
  );
}

/** Presses Export and catches what the browser saves. */
export async function exported(ui: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const saving = ui.waitForEvent('download');
  await ui.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await saving;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}
