import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { timedRows } from './support/controls.ts';
import { visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const HAR = join(import.meta.dirname, '..', 'fixtures', 'traffic', 'volta.har');
const rows = (ui: Page) => timedRows(ui, 'Traffic');
const dialog = (ui: Page) => ui.getByRole('dialog', { name: 'Import traffic' });

test.describe('traffic recorded elsewhere', () => {
  test('a HAR is imported, with what was recognised and what was not, and is what the table shows then', async ({
    ui,
  }) => {
    await visit(ui, '/traffic');
    await ui.getByRole('button', { name: 'Import' }).first().click();
    await ui.locator('input[type=file]').setInputFiles(HAR);
    await expect(dialog(ui)).toContainText('3 exchanges read from a HAR. 2 of them recognised as OCPI.');
    await expect(dialog(ui)).toContainText('1 entry could not be read');
    await expect(dialog(ui).getByRole('listitem')).toContainText('log.entries[2]');
    await expectAccessible(ui);
    await dialog(ui).getByRole('button', { name: 'Show them' }).click();
    await expect(ui.getByRole('button', { name: 'Remove link:volta' })).toBeVisible();
    await expect(rows(ui)).toHaveCount(3);
    await expect(rows(ui).nth(1)).toContainText('session, put');
    await expect(rows(ui).nth(1)).toContainText('2001');
    await expect(rows(ui).nth(2)).toContainText('locations, list');
  });

  test('a file that was cut says where it ends, and nothing is stored of it', async ({ ui }) => {
    await visit(ui, '/traffic');
    await ui.getByRole('button', { name: 'Import' }).first().click();
    const buffer = readFileSync(HAR).subarray(0, 700);
    await ui.locator('input[type=file]').setInputFiles({ name: 'cut.har', mimeType: 'application/json', buffer });
    await expect(dialog(ui).getByRole('alert')).toContainText(/cut\.har cannot be imported: .*line \d+/);
    await dialog(ui).getByRole('button', { name: 'Close' }).last().click();
    await expect(ui.getByRole('heading', { name: 'No traffic yet' })).toBeVisible();
  });

  test('a file dropped on the window and a pasted curl command are imported too', async ({ ui }) => {
    await visit(ui, '/traffic');
    await expect(ui.getByRole('heading', { name: 'No traffic yet' })).toBeVisible();
    await ui.evaluate(
      text => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'dropped.har'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      readFileSync(HAR, 'utf8'),
    );
    await expect(dialog(ui)).toContainText('3 exchanges read');
    await dialog(ui).getByRole('button', { name: 'Show them' }).click();
    await ui.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', "curl -H 'Authorization: Token abc' https://cpo.example/ocpi/2.2.1/cdrs?limit=7");
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect(dialog(ui)).toContainText('1 exchange read from curl. 1 of them recognised as OCPI.');
    await dialog(ui).getByRole('button', { name: 'Show them' }).click();
    await expect(rows(ui)).toHaveCount(1);
    await expect(rows(ui)).toContainText('/ocpi/2.2.1/cdrs?limit=7');
  });
});
