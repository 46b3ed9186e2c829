import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { visit } from './support/registering.ts';
import { runEnded } from './support/runs.ts';
import { expect, test } from './support/test.ts';

const row = (ui: Page, id: string, kind: string) =>
  ui.getByRole('grid', { name: kind }).getByRole('row').filter({ hasText: id });

test.describe('simulated charging', () => {
  test('a charge is started, watched and stopped: its session and its CDR are ours, and the partner is told', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await client.own.generate({ module: 'locations', count: 3, seed: '1' });
    await visit(ui, '/own?kind=sessions');
    await ui.getByRole('button', { name: 'Simulation' }).click();
    const panel = ui.getByRole('region', { name: 'Simulated charging' });
    await expect(panel).toContainText('Nobody charges at present.');
    await panel.getByLabel('Speed').selectOption('100×');
    await panel.getByLabel('Charges kept going').fill('many');
    await expect(panel.getByText('A number from 0 to 10000.')).toBeVisible();
    await panel.getByLabel('Location', { exact: true }).fill('NOWHERE');
    await panel.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(panel.getByRole('alert')).toContainText('NOWHERE');
    await panel.getByLabel('Location', { exact: true }).fill('LOC-0000001');
    await panel.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(panel.getByRole('status')).toContainText('Begun: ');
    const charges = panel.getByRole('region', { name: 'Charges' });
    await expect(charges).toContainText('LOC-0000001 /');
    await expect(charges).toContainText('sandbox');
    await expect(row(ui, 'LOC-0000001', 'Sessions')).toContainText('ACTIVE');
    await charges.getByRole('button', { name: /^Stop / }).click();
    await expect(row(ui, 'LOC-0000001', 'Sessions')).toContainText('COMPLETED');
    await expect(panel).toContainText('1 finished', { timeout: 15_000 });
    await ui.getByRole('tab', { name: /^CDRs/ }).click();
    await expect(ui.getByText('1 object', { exact: true })).toBeVisible();

    // What was pulled from a partner becomes ours.
    const { runId } = await client.pulls.start({ name: 'sandbox', module: 'tariffs' });
    await runEnded(client, runId);
    await ui.getByRole('tab', { name: /^Tariffs/ }).click();
    await ui.getByRole('button', { name: 'Copy from a link' }).click();
    const dialog = ui.getByRole('dialog');
    await expect(dialog.getByRole('combobox', { name: 'From' })).toHaveValue('sandbox');
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText(/stored [1-9]\d* new/);
    const told = await client.exchanges.list({ link: 'sandbox', direction: 'out', limit: 50 });
    expect(told.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['sessions.put', 'cdrs.post']));
  });

  test('the simulation of the built-in partner is led to from its page and the palette, and handled as ours is', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await visit(ui, '/own?life=true&whose=partner');
    const panel = ui.getByRole('region', { name: 'Simulated charging' });
    await expect(panel).toContainText('The built-in partner does not run.');
    await expectAccessible(ui, 'any');
    await ui.getByText('Our data', { exact: true }).last().click();
    await expect(panel).toContainText('Drivers charge at our locations');
    // There is nothing to choose between.
    await expect(panel.getByRole('radiogroup')).toHaveCount(0);

    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/partners/link/sandbox');
    await ui.getByRole('link', { name: 'Simulation' }).click();
    await expect(panel.getByRole('radio', { name: 'Built-in partner' })).toBeChecked();
    await panel.getByLabel('Speed').selectOption('30×');
    await expect.poll(async () => (await client.sandbox.life.get()).speed).toBe(30);
    await panel.getByLabel('Charges kept going').fill('3');
    await panel.getByLabel('Charges kept going').press('Enter');
    await expect(panel).toContainText('3 charges go on');
    await panel.getByRole('button', { name: 'Pause' }).click();
    await expect(panel.getByText('paused')).toBeVisible();
    await expectAccessible(ui, 'any');
    await panel.getByRole('button', { name: 'Go on' }).click();
    await panel.getByLabel('Arrivals an hour').fill('1');
    await panel.getByLabel('Arrivals an hour').press('Enter');
    await expect.poll(async () => (await client.sandbox.life.get()).arrivals).toBe(1);
    await panel.getByRole('button', { name: 'Start', exact: true }).click();
    const begun = panel.getByRole('status');
    await expect(begun).toContainText('Begun: ');
    const id = ((await begun.textContent()) ?? '').replace('Begun: ', '');
    await panel.getByRole('button', { name: `Stop ${id}` }).click();
    await expect(panel.getByRole('button', { name: `Stop ${id}` })).toHaveCount(0);
    // Its customers drive to us, where there is no charger yet.
    await panel.getByLabel('Who charges').selectOption('One of its customers, by app, at a charger of ours');
    await panel.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(panel.getByRole('alert')).toContainText('no free charger');

    // Ours is another one.
    await panel.getByText('Our data', { exact: true }).click();
    await expect(panel.getByLabel('Speed')).toHaveValue('1');
    await expect(ui).not.toHaveURL(/whose/);
    await ui.keyboard.press('ControlOrMeta+k');
    await expect(ui.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
    await ui.keyboard.type('simulated built-in');
    await ui.keyboard.press('Enter');
    await expect(panel.getByRole('radio', { name: 'Built-in partner' })).toBeChecked();
    await expect(ui).toHaveURL(/whose=partner/);
    await expect(panel.getByLabel('Speed')).toHaveValue('30');
    await client.sandbox.stop();
    await expect(panel).toContainText('The built-in partner does not run.');
  });
});
