import type { Page } from '@playwright/test';
import { type ListRequest, startPagingServer } from '../support/paging-server.ts';
import { expectAccessible } from './support/accessible.ts';
import type { Client } from './support/registering.ts';
import { runEnded, sandboxPulled } from './support/runs.ts';
import { expect, test } from './support/test.ts';

const SITES = 500;

/** A workbench that has the built-in partner, and its locations. */
const pulled = (client: Client, locations = SITES) => sandboxPulled(client, locations);

/** Waits until everything that is stored is on the map. */
async function onMap(ui: Page, count: number): Promise<void> {
  await expect(ui.getByText(`${count.toLocaleString('en')} in view`, { exact: true })).toBeVisible({ timeout: 15_000 });
}

const table = (ui: Page) => ui.getByRole('grid', { name: 'Locations' });
const map = (ui: Page) => ui.getByRole('application', { name: 'Map of locations' });
const counted = (ui: Page, count: number) =>
  expect(
    ui.getByText(`${count.toLocaleString('en')} location${count === 1 ? '' : 's'}`, { exact: true }),
  ).toBeVisible();

test.describe('locations', () => {
  test('without a partner the area says what it is for and leads to the start', async ({ ui, workbench }) => {
    await ui.goto(`${workbench.origin}/#/locations`);
    await expect(ui.getByRole('heading', { name: 'No locations yet' })).toBeVisible();
    await ui.getByRole('link', { name: 'Start' }).click();
    await expect(ui).toHaveURL(/#\/(start)?$/);
  });

  test('with a partner one button pulls its locations, and table and map fill', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: SITES });
    await ui.goto(`${workbench.origin}/#/locations`);
    await ui.getByRole('button', { name: 'Pull locations' }).click();
    await expect(ui.getByRole('list', { name: 'Pulls' })).toContainText(`${SITES} added`);
    await counted(ui, SITES);
    await onMap(ui, SITES);
    await expect(table(ui).getByRole('row')).not.toHaveCount(1);
    await expect(table(ui)).toContainText('LOC-0000000');
  });

  test('table and map are narrowed by the same filter, which is in the address', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await pulled(client);
    await ui.goto(`${workbench.origin}/#/locations`);
    await onMap(ui, SITES);
    const { count } = await client.objects.count({ module: 'locations', where: ['evses.status=CHARGING'] });
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(SITES);
    const filter = ui.getByRole('textbox', { name: 'Filter' });
    await filter.fill('status:CHARGING ');
    await counted(ui, count);
    await onMap(ui, count);
    await expect(ui).toHaveURL(/q=status(:|%3A)CHARGING/);
    await ui.reload();
    await counted(ui, count);
    await ui.getByRole('button', { name: 'Clear the filter' }).click();
    await counted(ui, SITES);
    await filter.fill('no such words anywhere');
    await expect(ui.getByRole('heading', { name: 'Nothing fits' })).toBeVisible();
    await ui.getByRole('button', { name: 'Show all', exact: true }).click();
    await counted(ui, SITES);
  });

  test('a row is marked on the map and a mark in the table; a cluster opens what lies in it', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await pulled(client, 30);
    await ui.goto(`${workbench.origin}/#/locations`);
    await onMap(ui, 30);
    await table(ui).getByRole('row').filter({ hasText: 'LOC-0000003' }).click();
    const card = ui.getByRole('complementary', { name: 'Selected location' });
    await expect(card).toContainText('LOC-0000003');
    await expect(ui).toHaveURL(/sel=/);
    // What lies under the card cannot be pressed.
    await card.getByRole('button', { name: 'Close' }).click();
    await expect(card).toHaveCount(0);
    const clusters = map(ui).getByRole('button', { name: /^\d+ locations, most urgent/ });
    const counts = await clusters.evaluateAll(marks => marks.map(mark => parseInt(mark.ariaLabel ?? '', 10)));
    const inCluster = Math.max(...counts);
    expect(inCluster).toBeLessThan(30);
    await clusters.nth(counts.indexOf(inCluster)).click();
    await expect(ui.getByText(/^\d+ in view$/)).not.toHaveText('30 in view');
    const shown = Number(/\d+/.exec(await ui.getByText(/^\d+ in view$/).innerText())?.[0]);
    expect(shown).toBeGreaterThanOrEqual(inCluster);
    await ui.getByRole('switch', { name: 'Only what the map shows' }).click({ force: true });
    await counted(ui, shown);
    await ui.getByRole('button', { name: 'Show all that fit the filter' }).click();
    await counted(ui, 30);
    const single = map(ui)
      .getByRole('button', { name: / of sandbox: / })
      .first();
    const id = ((await single.getAttribute('aria-label')) ?? '').split(' ')[0] ?? '';
    await single.click({ force: true });
    await expect(card).toContainText(new RegExp(id, 'i'));
    await expect(table(ui).locator('[aria-selected=true]')).toContainText(new RegExp(id, 'i'));
  });

  test('by keyboard alone: down the table, into a location, back, and from mark to mark', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await pulled(client, 60);
    await ui.goto(`${workbench.origin}/#/locations`);
    await onMap(ui, 60);
    await table(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('ArrowDown');
    const card = ui.getByRole('complementary', { name: 'Selected location' });
    await expect(card).toContainText('LOC-0000001');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/locations\/sandbox\/LOC-0000001/);
    await expect(ui.getByText('LOC-0000001', { exact: true }).first()).toBeVisible();
    await ui.keyboard.press('Escape');
    await expect(ui).toHaveURL(/#\/locations\?.*sel=/);
    const marks = map(ui).getByRole('button', { name: /locations, most urgent| of sandbox: / });
    await expect(marks.first()).toBeVisible();
    await map(ui).focus();
    await ui.keyboard.press('Tab');
    const focused = () => ui.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(await focused()).toMatch(/locations, most urgent| of sandbox: /);
    const first = await focused();
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown']) {
      await ui.keyboard.press(key);
      if ((await focused()) !== first) break;
    }
    expect(await focused()).not.toBe(first);
    expect(await focused()).toMatch(/locations, most urgent| of sandbox: /);
  });

  test('one location shows its EVSEs, tariffs once they are pulled, hours and its text as sent', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    const link = await pulled(client, 40);
    const { lines } = await client.objects.lines({ module: 'locations', limit: 40 });
    const line = lines.find(({ statuses }) => Object.keys(statuses).length > 1);
    if (line === undefined) throw new Error('every location of the world has one status');
    await ui.goto(`${workbench.origin}/#/locations/${link}/${line.id}?party=${line.party}`);
    await expect(ui.getByRole('heading', { name: line.name ?? line.id })).toBeVisible();
    const evses = Object.values(line.statuses).reduce((sum, count) => sum + count, 0);
    await expect(ui.getByRole('heading', { name: `${evses} EVSEs` })).toBeVisible();
    await expect(ui.getByText(/≈ [\d.]+ kW|[\d.]+ kW/).first()).toBeVisible();
    await ui.getByRole('button', { name: 'Pull tariffs' }).click();
    const tariff = ui.getByRole('region', { name: /^Tariff / }).first();
    await expect(tariff).toContainText(/per kWh|per hour|once/);
    await expect(ui.getByRole('heading', { name: /^Opening hours/ })).toBeVisible();
    const { text } = await client.objects.text({ name: link, module: 'locations', id: line.id });
    const sent = /"longitude": ?"([^"]+)"/.exec(text)?.[1] ?? '?';
    await expect(ui.locator('.cm-content')).toContainText(sent);
    await ui.getByRole('tab', { name: /Findings/ }).click();
    await expect(ui.getByText('Nothing found')).toBeVisible();
    await ui.getByRole('tab', { name: /History/ }).click();
    await expect(ui.getByText('It never changed')).toBeVisible();
  });

  test('what deviates is found, marked at its line and explained; what changed between pulls is told', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    let turn = 0;
    const server = await startPagingServer({ answer: () => ({ body: envelope([site(turn)]) }) });
    await client.links.adopt({
      name: 'Volta',
      environment: 'production',
      versionsUrl: server.versionsUrl,
      token: 'abcdefghijklmnop',
    });
    await expect(async () => expect((await client.links.get({ name: 'Volta' })).version).toBe('2.2.1')).toPass();
    await runEnded(client, (await client.pulls.start({ name: 'Volta', module: 'locations' })).runId);
    turn++;
    await runEnded(client, (await client.pulls.start({ name: 'Volta', module: 'locations', full: true })).runId);
    await server.stop();

    await ui.goto(`${workbench.origin}/#/locations?link=Volta`);
    await expect(ui.getByText('link:Volta')).toBeVisible();
    await ui.goto(`${workbench.origin}/#/locations?q=has:finding`);
    await counted(ui, 1);
    await expect(table(ui)).toContainText('PROD');
    await expect(ui.getByText('0 in view · 1 without a position')).toBeVisible();
    await table(ui).getByRole('row').filter({ hasText: 'L/1' }).dblclick();
    await expect(ui.getByText('PRODUCTION', { exact: true })).toBeVisible();
    await expect(ui.getByText('52,09 / 5,10')).toBeVisible();
    await ui.getByRole('tab', { name: /Findings/ }).click();
    await expect(ui.getByText('/coordinates/latitude')).toBeVisible();
    await expect(ui.getByText('What to do').first()).toBeVisible();
    await ui.getByRole('tab', { name: 'JSON' }).click();
    const line = ui.locator('.cm-line').filter({ hasText: '"latitude"' });
    await expect(line).toContainText('coordinates.spelling');
    await ui.getByRole('tab', { name: /History/ }).click();
    const history = ui.getByRole('list', { name: 'History' });
    await expect(history).toContainText('/evses/0/status');
    await expect(history.getByText('"AVAILABLE"')).toBeVisible();
    await expect(history.getByText('"CHARGING"')).toBeVisible();
    await expect(ui.locator('.cm-changedText').first()).toBeVisible();
  });

  test('a pull of many is told as it goes, can be cancelled, and goes on from there', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20_000 });
    await ui.goto(`${workbench.origin}/#/locations`);
    await ui.getByRole('button', { name: 'Pull locations' }).click();
    const pulls = ui.getByRole('list', { name: 'Pulls' });
    await expect(pulls).toContainText(/of 20,000 objects .* a second/);
    await pulls.getByRole('button', { name: 'Cancel' }).click();
    await expect(pulls).toContainText('cancelled');
    const { count } = await client.objects.count({ module: 'locations' });
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(20_000);
    await pulls.getByRole('button', { name: 'Pull again' }).click();
    await expect(pulls).toContainText('done', { timeout: 40_000 });
    await counted(ui, 20_000);
  });

  test('a pull that fails says why and what to do', async ({ ui, workbench }) => {
    const client = await workbench.client();
    const server = await startPagingServer({ answer: refused });
    await client.links.adopt({ name: 'Volta', versionsUrl: server.versionsUrl, token: 'abcdefghijklmnop' });
    await expect(async () => expect((await client.links.get({ name: 'Volta' })).version).toBe('2.2.1')).toPass();
    await ui.goto(`${workbench.origin}/#/locations`);
    await ui.getByRole('button', { name: 'Pull locations' }).click();
    const pulls = ui.getByRole('list', { name: 'Pulls' });
    await expect(pulls).toContainText('failed');
    await expect(pulls.getByRole('alert')).toContainText('401');
    await expect(pulls.getByRole('button', { name: 'Pull again' })).toBeVisible();
    await server.stop();
  });

  test('the pull dialog leads to the schedules by which links are pulled by themselves', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await pulled(client, 20);
    await ui.goto(`${workbench.origin}/#/locations`);
    await ui.getByRole('button', { name: 'Pull…' }).click();
    await ui.getByRole('dialog').getByRole('link', { name: 'Pull by schedule' }).click();
    await expect(ui.getByRole('tab', { name: 'Pull schedules', selected: true })).toBeVisible();
    await expect(ui.getByRole('dialog')).toHaveCount(0);
  });

  test('axe finds nothing on the list, the pull dialog and one location, light and dark', async ({ ui, workbench }) => {
    const client = await workbench.client();
    const link = await pulled(client, 60);
    await ui.goto(`${workbench.origin}/#/locations`);
    await onMap(ui, 60);
    await table(ui).getByRole('row').filter({ hasText: 'LOC-0000003' }).click();
    await expectAccessible(ui, 'any');
    await ui.getByRole('button', { name: 'Pull…' }).click();
    await expect(ui.getByRole('dialog')).toBeVisible();
    await expectAccessible(ui, 'any');
    await ui.keyboard.press('Escape');
    await ui.goto(`${workbench.origin}/#/locations/${link}/LOC-0000003`);
    await expect(ui.locator('.cm-content')).toBeVisible();
    await expectAccessible(ui, 'any');
  });
});

function refused(_: ListRequest) {
  const body = JSON.stringify({
    status_code: 2001,
    status_message: 'no such token',
    timestamp: '2026-03-01T10:00:00Z',
  });
  return { status: 401, body };
}

function envelope(data: readonly unknown[]): string {
  return JSON.stringify({ status_code: 1000, timestamp: '2026-03-01T10:00:00Z', data });
}

/** With a comma where a point belongs, and another status at each turn. */
function site(turn: number) {
  return {
    country_code: 'NL',
    party_id: 'VLT',
    id: 'L/1',
    publish: true,
    name: 'Harbour',
    address: 'Kade 1',
    city: 'Utrecht',
    country: 'NLD',
    coordinates: { latitude: '52,09', longitude: '5,10' },
    evses: [
      {
        uid: 'E1',
        status: turn === 0 ? 'AVAILABLE' : 'CHARGING',
        connectors: [],
        last_updated: `2026-03-01T10:0${turn}:00Z`,
      },
    ],
    time_zone: 'Europe/Amsterdam',
    last_updated: `2026-03-01T10:0${turn}:00Z`,
  };
}
