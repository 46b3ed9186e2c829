import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { timedRows } from './controls.ts';

/** What is to be done with a file. */
export const dialog = (ui: Page) => ui.getByRole('dialog', { name: 'Open a session log' });

/** Requests and their answers, in the table of Traffic. */
export const rows = (ui: Page) => timedRows(ui, 'Traffic');

/** What a reproduction was asked. */
export const requests = (ui: Page) => timedRows(ui, 'Requests');

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

/** Drops a session log and has it imported beside what is there. */
export async function importHere(ui: Page, name: string, bytes: Buffer): Promise<void> {
  await drop(ui, name, bytes);
  await dialog(ui)
    .getByRole('button', { name: /^Import here/ })
    .click();
}

/** Presses Export and catches what the browser saves. */
export async function exported(ui: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const saving = ui.waitForEvent('download');
  await ui.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await saving;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}
