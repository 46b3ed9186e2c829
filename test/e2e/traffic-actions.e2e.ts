import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { examined } from './support/calling.ts';
import { timedRows } from './support/controls.ts';
import { addLink, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');
const rows = (ui: Page) => timedRows(ui, 'Traffic');
const details = (ui: Page) => ui.getByRole('region', { name: 'Details of the exchange' });

test.describe('what is done with an exchange', () => {
  test('copied as curl, it is what wb curl prints; with the token only after a yes', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    await ui.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: workbench.origin });
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await examined(client, 'acme');
    const [last] = await client.exchanges.list({ direction: 'out', limit: 1 });
    const id = last?.id ?? 0;
    await visit(ui, `/traffic?exchange=${id}`);
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'curl', String(id), '--db', workbench.db]);

    await details(ui).getByRole('button', { name: 'Copy as curl' }).click();
    await ui.getByRole('menuitem', { name: 'With a variable for the token' }).click();
    await expect(ui.getByRole('status').filter({ hasText: 'The curl command is copied.' })).toBeVisible();
    expect(await ui.evaluate(() => navigator.clipboard.readText())).toBe(stdout.trimEnd());
    expect(stdout).not.toContain(partner.relation.incoming.at(-1) ?? 'no token');

    await details(ui).getByRole('button', { name: 'Copy as curl' }).click();
    await ui.getByRole('menuitem', { name: 'With the token itself' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Copy with the token' }).click();
    await expect(ui.getByRole('status').filter({ hasText: 'in the clear' })).toBeVisible();
    const open = await ui.evaluate(() => navigator.clipboard.readText());
    expect(open).toContain(btoa(partner.relation.incoming.at(-1) ?? 'no token'));
  });

  test('sent again, it is a new row, linked to the first one and comparable with it', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await examined(client, 'acme');
    await visit(ui, '/traffic?q=dir%3Aout%20module%3Aversions');
    await expect(rows(ui).first()).toBeVisible();
    const before = await rows(ui).count();
    await rows(ui).first().click();
    await details(ui).getByRole('button', { name: 'Resend' }).click();
    await expect(details(ui)).toContainText(/Sent again from exchange \d+/);
    await expect(rows(ui)).toHaveCount(before + 1);

    await details(ui).getByRole('button', { name: 'Compare with the original' }).click();
    await expect(ui.getByRole('heading', { name: 'Two exchanges compared' })).toBeVisible();
    await expect(ui.locator('.cm-mergeView').first()).toContainText('X-Request-ID');
    await expectAccessible(ui);
    await ui.keyboard.press('Escape');
    await expect(details(ui)).toContainText(/Sent again from exchange \d+/);
    await details(ui)
      .getByRole('tab', { name: /Related/ })
      .click();
    await expect(details(ui).getByRole('region', { name: 'Sent again' }).getByRole('listitem')).toHaveCount(1);
  });

  test('on a production link it asks before it is sent again', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme', environment: 'production' });
    await registered(client, 'acme');
    await examined(client, 'acme');
    const asked = partner.requests.length;
    await visit(ui, '/traffic?q=dir%3Aout%20module%3Aversions');
    await rows(ui).first().click();
    await ui.keyboard.press('r');
    const dialog = ui.getByRole('dialog', { name: 'Send it again?' });
    await expect(dialog).toContainText('PRODUCTION');
    await expect(dialog).toContainText('acme');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(partner.requests).toHaveLength(asked);
    await details(ui).getByRole('button', { name: 'Resend' }).click();
    await dialog.getByRole('button', { name: 'Send the GET' }).click();
    await expect(details(ui)).toContainText(/Sent again from exchange \d+/);
    expect(partner.requests).toHaveLength(asked + 1);
  });

  test('edited and sent, what left is what was edited; what cannot be sent says so in place', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await examined(client, 'acme');
    await visit(ui, '/traffic?q=dir%3Aout%20module%3Aversions');
    await rows(ui).first().click();
    await details(ui).getByRole('button', { name: 'Edit and send' }).click();
    const dialog = ui.getByRole('dialog');
    const url = dialog.getByLabel('URL', { exact: true });
    const before = await url.inputValue();
    await url.fill('not a URL');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('edited.url');

    await url.fill(`${before}?from=workbench`);
    await dialog.getByRole('button', { name: 'Add a header' }).click();
    const names = dialog.getByLabel(/^Name of header/);
    await names.last().fill('X-Edited');
    await dialog.getByLabel('Value of X-Edited').fill('by hand');
    await expect(dialog.getByText('X-Edited: by hand')).toBeVisible();
    await expectAccessible(ui);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(details(ui)).toContainText('?from=workbench');
    const last = partner.requests.at(-1);
    expect(last?.url).toContain('?from=workbench');
    expect(last?.headers).toContainEqual(['X-Edited', 'by hand']);
  });

  test('two rows that are selected are compared; a note is written, found and taken away', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await examined(client, 'acme');
    await visit(ui, '/traffic?q=dir%3Aout');
    await rows(ui).nth(0).click();
    await rows(ui)
      .nth(1)
      .click({ modifiers: ['ControlOrMeta'] });
    await ui.getByRole('button', { name: 'Compare the two' }).click();
    await expect(ui.locator('.cm-mergeView').first()).toContainText('/ocpi/');
    await ui.goBack();

    await rows(ui).nth(0).click();
    await details(ui).getByRole('button', { name: 'Add a note' }).click();
    await details(ui).getByRole('textbox', { name: 'Note' }).fill('ask Acme about this');
    await details(ui).getByRole('button', { name: 'Save' }).click();
    await expect(details(ui).getByText('ask Acme about this')).toBeVisible();
    await expect(rows(ui).nth(0).getByText('Has a note')).toBeAttached();
    await visit(ui, '/traffic?q=is%3Anoted');
    await expect(rows(ui)).toHaveCount(1);
    await rows(ui).first().click();
    await details(ui).getByRole('button', { name: 'Remove' }).click();
    await expect(ui.getByRole('heading', { name: 'Nothing fits this filter' })).toBeVisible();
  });
});
