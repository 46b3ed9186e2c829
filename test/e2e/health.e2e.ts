import type { Page } from '@playwright/test';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { baseOf } from './support/calling.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { sandboxPulled } from './support/runs.ts';
import { expect, test } from './support/test.ts';

/** Its usual party. */
const PARTY = 'DE-PRT';
const LATE = { timeout: 20_000 };

const links = (ui: Page) => ui.getByRole('table', { name: 'Links' });
const locations = (ui: Page) => ui.getByRole('grid', { name: 'Locations' });
const notices = (ui: Page) => ui.getByRole('grid', { name: 'Notices' });
const toasts = (ui: Page) => ui.getByRole('region', { name: 'New notices' });
const rail = (ui: Page) => ui.getByRole('navigation', { name: 'Areas' });
const foot = (ui: Page) => ui.getByRole('contentinfo');
const rows = (table: ReturnType<typeof locations>) =>
  table.getByRole('row').filter({ has: table.page().getByRole('gridcell') });

/** A registered partner that tells us of a location with two EVSEs, and then what they say. */
async function charger(partner: Partner, client: Client, name = 'volta') {
  await addLink(client, partner, { name });
  await registered(client, name);
  const url = `${await baseOf(client)}2.2.1/receiver/locations/${PARTY.replace('-', '/')}/LOC1`;
  const tell = (method: 'PUT' | 'PATCH', to: string, body: object) =>
    partner.call({ operation: 'module', version: '2.2.1', method, url: to, body });
  const now = () => new Date().toISOString();
  const connector = {
    id: '1',
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    power_type: 'AC_3_PHASE',
    max_voltage: 230,
    max_amperage: 16,
  };
  await tell('PUT', url, {
    country_code: 'DE',
    party_id: 'PRT',
    id: 'LOC1',
    publish: true,
    name: 'Harbour',
    address: 'Kade 1',
    city: 'Utrecht',
    country: 'NLD',
    coordinates: { latitude: '52.0907', longitude: '5.1214' },
    time_zone: 'Europe/Amsterdam',
    evses: ['EVSE1', 'EVSE2'].map(uid => ({
      uid,
      evse_id: `DE*PRT*E${uid.slice(-1)}`,
      status: 'AVAILABLE',
      connectors: [{ ...connector, last_updated: now() }],
      last_updated: now(),
    })),
    last_updated: now(),
  });
  return {
    name,
    /** What an EVSE says from now on. */
    says: (uid: string, status: string) => tell('PATCH', `${url}/${uid}`, { status, last_updated: now() }),
  };
}

