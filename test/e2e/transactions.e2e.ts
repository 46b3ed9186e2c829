import type { Page } from '@playwright/test';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { baseOf } from './support/calling.ts';
import { partnerAt } from './support/charging.ts';
import { filter } from './support/controls.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const list = (ui: Page) => ui.getByRole('grid', { name: 'Transactions' });
const lines = (ui: Page) =>
  list(ui)
    .getByRole('row')
    .filter({ has: ui.getByRole('gridcell') });
const course = (ui: Page) => ui.getByRole('tree', { name: 'Who said what, in the order of time' });
const arrow = (ui: Page, text: string) => course(ui).getByRole('treeitem').filter({ hasText: text });
const pane = (ui: Page) => ui.getByRole('region', { name: 'Details of the exchange' });

/** Made of this seed; the car of this one charges for hours, and a customer comes in the same car each time. */
const DRIVERS = { module: 'tokens', version: '2.3.0', count: 8, seed: 'story' } as const;
const LONG_CHARGE = '0415051D11603B';

/** A charge from the command to the CDR, with at least four updates that are alike. Its transaction. */
async function wholeCharge(client: Client): Promise<number> {
  await client.own.generate(DRIVERS);
  await client.life.start({ as: 'app', link: 'sandbox', token: LONG_CHARGE });
  const newest = async () => (await client.transactions.page({ link: 'sandbox' })).rows[0];
  await expect.poll(async () => (await newest())?.exchanges ?? 0, { timeout: 30_000 }).toBeGreaterThan(9);
  const [trip] = (await client.life.get()).trips;
  if (trip?.state === 'charging') await client.life.stop({ id: trip.id });
  await expect.poll(async () => (await newest())?.state, { timeout: 20_000 }).toBe('billed');
  return (await newest())?.id ?? 0;
}

/** A session that a registered partner tells us of, as it goes on. */
async function sessionOf(partner: Partner, client: Client) {
  // Its usual party.
  const [countryCode, partyId] = ['DE', 'PRT'];
  const url = `${await baseOf(client)}2.2.1/receiver/sessions/${countryCode}/${partyId}/SES-GROWS`;
  const now = () => new Date().toISOString();
  let energy = 0;
  const tell = (method: 'PUT' | 'PATCH', body: object) =>
    partner.call({ operation: 'module', version: '2.2.1', method, url, body });
  return {
    begin: () =>
      tell('PUT', {
        country_code: countryCode,
        party_id: partyId,
        id: 'SES-GROWS',
        start_date_time: now(),
        kwh: 0,
        cdr_token: { uid: '012345678', type: 'RFID', contract_id: 'NLWBXC12345678X' },
        auth_method: 'WHITELIST',
        location_id: 'LOC1',
        evse_uid: 'EVSE1',
        connector_id: '1',
        currency: 'EUR',
        status: 'ACTIVE',
        last_updated: now(),
      }),
    goOn: async (times: number) => {
      for (let told = 0; told < times; told += 1) {
        energy += 1;
        await tell('PATCH', { kwh: energy / 10, last_updated: now() });
      }
    },
  };
}

