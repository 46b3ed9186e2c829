import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { billedCharge, chargerByTheBlock, partnerAt } from './support/charging.ts';
import { expectFitsAtDoubleSize, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const cost = (ui: Page) => ui.getByRole('region', { name: 'Cost', exact: true });
const totals = (ui: Page) => ui.getByRole('table', { name: 'Cost stated and cost recomputed' });
const lines = (ui: Page) => ui.getByRole('table', { name: 'Line by line' });

/** As much of a CDR as it takes to tell what a step of its tariff costs. */
interface Billed {
  readonly currency: string;
  readonly total_cost: { readonly before_taxes?: number; readonly excl_vat?: number };
  readonly tariffs: readonly {
    readonly tax_included?: string;
    readonly elements: readonly {
      readonly price_components: readonly {
        readonly type: string;
        readonly price: number;
        readonly step_size: number;
        readonly vat?: number;
      }[];
    }[];
  }[];
}

/** An hour of ours. */
const SESSION = {
  country_code: 'NL',
  party_id: 'WBX',
  start_date_time: '2026-11-20T10:00:00Z',
  end_date_time: '2026-11-20T11:00:00Z',
  kwh: 12.5,
  cdr_token: {
    country_code: 'NL',
    party_id: 'TNM',
    uid: '012345678',
    type: 'RFID',
    contract_id: 'NL-TNM-C12345678-X',
  },
  auth_method: 'WHITELIST',
  location_id: 'LOC-A',
  evse_uid: 'EVSE1',
  connector_id: '1',
  currency: 'EUR',
  status: 'COMPLETED',
  last_updated: '2026-11-20T11:00:00Z',
} as const;

/** Of the first price of time, without taxes: what one block of it costs. */
function blockOf({ tariffs }: Billed): number {
  for (const { elements, tax_included: included } of tariffs) {
    const part = elements.flatMap(({ price_components }) => price_components).find(({ type }) => type === 'TIME');
    if (part === undefined) continue;
    const withTaxes = (part.price * part.step_size) / 3600;
    return included === 'YES' ? withTaxes / (1 + (part.vat ?? 0) / 100) : withTaxes;
  }
  throw new Error('the CDR has no tariff with a price of time');
}

test.describe('the cost of a charge', () => {
  // Charges take their time, however fast it goes.
  test.describe.configure({ timeout: 90_000 });

  test('a partner that bills one step_size too many is found out on the page of the transaction, and by how much', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await partnerAt(client, 600);
    const place = await chargerByTheBlock(client);
    const right = await billedCharge(client, 'app', place);
    await visit(ui, `/transactions/${right.id}?show=cost`);
    await expect(cost(ui).getByText('right', { exact: true })).toBeVisible();
    await expect(totals(ui).getByRole('row', { name: /^Total/ })).toContainText('0.00');
    await expect(ui.getByRole('region', { name: 'Where it departs' })).toHaveCount(0);
    await expectAccessible(ui, 'any');

    await client.sandbox.faults.add({
      kind: 'money.step-size',
      scope: { operation: 'cdrs.post', direction: 'send' },
    });
    const wrong = await billedCharge(client, 'app', place);
    const cdr = wrong.cdrObject as Billed;
    const stated = cdr.total_cost.before_taxes ?? cdr.total_cost.excl_vat ?? 0;
    const block = blockOf(cdr);
    await visit(ui, `/transactions/${wrong.id}`);
    await ui.getByRole('tab', { name: 'Cost', exact: true }).click();
    await expect(cost(ui).getByText('wrong', { exact: true })).toBeVisible();

    // By how much, as worked out here from the tariff within the CDR.
    const departures = cost(ui).getByRole('region', { name: 'Where it departs' });
    await expect(departures.getByText('step-size-one-more').first()).toBeVisible();
    const total = totals(ui)
      .getByRole('row', { name: /^Total/ })
      .getByRole('cell');
    const numbers = (await total.allTextContents()).map(text => Number(text.replaceAll(',', '')));
    expect(numbers[0]).toBeCloseTo(stated, 2);
    expect(numbers[1]).toBeCloseTo(stated - block, 2);
    expect(numbers[2]).toBeCloseTo(block, 2);
    await expect(departures.getByText(/^\+/).first()).toContainText(cdr.currency);

    // Line by line, folded and unfolded by keys; its sum is what is due.
    await expect(lines(ui).getByRole('row', { name: /^Total due/ })).toContainText(
      (await total.nth(1).textContent()) ?? '',
    );
    const period = lines(ui).getByRole('button', { name: /^Period 1/ });
    const open = await period.getAttribute('aria-expanded');
    await period.focus();
    await ui.keyboard.press('Enter');
    await expect(period).toHaveAttribute('aria-expanded', open === 'true' ? 'false' : 'true');

    // The zone is said, and another one can be chosen.
    const zone = ui.getByLabel('Time zone in which the times of the tariff are read');
    await expect(zone.getByRole('option', { name: /, as found$/ })).toBeAttached();
    await zone.selectOption('Asia/Tokyo');
    await expect(zone).toHaveValue('Asia/Tokyo');
    await expect(cost(ui)).toHaveAttribute('aria-busy', 'false');
    await expectAccessible(ui, 'any');

    // What the session stated is another thing.
    await ui.getByRole('radiogroup', { name: 'What is priced' }).getByText('Session', { exact: true }).click();
    await expect(ui).toHaveURL(/of=session/);
    await expect(ui.getByText(wrong.session ?? '', { exact: true }).last()).toBeVisible();

    // A report of the area leads to the same.
    await visit(ui, '/reports?period=all&by=location');
    const bars = ui.getByRole('listbox', { name: 'Charges: Location' });
    await expect(bars.getByRole('option')).toHaveCount(1);
    await expect(bars.getByRole('option')).toHaveAccessibleName(/: 2$/);
    await bars.focus();
    await ui.keyboard.press('ArrowRight');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/reports\/charges\?.*location/);
    const charges = ui.getByRole('grid', { name: 'Charges' });
    await charges.getByRole('link', { name: wrong.cdr ?? '' }).click();
    await expect(cost(ui).getByText('wrong', { exact: true })).toBeVisible();
    await ui.getByRole('tab', { name: 'As it was sent' }).click();
    await expect(ui.getByText('"country_code"').first()).toBeVisible();
    await ui.getByRole('link', { name: `Transaction ${wrong.id}` }).click();
    await expect(ui).toHaveURL(new RegExp(`#/transactions/${wrong.id}$`));
    await expectFitsAtDoubleSize(ui);
  });

  test('a charge that is paid by card shows what belongs to its payment, on its page and among the payments', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await partnerAt(client, 600);
    const { id, reference, cdr } = await billedCharge(client, 'card');
    const name = `Payment ${reference}`;
    await visit(ui, `/transactions/${id}`);
    await ui.getByRole('tab', { name: 'Payment' }).click();
    await expect(ui.getByRole('region', { name })).toContainText(cdr ?? 'no CDR');
    await expectAccessible(ui, 'any');

    await visit(ui, '/reports?tab=payments&period=all');
    const payments = ui.getByRole('grid', { name: 'Payments' });
    await payments
      .getByRole('row')
      .filter({ hasText: reference ?? 'no reference' })
      .click();
    const details = ui.getByRole('region', { name: 'Details of the payment' });
    await expect(details.getByRole('region', { name })).toContainText(cdr ?? 'no CDR');
    await expectAccessible(ui, 'any');
    await payments.focus();
    await ui.keyboard.press('Escape');
    await expect(details).toHaveCount(0);
    await payments
      .getByRole('row')
      .filter({ hasText: reference ?? 'no reference' })
      .click();
    await details.getByRole('link', { name: /^Transaction \d+$/ }).click();
    await expect(ui.getByRole('heading', { level: 1 })).toHaveText(`Transaction ${id}`);
    await visit(ui, '/reports?tab=payments&period=all&state=unmatched');
    await expect(payments.getByText(reference ?? 'no reference')).toHaveCount(0);
  });

  test('what is ours is priced beside its text; what has no tariff, or is not there, says so', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await client.own.generate({ module: 'cdrs', count: 3 });
    const [own] = (await client.own.list({ module: 'cdrs' })).objects;
    await visit(ui, `/own?kind=cdrs&sel=${encodeURIComponent(`${own?.party}//${own?.id}`)}`);
    const shownAs = ui.getByRole('radiogroup', { name: 'Shown as' });
    await shownAs.getByText('Cost', { exact: true }).click();
    await expect(cost(ui).getByText(/^(right|wrong|unsure|not priced)$/)).toBeVisible();
    await expect(totals(ui)).toBeVisible();
    await expectAccessible(ui, 'any');
    await shownAs.getByText('JSON', { exact: true }).click();
    await expect(ui.getByText('"country_code"').first()).toBeVisible();

    await visit(ui, '/reports/charge?kind=cdr&id=GONE');
    await expect(ui.getByRole('alert')).toContainText('GONE');
    await expectAccessible(ui, 'any');
    await visit(ui, '/reports/charge');
    await expect(ui.getByRole('heading', { name: 'No charge is named' })).toBeVisible();
  });

  test('of a session without a tariff nothing is said to be due, and nothing is shown that holds nothing', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    for (const [id, total_cost] of [
      ['STATED', { excl_vat: 5.25, incl_vat: 6.35 }],
      ['UNSTATED', undefined],
    ] as const) {
      const text = JSON.stringify({ ...SESSION, id, total_cost });
      expect(await client.own.set({ module: 'sessions', version: '2.2.1', id, text })).toMatchObject({ ok: true });
    }
    await visit(ui, '/reports/charge?kind=session&id=STATED');
    await expect(cost(ui).getByText('not priced', { exact: true })).toBeVisible();
    await expect(cost(ui)).toContainText('It states 5.25 EUR, and there is no tariff to price it by.');
    const total = totals(ui)
      .getByRole('row', { name: /^Total/ })
      .getByRole('cell');
    await expect(total).toHaveText(['5.25', '–', '–', '6.35', '–', '–']);
    await expect(lines(ui)).toHaveCount(0);
    await expect(cost(ui).getByRole('region', { name: 'Where it departs' })).toHaveCount(0);
    await expect(cost(ui).getByRole('region', { name: 'What could not be told for certain' })).toContainText(
      'no-tariff',
    );
    await expectAccessible(ui, 'any');

    await visit(ui, '/reports/charge?kind=session&id=UNSTATED');
    await expect(cost(ui)).toContainText('It states no cost, and there is no tariff to price it by.');
    await expect(totals(ui)).toHaveCount(0);
    await expect(lines(ui)).toHaveCount(0);
    await expectFitsAtDoubleSize(ui);
  });
});