test.describe('health', () => {
  // Rounds of looking take their time.
  test.describe.configure({ timeout: 90_000 });

  test('without a partner the area says what it is for, and nothing is over its threshold', async ({ ui }) => {
    await visit(ui, '/health');
    // The threads that count are started by the first question.
    await expect(ui.getByRole('heading', { name: 'No partners yet' })).toBeVisible({ timeout: 40_000 });
    await expectAccessible(ui, 'any');
    await ui.getByRole('tab', { name: 'Notices' }).click();
    await expect(ui.getByRole('heading', { name: 'Nothing is over its threshold' })).toBeVisible();
    await ui.getByRole('tab', { name: 'Locations' }).click();
    await expect(ui.getByRole('heading', { name: 'No locations yet' })).toBeVisible();
    await ui.getByRole('tab', { name: 'Pull schedules' }).click();
    await expect(ui.getByText('A schedule needs a registered partner')).toBeVisible();
    await expect(rail(ui).getByRole('link', { name: 'Health' })).toHaveText('Health');
  });

  test('a location goes out of order, and the notice appears wherever one is, until it is well again', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const { says } = await charger(await newPartner(), client);
    await visit(ui, '/traffic');
    await expect(toasts(ui)).toBeEmpty();
    await says('EVSE2', 'OUTOFORDER');

    await expect(toasts(ui)).toContainText('out of order · volta', LATE);
    await expect(toasts(ui)).toContainText('has said OUTOFORDER');
    // It stays while one reads it.
    await toasts(ui).getByRole('link').hover();
    await expect(rail(ui).getByRole('link', { name: 'Health 1 unseen notice' })).toBeVisible();
    await expect(foot(ui).getByRole('link', { name: '1 unseen notice' })).toBeVisible();
    await expectAccessible(ui);

    // It leads to the location, with what its EVSEs said over time.
    await toasts(ui).getByRole('link').click();
    await expect(ui).toHaveURL(/#\/health\/locations\/volta\/DE-PRT\/LOC1/);
    await expect(ui.getByRole('heading', { name: 'Harbour' })).toBeVisible();
    await expect(toasts(ui)).toBeEmpty();
    const band = ui.getByRole('group', { name: 'DE*PRT*E2' });
    await expect(band.getByRole('button', { name: /^OUTOFORDER, / })).toBeVisible();
    await expect(
      ui.getByRole('group', { name: 'DE*PRT*E1' }).getByRole('button', { name: /^AVAILABLE, / }),
    ).toBeVisible();

    // By key along a band, and to the one above it.
    await band.getByRole('button', { name: /^OUTOFORDER, / }).focus();
    await ui.keyboard.press('ArrowLeft');
    await expect(band.locator(':focus')).toHaveAccessibleName(/^AVAILABLE, /);
    await ui.keyboard.press('ArrowUp');
    await expect(ui.getByRole('group', { name: 'DE*PRT*E1' }).locator(':focus')).toHaveAccessibleName(/^AVAILABLE, /);

    // The partner mends it while one looks on.
    await says('EVSE2', 'CHARGING');
    await expect(band.getByRole('button', { name: /^CHARGING, / })).toBeVisible(LATE);
    await expect(foot(ui).getByRole('link', { name: '1 unseen notice' })).toHaveCount(0, LATE);
    await visit(ui, '/health?tab=notices');
    await expect(ui.getByRole('heading', { name: 'Nothing is over its threshold' })).toBeVisible();
    await ui.getByText('Past', { exact: true }).click();
    await expect(rows(notices(ui))).toHaveCount(1);
    await expect(notices(ui)).toContainText('lasted');
  });

  test('notices are acknowledged one by one or all at once, and then nobody counts them any more', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const { says } = await charger(await newPartner(), client);
    await visit(ui, '/health?tab=notices');
    for (const uid of ['EVSE1', 'EVSE2']) await says(uid, 'OUTOFORDER');
    await expect(rows(notices(ui))).toHaveCount(2, LATE);
    // Here they stand in the list: no news of them besides.
    await expect(toasts(ui)).toBeEmpty();
    await expect(foot(ui).getByRole('link', { name: '2 unseen notices' })).toBeVisible();
    await expectAccessible(ui, 'any');

    await rows(notices(ui))
      .first()
      .getByRole('button', { name: /^Acknowledge: / })
      .click();
    await expect(foot(ui).getByRole('link', { name: '1 unseen notice' })).toBeVisible();
    await expect(rows(notices(ui)).filter({ hasText: 'seen' })).toHaveCount(1);
    await ui.getByRole('button', { name: 'Acknowledge all' }).click();
    await expect(foot(ui).getByRole('link', { name: /unseen/ })).toHaveCount(0);
    await expect(rail(ui).getByRole('link', { name: 'Health' })).toHaveText('Health');
    // They go on, and stay in the list.
    await expect(rows(notices(ui))).toHaveCount(2);
    await expect(ui.getByRole('button', { name: 'Acknowledge all' })).toBeDisabled();
    expect((await client.health.notices({ open: true })).notices.every(({ acknowledged }) => acknowledged)).toBe(true);
    // By key too: down to a line, and where it leads.
    await notices(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/health\/locations\/volta\/DE-PRT\/LOC1/);
  });

  test('links and locations tell how they are, narrowed by what is wrong with them', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const { says } = await charger(await newPartner(), client);
    await client.links.adopt({
      name: 'acme',
      organisation: 'Acme',
      environment: 'production',
      versionsUrl: 'http://127.0.0.1:9/ocpi/versions',
      token: 'abcdefghijklmnop',
    });
    await says('EVSE1', 'INOPERATIVE');
    await visit(ui, '/health');
    const volta = links(ui).getByRole('row').filter({ hasText: 'volta' });
    await expect(volta).toContainText('registered');
    await expect(volta.getByRole('img', { name: /^Last 24 hours: \d+ exchanges, 0 failed$/ })).toBeVisible();
    await expect(links(ui).getByRole('row').filter({ hasText: 'acme' })).toContainText('PRODUCTION');
    await expectAccessible(ui, 'any');
    await expectFitsAtDoubleSize(ui);
    await ui.setViewportSize({ width: 1280, height: 800 });

    await volta.getByRole('link', { name: 'volta' }).click();
    await expect(ui.getByRole('heading', { name: 'volta', level: 1 })).toBeVisible();
    const hours = ui.getByRole('list', { name: 'Exchanges by hour' });
    await expect(hours.getByRole('link')).toHaveCount(24);
    await expect(ui.getByRole('table', { name: 'Tokens' })).toContainText('issued by us');
    await expectAccessible(ui, 'any');
    // Each bar leads to its exchanges.
    await hours
      .getByRole('link', { name: /[1-9]\d* exchanges/ })
      .last()
      .click();
    await expect(ui).toHaveURL(/#\/traffic\?q=link/);
    await expect(rows(ui.getByRole('grid', { name: 'Traffic' })).first()).toBeVisible();

    await visit(ui, '/health?tab=locations');
    await expect(rows(locations(ui))).toHaveCount(1);
    await expect(locations(ui)).toContainText('1 inoperative');
    await expectAccessible(ui, 'any');
    await ui.getByRole('combobox', { name: 'Only those with' }).selectOption('Out of order');
    await expect(ui.getByRole('heading', { name: 'Nothing fits' })).toBeVisible();
    await ui.getByRole('button', { name: 'Show all' }).click();
    await ui.getByRole('textbox', { name: 'Search id or name' }).fill('harb');
    await expect(ui).toHaveURL(/q=harb/);
    await expect(rows(locations(ui))).toHaveCount(1);
    await locations(ui).getByRole('link', { name: 'Harbour' }).click();
    await expect(ui.getByRole('list', { name: 'Statuses now' })).toContainText('INOPERATIVE 1');
    await ui.getByText('Table', { exact: true }).click();
    await expect(ui.getByRole('table', { name: 'What the EVSEs said' })).toContainText('INOPERATIVE');
    await expect(ui).toHaveURL(/as=table/);
    await expectAccessible(ui, 'any');
  });

  test('thresholds are changed for all links and for one; wrong input is told at its field and saved nowhere', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await charger(await newPartner(), client);
    await visit(ui, '/health?tab=thresholds');
    const slow = ui.getByRole('textbox', { name: 'Slow answers, in ms' });
    const save = ui.getByRole('button', { name: 'Save' });
    await expect(slow).toHaveValue('5000');
    await expect(save).toBeDisabled();
    await slow.fill('fast');
    await expect(ui.getByText('This is not a number.')).toBeVisible();
    await save.click();
    await expect(ui.getByText('1 field is wrong: nothing was saved.')).toBeVisible();
    expect((await client.health.thresholds({})).thresholds.p95Ms).toBe(5000);
    await slow.fill('250');
    await ui.getByRole('combobox', { name: 'Inoperative: whether' }).selectOption('after');
    await ui.getByRole('textbox', { name: 'Inoperative, in minutes' }).fill('0,5');
    await ui.getByRole('combobox', { name: 'Silence: whether' }).selectOption('never');
    await save.click();
    await expect(ui.getByText('Saved', { exact: true })).toBeVisible();
    expect((await client.health.thresholds({})).thresholds).toMatchObject({
      p95Ms: 250,
      inoperativeMinutes: 0.5,
      silentHours: null,
    });
    await expectAccessible(ui, 'any');

    await ui.getByRole('combobox', { name: 'Whose thresholds' }).selectOption('volta');
    const whether = ui.getByRole('combobox', { name: 'Slow answers: whether' });
    await expect(whether.getByRole('option', { selected: true })).toHaveText('as for all: 250 ms');
    await whether.selectOption('above');
    await slow.fill('2000');
    await ui.getByRole('combobox', { name: 'Error rate: whether' }).selectOption('never');
    await save.click();
    await expect(ui.getByText('Saved', { exact: true })).toBeVisible();
    expect((await client.health.thresholds({ link: 'volta' })).own).toEqual({ p95Ms: 2000, errorRate: null });
    // One of its own is given up again, the other one stays.
    await whether.selectOption('as for all: 250 ms');
    await save.click();
    await expect.poll(async () => (await client.health.thresholds({ link: 'volta' })).own).toEqual({ errorRate: null });
    expect((await client.health.thresholds({ link: 'volta' })).thresholds.p95Ms).toBe(250);
  });

  test('a threshold that is lowered tells at once of what is over it', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const { says } = await charger(await newPartner(), client);
    await says('EVSE1', 'INOPERATIVE');
    await visit(ui, '/health?tab=thresholds');
    await ui.getByRole('combobox', { name: 'Inoperative: whether' }).selectOption('after');
    await ui.getByRole('textbox', { name: 'Inoperative, in minutes' }).fill('0');
    await ui.getByRole('button', { name: 'Save' }).click();
    await expect(toasts(ui)).toContainText('has said INOPERATIVE', LATE);
    await toasts(ui).getByRole('link').hover();
    await toasts(ui).getByRole('button', { name: 'Close' }).click();
    await expect(toasts(ui)).toBeEmpty();
  });

  test('many notices at once, as after the first pull, are told in one line that leads to them', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await sandboxPulled(client, 200);
    const many = toasts(ui).getByRole('link', { name: /^\d+ new notices$/ });
    await expect(many).toBeVisible(LATE);
    await many.hover();
    await expectAccessible(ui, 'any');
    expect(await toasts(ui).getByRole('link').count()).toBe(1);
    const count = Number((await many.innerText()).split(' ')[0]);
    expect((await client.health.notices({ open: true })).notices.length).toBeGreaterThanOrEqual(count);
    await many.click();
    await expect(toasts(ui)).toBeEmpty();
    await expect(ui).toHaveURL(/tab=notices/);
  });

  test('news go by themselves after a while, but not while one reads them', async ({ page, workbench, newPartner }) => {
    await page.clock.install();
    await page.goto(workbench.url);
    const { says } = await charger(await newPartner(), await workbench.client());
    await visit(page, '/partners');
    await says('EVSE1', 'OUTOFORDER');
    const news = toasts(page).getByRole('link');
    await expect(news).toBeVisible(LATE);
    await news.hover();
    await page.clock.fastForward(60_000);
    await expect(news).toBeVisible();
    await page.mouse.move(5, 5);
    await page.clock.fastForward(13_000);
    await expect(toasts(page)).toBeEmpty();
    // It goes on all the same, and is counted.
    await expect(foot(page).getByRole('link', { name: '1 unseen notice' })).toBeVisible();
  });

  test('a module is pulled by schedule, now, and no longer', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/health?tab=schedules');
    await ui.getByRole('button', { name: 'Pull by schedule' }).first().click();
    const dialog = ui.getByRole('dialog', { name: 'Pull by schedule' });
    await dialog.getByRole('textbox', { name: 'Every' }).fill('often');
    await expect(dialog.getByText('This is not a number.')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Every' }).fill('2');
    await dialog.getByRole('combobox', { name: 'Unit' }).selectOption('hours');
    await dialog.getByRole('textbox', { name: 'Random shift' }).fill('5');
    await expectAccessible(ui, 'any');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toHaveCount(0);
    const schedules = ui.getByRole('table', { name: 'Pull schedules' });
    await expect(schedules).toContainText('2 hours ± 5%');
    expect(await client.pulls.schedules()).toMatchObject([{ module: 'locations', every: 7_200_000, jitter: 0.05 }]);

    await ui.getByRole('button', { name: 'Change the schedule for locations of sandbox' }).click();
    const change = ui.getByRole('dialog', { name: 'Change the schedule for locations of sandbox' });
    await expect(change.getByRole('combobox', { name: 'Link' })).toBeDisabled();
    await change.getByRole('textbox', { name: 'Every' }).fill('90');
    await change.getByRole('combobox', { name: 'Unit' }).selectOption('minutes');
    await change.getByRole('button', { name: 'Save' }).click();
    await expect(schedules).toContainText('90 minutes');

    await ui.getByRole('button', { name: 'Pull now: locations of sandbox' }).click();
    const pulls = ui.getByRole('list', { name: 'Pulls' });
    await expect(pulls).toContainText('20 added', LATE);
    await expectAccessible(ui, 'any');
    await ui.getByRole('button', { name: 'End the schedule for locations of sandbox' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await expect(ui.getByRole('heading', { name: 'Nothing is pulled by itself' })).toBeVisible();
    expect(await client.pulls.schedules()).toEqual([]);
    await pulls.getByRole('link', { name: 'Its exchanges' }).click();
    await expect(ui).toHaveURL(/#\/traffic\?q=run/);
  });

  test('what there is none of says so, and leads back', async ({ ui }) => {
    await visit(ui, '/health/links/nobody');
    await expect(ui.getByRole('alert')).toContainText('nobody');
    await visit(ui, '/health/locations/nobody/NL-X/1');
    await expect(ui.getByRole('alert')).toContainText('nobody');
    await ui.getByRole('link', { name: 'All locations' }).click();
    await expect(ui.getByRole('tab', { name: 'Locations', selected: true })).toBeVisible();
  });

  test('the browser is asked for notices of the system only when they are switched on', async ({
    ui,
    workbench,
    context,
  }) => {
    await context.grantPermissions(['notifications'], { origin: workbench.origin });
    await visit(ui, '/settings');
    const told = ui.getByRole('switch', { name: 'Told by the system too' });
    await expect(told).not.toBeChecked();
    await told.click({ force: true });
    await expect(told).toBeChecked();
    await ui.reload();
    await expect(told).toBeChecked();
    await told.click({ force: true });
    await expect(told).not.toBeChecked();
  });
});