test.describe('transactions', () => {
  // Charges take their time, however fast it goes.
  test.describe.configure({ timeout: 90_000 });

  test('a charge that is started with one click comes into the empty list and grows while one looks on', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await visit(ui, '/transactions');
    await expect(ui.getByRole('heading', { name: 'No transactions yet' })).toBeVisible();
    await expectAccessible(ui, 'any');
    const start = ui.getByRole('button', { name: 'Start a charge at the built-in partner' });

    // The partner does not give its locations away at first.
    await client.sandbox.start({ locations: 20 });
    await client.sandbox.life.set({ speed: 300 });
    await client.sandbox.faults.add({
      kind: 'envelope.ocpi-status',
      parameters: { code: 2001 },
      scope: { operation: 'locations.list' },
    });
    await start.click();
    await expect(ui.getByRole('alert')).toContainText('The locations of the built-in partner could not be read.');
    await client.sandbox.faults.remove({ all: true });

    await start.click();
    await expect(lines(ui)).toHaveCount(1);
    await expect(lines(ui)).toContainText('sandbox');
    await expect(lines(ui)).toContainText('charging');
    // Whoever has chosen a speed keeps it.
    expect((await client.sandbox.life.get()).speed).toBe(300);

    await list(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/transactions\/\d+$/);
    await expect(ui.getByRole('heading', { level: 1 })).toContainText(/^Transaction \d+$/);
    await expect(ui.getByText('Still due: the end of the session, then a CDR')).toBeVisible();
    await expect(arrow(ui, 'START_SESSION')).toContainText('ACCEPTED');
    await expect(arrow(ui, 'session PUT')).toContainText(/PENDING|ACTIVE/);
    const before = Number(
      await ui
        .getByRole('tab', { name: /^Course/ })
        .locator('span')
        .textContent(),
    );
    await expect
      .poll(
        async () =>
          Number(
            await ui
              .getByRole('tab', { name: /^Course/ })
              .locator('span')
              .textContent(),
          ),
        {
          timeout: 20_000,
        },
      )
      .toBeGreaterThan(before);

    const [trip] = (await client.life.get()).trips;
    await client.life.stop({ id: trip?.id ?? '' });
    await expect(arrow(ui, 'STOP_SESSION')).toHaveCount(1);
    await expect(
      course(ui)
        .getByRole('treeitem')
        .filter({ hasText: /^.*CDR/ })
        .last(),
    ).toBeVisible({ timeout: 20_000 });
    await expect(ui.getByText('Still due:')).toHaveCount(0);
    await expect(ui.getByRole('link', { name: 'Replay this' })).toHaveAttribute('href', /replay\?source=transaction/);
    await ui.getByRole('link', { name: 'To the transactions' }).click();
    await expect(lines(ui)).toContainText('billed');
    await expectAccessible(ui, 'any');
  });

  test('its course folds what is alike, and leads to each exchange by pointer and by keys', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await partnerAt(client, 1000, 20);
    const id = await wholeCharge(client);
    await visit(ui, `/transactions/${id}`);
    const fold = course(ui)
      .getByRole('treeitem')
      .filter({ hasText: /\d+ session updates/ });
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    await fold.click();
    await expect(fold).toHaveAttribute('aria-expanded', 'true');
    const inside = course(ui).locator('[role=treeitem][aria-level="2"]');
    expect(await inside.count()).toBeGreaterThan(3);
    await ui.keyboard.press('ArrowLeft');
    await expect(inside).toHaveCount(0);
    await ui.keyboard.press('ArrowRight');
    await expect(inside.first()).toBeVisible();
    await ui.getByRole('button', { name: 'Fold all' }).click();
    await expect(inside).toHaveCount(0);

    await arrow(ui, 'START_SESSION').click();
    await expect(pane(ui)).toContainText('commands');
    await expect(pane(ui)).toContainText('Belongs here:');
    await expect(arrow(ui, 'START_SESSION')).toHaveAttribute('aria-selected', 'true');
    await course(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await expect(arrow(ui, 'START_SESSION')).toHaveAttribute('aria-selected', 'false');
    await pane(ui).getByRole('tab', { name: 'Request' }).click();
    await expect(pane(ui)).toContainText(/\d+ headers/);
    await expectAccessible(ui, 'any');
    await course(ui).focus();
    await ui.keyboard.press('Escape');
    await expect(pane(ui)).toHaveCount(0);
    await expect(course(ui)).toBeFocused();

    // An exchange that is asked for from elsewhere comes out of its fold.
    const { points } = await client.transactions.get({ id });
    const alike = points.filter(({ operation }) => operation === 'sessions.patch');
    const wanted = alike[3]?.exchangeId ?? 0;
    await visit(ui, `/transactions/${id}?exchange=${wanted}`);
    await expect(course(ui).locator('[aria-selected=true]')).toHaveCount(1);
    await expect(fold).toHaveAttribute('aria-expanded', 'true');

    // From Traffic back to it.
    await visit(ui, `/traffic?exchange=${wanted}&tab=related`);
    await ui.getByRole('link', { name: `Transaction ${id}` }).click();
    await expect(ui).toHaveURL(new RegExp(`#/transactions/${id}\\?exchange=${wanted}$`));
    await expectFitsAtDoubleSize(ui);
  });

  test('while it grows nothing jumps; whoever looks at its end goes on looking at it', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'volta' });
    await registered(client, 'volta');
    const session = await sessionOf(partner, client);
    await session.begin();
    await session.goOn(30);
    await visit(ui, '/transactions?q=SES-GROWS');
    await expect(lines(ui)).toContainText('3.0');
    await list(ui).getByRole('link').first().click();
    await expect(arrow(ui, '30 session updates')).toContainText('at last: 3 kWh');
    await ui.getByRole('button', { name: 'Unfold all' }).click();
    const scrolled = () =>
      course(ui).evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
        top: scrollTop,
        left: scrollHeight - clientHeight - scrollTop,
      }));
    expect((await scrolled()).top).toBe(0);
    await session.goOn(2);
    await expect(arrow(ui, '32 session updates')).toBeVisible();
    expect((await scrolled()).top).toBe(0);
    // Only what can be seen is drawn.
    expect(await course(ui).getByRole('treeitem').count()).toBeLessThan(33);
    await ui.getByRole('button', { name: 'To the newest' }).click();
    await expect(arrow(ui, '3.2 kWh').last()).toBeVisible();
    await session.goOn(2);
    await expect(arrow(ui, '3.4 kWh').last()).toBeVisible();
    expect((await scrolled()).left).toBeLessThan(5);
  });

  test('the charging curve is drawn, told point by point, and shown as numbers; each leads to its exchange', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await partnerAt(client, 1000, 20);
    const id = await wholeCharge(client);
    await visit(ui, `/transactions/${id}?show=curve`);
    const curve = ui.getByRole('slider', { name: 'Charging curve' });
    await expect(curve.locator('canvas')).toBeVisible();
    await curve.focus();
    await ui.keyboard.press('End');
    await expect(curve).toHaveAttribute('aria-valuetext', /kWh/);
    await ui.keyboard.press('Enter');
    await expect(pane(ui)).toBeVisible();
    // Once one is open, the others open as one goes past them.
    const { curve: points } = await client.transactions.get({ id });
    const other = points.findIndex(({ exchangeId }) => exchangeId !== points.at(-1)?.exchangeId);
    await ui.keyboard.press('Home');
    for (let steps = 0; steps < other; steps += 1) await ui.keyboard.press('ArrowRight');
    await expect(ui).toHaveURL(new RegExp(`exchange=${points[other]?.exchangeId}$`));
    const energy = ui.getByRole('button', { name: 'Energy by the session' });
    await expect(energy).toHaveAttribute('aria-pressed', 'true');
    await energy.click();
    await expect(energy).toHaveAttribute('aria-pressed', 'false');
    await expectAccessible(ui, 'any');
    await pane(ui).getByRole('button', { name: 'Close' }).click();
    await expect(pane(ui)).toHaveCount(0);
    await curve.locator('.u-over').click();
    await expect(pane(ui)).toBeVisible();
    await ui.getByText('Table', { exact: true }).click();
    const table = ui.getByRole('grid', { name: 'Points of the charging curve' });
    await expect(table.getByRole('row').filter({ hasText: 'charging period of the CDR' }).first()).toBeVisible();
    await expectAccessible(ui, 'any');
    await ui.getByRole('tab', { name: 'Session and CDR' }).click();
    await expect(ui.getByText('"cdr_token"').first()).toBeVisible();
    await expectAccessible(ui, 'any');
  });

  test('the list is narrowed by tokens and words, and problems lead to the exchange that shows them', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await partnerAt(client, 1000, 20);
    await client.sandbox.faults.add({ kind: 'money.kwh-falls' });
    await wholeCharge(client);
    await visit(ui, '/transactions?q=is:problem');
    await expect(lines(ui)).toHaveCount(1, { timeout: 20_000 });
    await list(ui).getByRole('link').first().click();
    const problems = ui.getByRole('region', { name: 'Problems' });
    const problem = problems.getByRole('listitem').filter({ hasText: 'transaction.energy-differs' });
    await problem.getByRole('button', { name: /^Show the exchange \d+$/ }).click();
    await expect(course(ui).locator('[aria-selected=true]')).toContainText('CDR');
    await expect(pane(ui)).toContainText('Belongs here:');
    await expectAccessible(ui, 'any');
    await client.sandbox.life.pause();
    await visit(ui, '/transactions');
    await expect(lines(ui)).toHaveCount(1);
    await visit(ui, '/transactions?q=state:refused%20since:1h');
    await expect(ui.getByRole('heading', { name: 'No transaction fits' })).toBeVisible();
    await ui.getByRole('button', { name: 'Show all transactions' }).click();
    await expect(ui).not.toHaveURL(/q=/);
    await expect(lines(ui)).toHaveCount(1);
    const session = await list(ui).getByRole('link').first().textContent();
    await filter(ui).fill(`link:sandbox ${session?.slice(0, 5).toLowerCase()}`);
    await filter(ui).press('Enter');
    await expect(lines(ui)).toHaveCount(1);
    await filter(ui).fill('state:gone ');
    await expect(ui.getByTitle(/^One of authorized, asked/)).toBeVisible();
    await filter(ui).press('Escape');
    await ui.keyboard.press('ControlOrMeta+k');
    await expect(ui.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
    await ui.keyboard.type(session ?? '');
    await expect(ui.getByRole('option').first()).toContainText('LOC-');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/transactions\/\d+$/);
    await visit(ui, '/transactions/999999');
    await expect(ui.getByRole('alert')).toBeVisible();
    await expectAccessible(ui, 'any');
    await visit(ui, '/transactions/nothing');
    await expect(ui.getByRole('heading', { name: 'There is no such transaction' })).toBeVisible();
  });

  test('one charge is watched, replayed ten times as fast, and an injected fault is the one difference', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    // Ten times this is still slow enough for each update to be told by itself.
    await partnerAt(client, 6, 20);
    // The same customer comes in the same car.
    await client.own.generate({ module: 'tokens', count: 1 });
    const { id } = await client.life.start({ as: 'app', link: 'sandbox' });
    await visit(ui, '/transactions');
    await list(ui).getByRole('link').first().click();
    await expect(arrow(ui, 'START_SESSION')).toBeVisible();
    await expect(arrow(ui, 'session PATCH').filter({ hasText: /[1-9]\d* kWh/ })).toBeVisible({ timeout: 30_000 });
    await expect.poll(async () => (await client.life.get()).trips[0]?.state).toBe('charging');
    await client.life.stop({ id });
    await expect(arrow(ui, 'CDR')).toBeVisible({ timeout: 20_000 });

    await ui.getByRole('link', { name: 'Replay this' }).click();
    await expect(ui).toHaveURL(/#\/replay\?.*source=transaction/);
    await ui.getByText('10×', { exact: true }).click();
    await ui.getByRole('tab', { name: /^Rewritten/ }).click();
    await expect(ui.getByRole('region', { name: 'What will happen' }).last()).toContainText('authorization reference');
    await ui.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(ui).toHaveURL(/#\/replay\/\d+$/);
    await expect(ui.getByRole('heading', { level: 2, name: /all the same$/ })).toBeVisible({ timeout: 60_000 });

    await client.sandbox.faults.add({
      kind: 'object.required-missing',
      parameters: { field: 'total_energy' },
      scope: { operation: 'cdrs.post', direction: 'send' },
    });
    await ui.getByRole('button', { name: 'Repeat', exact: true }).click();
    await expect(ui.getByRole('heading', { level: 2, name: / different$/ })).toBeVisible({ timeout: 60_000 });
    await ui.getByText('Only different', { exact: true }).click();
    const steps = ui
      .getByRole('grid', { name: 'Steps' })
      .getByRole('row')
      .filter({ has: ui.getByRole('gridcell') });
    await expect(steps).toHaveCount(1);
    await steps.click();
    const details = ui.getByRole('region', { name: 'Details of the step' });
    await expect(details.getByRole('region', { name: 'Differences' })).toContainText('total_energy is missing');
  });
});
