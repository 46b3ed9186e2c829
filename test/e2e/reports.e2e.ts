import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { filter } from './support/controls.ts';
import { type Client, expectFitsAtDoubleSize, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const bars = (ui: Page, name: RegExp | string) => ui.getByRole('listbox', { name });
const table = (ui: Page, by: string) => ui.getByRole('grid', { name: `Charges by: ${by}` });
const lines = (ui: Page, by: string) =>
  table(ui, by)
    .getByRole('row')
    .filter({ has: ui.getByRole('gridcell') });
const figure = (ui: Page, name: string) => ui.getByRole('group', { name: /^All of it/ }).getByRole('button', { name });

const now = () => new Date().toISOString();
const daysAgo = (days: number, hour: number) => {
  const moment = new Date();
  moment.setUTCHours(hour, 0, 0, 0);
  moment.setUTCDate(moment.getUTCDate() - days);
  return moment;
};

interface Bill {
  readonly id: string;
  readonly start: Date;
  readonly kwh: number;
  readonly cost: number;
  readonly currency: string;
  readonly location: string;
  readonly session?: string;
}

/** A CDR of one hour, in 2.2.1. */
function cdr({ id, start, kwh, cost, currency, location, session }: Bill): object {
  return {
    country_code: 'NL',
    party_id: 'WBX',
    id,
    start_date_time: start.toISOString(),
    end_date_time: new Date(start.getTime() + 3_600_000).toISOString(),
    ...(session !== undefined && { session_id: session }),
    cdr_token: { country_code: 'NL', party_id: 'WBX', uid: 'CARD1', type: 'RFID', contract_id: 'NLWBXC1' },
    auth_method: 'WHITELIST',
    cdr_location: {
      id: location,
      name: `Street ${location}`,
      address: 'Street 1',
      city: 'Utrecht',
      country: 'NLD',
      coordinates: { latitude: '52.090', longitude: '5.121' },
      evse_uid: `${location}-1`,
      evse_id: `NL*WBX*E${location}`,
      connector_id: '1',
      connector_standard: 'IEC_62196_T2',
      connector_format: 'SOCKET',
      connector_power_type: 'AC_3_PHASE',
    },
    currency,
    charging_periods: [{ start_date_time: start.toISOString(), dimensions: [{ type: 'ENERGY', volume: kwh }] }],
    total_cost: { excl_vat: cost },
    total_energy: kwh,
    total_time: 1,
    last_updated: now(),
  };
}

async function bring(client: Client, module: 'cdrs' | 'sessions', objects: readonly object[]): Promise<void> {
  const text = JSON.stringify(objects);
  expect(await client.own.import({ module, version: '2.2.1', unchecked: true, text })).toMatchObject({ ok: true });
}

/** A session that was over after an hour. */
function session(id: string, start: Date): object {
  return {
    country_code: 'NL',
    party_id: 'WBX',
    id,
    start_date_time: start.toISOString(),
    end_date_time: new Date(start.getTime() + 3_600_000).toISOString(),
    kwh: 8,
    cdr_token: { country_code: 'NL', party_id: 'WBX', uid: 'CARD1', type: 'RFID', contract_id: 'NLWBXC1' },
    auth_method: 'WHITELIST',
    location_id: 'LOC-A',
    evse_uid: 'LOC-A-1',
    connector_id: '1',
    currency: 'EUR',
    status: 'COMPLETED',
    last_updated: now(),
  };
}

/** Charges of two months, at two locations, in two currencies. */
function twoMonths(client: Client): Promise<void> {
  const bills = Array.from({ length: 40 }, (_, at) => {
    const day = at + 1;
    return cdr({
      id: `CDR-${day}`,
      start: daysAgo(day, 10),
      kwh: day === 3 ? 50 : 10,
      cost: 4,
      currency: day % 10 === 0 ? 'SEK' : 'EUR',
      location: day % 4 === 0 ? 'LOC-B' : 'LOC-A',
    });
  });
  return bring(client, 'cdrs', bills);
}

test.describe('reports', () => {
  // Whatever is looked at by axe in light and in dark takes its time.
  test.describe.configure({ timeout: 90_000 });

  test('an empty report teaches, and one click fills it', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await visit(ui, '/reports');
    await expect(ui.getByRole('heading', { name: 'No charges yet' })).toBeVisible();
    await expectAccessible(ui, 'any');
    await client.sandbox.start({ locations: 20 });
    await client.sandbox.life.set({ speed: 600 });
    await ui.getByRole('button', { name: 'Start a charge at the built-in partner' }).click();
    // Nobody waits for the end of it here.
    await expect.poll(async () => (await client.life.get()).trips[0]?.state, { timeout: 30_000 }).toBe('charging');
    const [trip] = (await client.life.get()).trips;
    await client.life.stop({ id: trip?.id ?? '' });
    await expect(figure(ui, 'Charges')).toContainText('1', { timeout: 30_000 });
    await expect(lines(ui, 'Day')).toHaveCount(1);
  });

  test('a month is counted by day, by keys one comes from a bar to its charges and back; rows lead there too', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await twoMonths(client);
    await visit(ui, '/reports');
    await expect(figure(ui, 'Charges')).toContainText('29');
    await expect(figure(ui, 'Cost')).toHaveCount(2);
    await expect(lines(ui, 'Day').first()).toBeVisible();
    await expectAccessible(ui, 'any');

    await figure(ui, 'Energy').click();
    await expect(ui).toHaveURL(/show=kwh/);
    const energy = bars(ui, 'Energy: Day');
    await expect(energy.getByRole('option')).toHaveCount(29);
    await energy.focus();
    await ui.keyboard.press('End');
    await ui.keyboard.press('ArrowLeft');
    await ui.keyboard.press('ArrowLeft');
    const third = energy.getByRole('option', { selected: true });
    await expect(third).toHaveAccessibleName(/: 50 kWh$/);
    await ui.keyboard.press('Enter');
    const charges = ui.getByRole('grid', { name: 'Charges' });
    await expect(charges.getByRole('link')).toHaveText(['CDR-3']);
    await expect(ui).toHaveURL(new RegExp(`from=(%22)?${daysAgo(3, 10).toISOString().slice(0, 10)}`));
    await expectAccessible(ui, 'any');
    await charges.focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('Enter');
    await expect(ui.getByRole('heading', { level: 1 })).toHaveText('CDR CDR-3');
    await ui.getByRole('link', { name: 'To the charges' }).click();
    await expect(charges.getByRole('link')).toHaveText(['CDR-3']);
    await ui.getByRole('link', { name: 'To the report' }).click();
    await expect(energy).toBeVisible();

    // By location, ordered by energy, with one row more behind each heading.
    await ui.getByLabel('Counted by').selectOption('location');
    await expect(lines(ui, 'Location')).toHaveCount(2);
    await table(ui, 'Location').getByRole('button', { name: 'kWh' }).click();
    await expect(table(ui, 'Location').getByRole('columnheader', { name: 'kWh' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expect(lines(ui, 'Location').first()).toContainText('LOC-A');
    await table(ui, 'Location').getByRole('button', { name: 'kWh' }).click();
    await expect(lines(ui, 'Location').first()).toContainText('LOC-B');
    await lines(ui, 'Location').first().getByRole('link').click();
    await expect(ui).toHaveURL(/location(%3A|:)LOC-B/);
    await expect(charges.getByRole('link')).toHaveCount(7);
    await ui.goBack();

    // Currencies stand beside each other.
    await ui.getByLabel('Period in which the charges began').selectOption('all');
    await expect(figure(ui, 'Charges')).toContainText('40');
    await expect(figure(ui, 'Cost').first()).toContainText('144.00 EUR');
    await figure(ui, 'Cost').filter({ hasText: '16.00 SEK' }).click();
    await expect(bars(ui, 'Cost: Location').getByRole('option', { name: /LOC-B.*: 8.00 SEK$/ })).toBeVisible();
    await expectAccessible(ui, 'any');
    await expectFitsAtDoubleSize(ui);
  });

  test('what narrows stands in the address; what narrows nothing says so; the table is saved as a file', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await twoMonths(client);
    await visit(ui, '/reports?by=month&period=all&q=location:LOC-B');
    await expect(figure(ui, 'Charges')).toContainText('10');
    const saving = ui.waitForEvent('download');
    await ui.getByRole('button', { name: 'CSV' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^charges-by-month-\d{4}-\d\d-\d\d\.csv$/);
    const [head = '', ...rows] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toContain('month');
    expect(rows.length).toBeGreaterThan(0);

    await filter(ui).fill('Utrecht');
    await expect(ui.getByText('“Utrecht” narrows nothing', { exact: false })).toBeVisible();
    await filter(ui).fill('');
    await ui.getByLabel('Period in which the charges began').selectOption('days');
    await ui.getByLabel('First day', { exact: true }).fill('2020-01-01');
    await ui.getByLabel('Last day', { exact: true }).fill('2020-01-31');
    // Days are written as in the rest of the page; what is none changes nothing, and is marked.
    await expect(ui).toHaveURL(/from=2020-01-01&to=2020-01-31/);
    const first = ui.getByLabel('First day', { exact: true });
    await first.fill('01/02/2020');
    await ui.getByLabel('Last day', { exact: true }).focus();
    await expect(first).toHaveAttribute('aria-invalid', 'true');
    await expect(ui).toHaveURL(/from=2020-01-01&to=2020-01-31/);
    await first.fill('2020-01-02');
    await expect(first).not.toHaveAttribute('aria-invalid', 'true');
    await expect(ui).toHaveURL(/from=2020-01-02&to=2020-01-31/);
    await expect(
      ui.getByRole('heading', { name: 'No charge began in this period, or fits this filter' }),
    ).toBeVisible();
    await expectAccessible(ui, 'any');
    await ui.getByRole('button', { name: 'Show all charges' }).click();
    await expect(figure(ui, 'Charges')).toContainText('40');
    // An address with a zone that is none is told, and another one can be chosen.
    await visit(ui, '/reports?period=all&zone=Mars/Base');
    await expect(ui.getByRole('alert')).toContainText('Mars/Base');
    await ui.getByLabel('Time zone of days and hours').selectOption('Europe/Stockholm');
    await expect(ui.getByRole('alert')).toHaveCount(0);
    await expect(figure(ui, 'Charges')).toContainText('40');
  });

  test('sessions and CDRs that do not say the same are listed, and lead to the charge', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await visit(ui, '/reports?tab=differences');
    await expect(ui.getByRole('heading', { name: 'Sessions and CDRs say the same' })).toBeVisible();
    await bring(client, 'sessions', [session('SES-UNBILLED', daysAgo(3, 10))]);
    const lonely = {
      id: 'CDR-LONELY',
      start: daysAgo(2, 10),
      kwh: 10,
      cost: 4,
      currency: 'EUR',
      location: 'LOC-A',
      session: 'SES-NOBODY-KNOWS',
    };
    await bring(client, 'cdrs', [cdr(lonely)]);
    const grid = ui.getByRole('grid', { name: 'Differences' });
    await expect(grid.getByText('no session', { exact: true })).toBeVisible();
    await expect(grid.getByText('no CDR', { exact: true })).toBeVisible();
    await expect(grid.getByRole('link', { name: 'SES-UNBILLED' })).toBeVisible();
    await expect(grid.getByText('SES-NOBODY-KNOWS', { exact: true })).toBeVisible();
    await expectAccessible(ui, 'any');
    await ui.getByLabel('What differs').selectOption('kwh');
    await expect(grid.getByText('no session', { exact: true })).toHaveCount(0);
    await ui.getByLabel('What differs').selectOption('no-session');
    await grid.getByRole('link', { name: 'CDR-LONELY' }).click();
    await expect(ui.getByRole('heading', { level: 1 })).toHaveText('CDR CDR-LONELY');

    await visit(ui, '/reports');
    await ui.getByRole('tab', { name: 'Payments' }).click();
    await expect(ui.getByRole('heading', { name: 'No payments at terminals' })).toBeVisible();
    await expectAccessible(ui, 'any');
  });

  test('charges that cannot be counted, or do not come, are told with another try', async ({ page, workbench }) => {
    const client = await workbench.client();
    await twoMonths(client);
    // On its way a question becomes one the core does not know, so that it refuses it.
    let spoilt: 'count' | 'rows' | undefined = 'count';
    await page.routeWebSocket(/\/contract$/, socket => {
      const core = socket.connectToServer();
      socket.onMessage(message => {
        const text = String(message);
        const kind = /limit\W+1\D/.test(text) ? 'count' : 'rows';
        core.send(spoilt === kind ? text.replace('/reports/charges', '/reports/chargers') : message);
      });
    });
    await page.goto(workbench.url);
    await visit(page, '/reports/charges?period=all');
    const grid = page.getByRole('grid', { name: 'Charges' });
    await expect(page.getByRole('alert')).toHaveCount(1);
    await expect(grid).toHaveCount(0);
    spoilt = 'rows';
    await page.getByRole('button', { name: 'Try again' }).click();
    // Counted by now, but none of them is there.
    await expect(page.getByRole('status').filter({ hasText: '40' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(1);
    await expect(grid.getByText('CDR-1', { exact: true })).toHaveCount(0);
    spoilt = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(grid.getByText('CDR-1', { exact: true })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
