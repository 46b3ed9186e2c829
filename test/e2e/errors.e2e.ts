import type { Page } from '@playwright/test';
import { envelopeAnswer } from '../support/partner/action.ts';
import type { PartnerOptions } from '../support/partner/options.ts';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { baseOf, listOf } from './support/calling.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

type NewPartner = (options?: PartnerOptions) => Promise<Partner>;

const grid = (ui: Page) => ui.getByRole('grid', { name: 'What went wrong' });
const lines = (ui: Page) =>
  grid(ui)
    .getByRole('row')
    .filter({ has: ui.getByRole('rowheader') });
const line = (ui: Page, ...texts: readonly string[]) =>
  texts.reduce((rows, hasText) => rows.filter({ hasText }), lines(ui));
/** `401, ladda: 2` and what else is said of the cell. */
const cell = (ui: Page, name: string | RegExp) => grid(ui).getByRole('gridcell', { name });
const details = (ui: Page) => ui.getByRole('region', { name: 'Details of the group' });
const exchanges = (ui: Page) => details(ui).getByRole('grid', { name: 'Exchanges' });
const counts = (ui: Page) => ui.getByRole('status').filter({ hasText: /failure|finding/ });

/** A registration that fails with this OCPI status. */
async function failsWith(client: Client, newPartner: NewPartner, code: number, name: string): Promise<void> {
  const overrides = { 'credentials.post': envelopeAnswer({ http: 200, code }) };
  await addLink(client, await newPartner({ versions: ['2.2.1'], overrides }), { name });
  await registered(client, name);
}

/** Two failures with 401 on a production link, and one each with 2001, 3001, refused, timed out; one call we refuse. */
async function everythingFails(client: Client, newPartner: NewPartner): Promise<void> {
  const strict = await newPartner({ versions: ['2.2.1'] });
  await addLink(client, { ...strict, tokenA: 'used-up-token' }, { name: 'ladda', environment: 'production' });
  await registered(client, 'ladda');
  await failsWith(client, newPartner, 2001, 'picky');
  await failsWith(client, newPartner, 3001, 'behind-nat');
  const gone = await newPartner();
  await gone.stop();
  await addLink(client, gone, { name: 'gone' });
  await registered(client, 'gone');
  const mute = await newPartner({ overrides: { versions: { do: 'hang' } } });
  await addLink(client, mute, { name: 'mute', settings: { firstByteTimeout: 300 } });
  await registered(client, 'mute');
  await refusedByUs(client);
}

async function refusedByUs(client: Client): Promise<void> {
  const { versionsUrl } = await client.platform.get();
  const answer = await fetch(versionsUrl ?? '', { headers: { authorization: 'Token bm9ib2R5cw==' } });
  expect(answer.status).toBe(401);
}

test.describe('errors', () => {
  test('before anything was said the area says what it is for; when all went well, since when', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    await visit(ui, '/errors');
    await expect(ui.getByRole('heading', { name: 'No exchanges yet' })).toBeVisible();
    await expect(ui.getByRole('link', { name: 'Connect a partner' })).toHaveAttribute('href', /#\/start$/);
    const client = await workbench.client();
    await addLink(client, await newPartner({ versions: ['2.2.1'] }), { name: 'volta' });
    await registered(client, 'volta');
    await visit(ui, '/errors?which=failures');
    await expect(ui.getByRole('heading', { name: 'Nothing failed' })).toBeVisible();
    await expect(ui.getByText(/^\d+ exchanges since \d\d:\d\d, and each was answered well\.$/)).toBeVisible();
    await ui.getByRole('button', { name: 'Show findings too' }).click();
    await expect(ui).not.toHaveURL(/which=/);
    await visit(ui, '/errors?q=since:1h%20code:404');
    await expect(ui.getByRole('heading', { name: 'Nothing that went wrong fits' })).toBeVisible();
    await ui.getByRole('button', { name: 'Show everything that went wrong' }).click();
    await expect(ui).not.toHaveURL(/q=/);
  });

  test('what fails stands in a grid of codes and links, with who said so, while one looks on', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await visit(ui, '/errors?which=failures');
    await expect(ui.getByRole('heading', { name: 'No exchanges yet' })).toBeVisible();
    await everythingFails(client, newPartner);
    await expect(line(ui, '2001', 'we were refused')).toHaveCount(1);
    await expect(cell(ui, '2001, picky: 1, new since yesterday')).toHaveCount(1);
    await expect(line(ui, 'refused', 'our call failed')).toHaveCount(1);
    await expect(cell(ui, /^timeout, mute: \d+/)).toHaveCount(1);
    await expect(cell(ui, /^401, ladda: \d+/)).toHaveCount(1);
    await expect(line(ui, '401', 'we refused').getByRole('gridcell', { name: /^401, no link: 1,/ })).toHaveCount(1);
    await expect(grid(ui).getByRole('columnheader', { name: /PROD ?ladda/ })).toHaveCount(1);
    const { errors } = await client.exchanges.count({});
    await expect(counts(ui)).toHaveText(`${errors} failures`);

    await refusedByUs(client);
    await expect(cell(ui, /^401, no link: 2,/)).toHaveCount(1);
    await expect(counts(ui)).toHaveText(`${errors + 1} failures`);
  });

  test('the columns are links, modules or time, as the address says', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    await failsWith(client, newPartner, 2001, 'picky');
    await failsWith(client, newPartner, 3001, 'behind-nat');
    await visit(ui, '/errors?which=failures');
    await expect(cell(ui, /^3001, behind-nat: 1/)).toHaveCount(1);
    await ui.getByText('Modules', { exact: true }).click();
    await expect(cell(ui, /^3001, credentials: 1/)).toHaveCount(1);
    await expect(line(ui, '3001')).toContainText("cannot use the client's API");
    await ui.getByText('Time', { exact: true }).click();
    await expect(ui).toHaveURL(/by=time/);
    await expect(cell(ui, /^3001, \d\d:\d\d:\d\d: 1$/)).toHaveCount(1);
    await cell(ui, /^3001, \d\d:\d\d:\d\d: 1$/).click();
    await expect(details(ui)).toContainText(/from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
    await expect(exchanges(ui).getByRole('row')).toHaveCount(2);
    // Stretches move on with the clock; the one that was opened stays open.
    await ui.reload();
    await expect(cell(ui, /^3001, \d\d:\d\d:\d\d: 1$/)).toHaveCount(1);
    await expect(details(ui)).toContainText(/from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
    await expect(exchanges(ui).getByRole('row')).toHaveCount(2);
  });

  test('what was found in exchanges that did not fail stands below, and is left out when asked', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const overrides = {
      versions: {
        do: 'alter',
        change: answer => ({ ...answer, body: String(answer.body).replace(/("timestamp":"[^"]*)Z"/, '$1+00:00"') }),
      },
    } satisfies PartnerOptions['overrides'];
    await addLink(client, await newPartner({ versions: ['2.2.1'], overrides }), { name: 'volta' });
    await registered(client, 'volta');
    await failsWith(client, newPartner, 2001, 'picky');
    await visit(ui, '/errors');
    await expect(grid(ui).getByText('Found in exchanges that did not fail')).toBeVisible();
    const [{ code } = { code: '' }] = (await client.exchanges.list({ well: true, finding: 'warning' })).flatMap(
      ({ findings }) => findings.filter(({ severity }) => severity === 'warning'),
    );
    expect(code).not.toBe('');
    const found = line(ui, code, 'in our calls').first();
    await found.getByRole('rowheader').click();
    await expect(details(ui)).toContainText(code);
    await expect(details(ui)).toContainText('What to try');
    await expect(exchanges(ui).getByRole('row').nth(1)).toContainText('GET');
    await details(ui)
      .getByRole('link', { name: /^Show .* in Traffic$/ })
      .click();
    await expect(ui).toHaveURL(/has(:|%3A)/);
    await expect(ui.getByRole('grid', { name: 'Traffic' }).getByRole('row').nth(1)).toBeVisible();
    await ui.goBack();
    await ui.getByText('Failures', { exact: true }).click();
    await expect(grid(ui).getByText('Found in exchanges that did not fail')).toHaveCount(0);
    await expect(line(ui, '2001')).toHaveCount(1);
    await expect(details(ui)).toHaveCount(0);
  });

  test('a group says who is probably at fault, what to try, and leads to its exchanges', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await everythingFails(client, newPartner);
    await visit(ui, '/errors');

    await cell(ui, /^3001, behind-nat: 1/).click();
    await expect(details(ui)).toContainText('Our calls to behind-nat');
    await expect(details(ui)).toContainText(/Probably at fault\s*Our side/);
    await expect(details(ui)).toContainText('What to try');
    await expect(details(ui).getByRole('img', { name: /1 at most in one of 24 stretches/ })).toBeVisible();
    await expect(ui).toHaveURL(/sel=failed%2Fout%2Focpi%2F3001&at=link%3Abehind-nat/);
    const [{ id } = { id: 0 }] = await client.exchanges.list({ ocpi: '3001' });
    const example = exchanges(ui).getByRole('link', { name: String(id), exact: true });
    await expect(example).toHaveAttribute('href', new RegExp(`#/traffic\\?.*exchange=${id}.*tab=explanation`));
    await expect(details(ui).getByRole('link', { name: 'Make a fault like this' })).toHaveAttribute(
      'href',
      `#/faults?exchange=${id}`,
    );
    await details(ui).getByRole('link', { name: 'Show it in Traffic' }).click();
    await expect(ui).toHaveURL(/#\/traffic\?q=/);
    const q = new URLSearchParams(new URL(ui.url()).hash.split('?')[1]).get('q');
    expect(q).toBe('link:behind-nat dir:out failed:3001');
    await expect(ui.getByRole('grid', { name: 'Traffic' })).toHaveAttribute('aria-rowcount', '2');
    await ui.goBack();
    await expect(details(ui)).toContainText('Our calls to behind-nat');

    await cell(ui, /^401, ladda/).click();
    await expect(details(ui)).toContainText('PRODUCTION');
    await expect(details(ui)).toContainText('Try the other form of the token');
    await cell(ui, /^401, no link/).click();
    await expect(details(ui)).toContainText('Calls from someone unknown');
    await expect(exchanges(ui)).toHaveAttribute('aria-rowcount', '2');
    await cell(ui, /^timeout, mute/).click();
    await expect(details(ui)).toContainText('no answer in time');
    await line(ui, 'timeout').getByRole('rowheader').click();
    await expect(ui).not.toHaveURL(/at=/);
    await details(ui).getByRole('button', { name: 'Close' }).click();
    await expect(details(ui)).toHaveCount(0);
    await expect(ui).not.toHaveURL(/sel=/);
  });

  test('what we did on purpose is marked as such', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'volta' });
    await registered(client, 'volta');
    const base = await baseOf(client);
    await listOf(partner, base, 'nothing-like-this');
    await client.faults.add({ kind: 'envelope.http-status', parameters: { status: 503 }, name: 'down' });
    await listOf(partner, base, 'locations');
    await visit(ui, '/errors?which=failures');
    await expect(cell(ui, '503, volta: 1, new since yesterday, 1 on purpose')).toHaveCount(1);
    await cell(ui, /^503, volta/).click();
    await expect(details(ui).getByRole('region', { name: 'On purpose' })).toContainText('down');
    await expect(details(ui)).toContainText('1 of them on purpose');
    await ui.getByRole('textbox', { name: 'Filter' }).fill('is:purpose ');
    await expect(lines(ui)).toHaveCount(1);
    await expect(line(ui, '503')).toHaveCount(1);
  });

  test('filter and selection are in the address and stand after a reload', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    await everythingFails(client, newPartner);
    await visit(ui, '/errors?which=failures');
    await expect(line(ui, '3001')).toHaveCount(1);
    const filter = ui.getByRole('textbox', { name: 'Filter' });
    await filter.fill('layer:network ');
    await expect(lines(ui)).toHaveCount(2);
    await ui.keyboard.press('Escape');
    await cell(ui, /^timeout, mute/).click();
    await expect(ui).toHaveURL(/q=layer(:|%3A)network/);
    await ui.reload();
    await expect(lines(ui)).toHaveCount(2);
    await expect(details(ui)).toContainText('Our calls to mute');
    await expect(cell(ui, /^timeout, mute/)).toHaveAttribute('aria-selected', 'true');
    await ui.getByRole('button', { name: 'Clear the filter' }).click();
    await filter.fill('code:');
    await expect(ui.getByRole('option', { name: /code:2001.*invalid or missing parameters/ })).toBeVisible();
    await filter.fill('code:3xxx link:behind-nat since:1h is:new ');
    await expect(lines(ui)).toHaveCount(1);
    await expect(line(ui, '3001')).toHaveCount(1);
    await ui.keyboard.type('code:refused link:gone ');
    await expect(lines(ui)).toHaveCount(2);
    await ui.keyboard.type('module:locations ');
    await expect(ui.getByRole('heading', { name: 'Nothing that went wrong fits' })).toBeVisible();
  });

  test('by keyboard alone: from cell to cell, into the details, to an exchange, and back', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await failsWith(client, newPartner, 2001, 'picky');
    await failsWith(client, newPartner, 3001, 'behind-nat');
    await visit(ui, '/errors?which=failures');
    await expect(line(ui, '3001')).toHaveCount(1);
    await grid(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('ArrowRight');
    await expect(details(ui)).toHaveCount(0);
    await ui.keyboard.press('Enter');
    await expect(details(ui)).toContainText('Our calls to picky');
    await expect(details(ui).getByRole('heading', { level: 2 }).first()).toBeFocused();
    await ui.keyboard.press('Escape');
    await expect(details(ui)).toHaveCount(0);
    await expect(grid(ui)).toBeFocused();
    await ui.keyboard.press(' ');
    await expect(details(ui)).toContainText('Our calls to picky');
    await expect(grid(ui)).toBeFocused();
    // Once details are open they go with the keys.
    await ui.keyboard.press('ArrowDown');
    await expect(details(ui)).toContainText('Our calls to behind-nat');
    await ui.keyboard.press('Home');
    await expect(ui).not.toHaveURL(/at=/);
    await ui.keyboard.press('End');
    await expect(ui).toHaveURL(/at=link%3Abehind-nat/);
    await expect(exchanges(ui).getByRole('link')).toHaveCount(1);
    await exchanges(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/traffic\?.*exchange=\d+&tab=explanation/);
    await ui.goBack();
    await expect(details(ui)).toContainText('Our calls to behind-nat');
  });

  test('what cannot be read is told, with another try', async ({ page, workbench, newPartner }) => {
    const client = await workbench.client();
    await failsWith(client, newPartner, 2001, 'picky');
    // On its way the question becomes one the core does not know, so that it refuses it.
    let spoilt = true;
    await page.routeWebSocket(/\/contract$/, socket => {
      const core = socket.connectToServer();
      socket.onMessage(message =>
        core.send(spoilt ? String(message).replace('/errors/groups', '/errors/grapes') : message),
      );
    });
    await page.goto(workbench.url);
    await visit(page, '/errors');
    await expect(page.getByRole('alert')).toBeVisible();
    spoilt = false;
    // The page also asks again by itself as soon as something changes, and then the button goes before it is met.
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(async () => {
      if (await again.isVisible()) await again.click({ timeout: 1000 });
      await expect(line(page, '2001')).toHaveCount(1, { timeout: 2000 });
    }).toPass();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('axe finds nothing serious, light and dark, empty, full and with details; it fits at double size', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    await visit(ui, '/errors');
    await expect(ui.getByRole('heading', { name: 'No exchanges yet' })).toBeVisible();
    await expectAccessible(ui);
    const client = await workbench.client();
    await everythingFails(client, newPartner);
    await expect(line(ui, '3001')).toHaveCount(1);
    await expectAccessible(ui);
    await cell(ui, /^401, ladda/).click();
    await expect(exchanges(ui).getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(ui);
    await visit(ui, '/errors?by=time');
    await expect(line(ui, '3001')).toHaveCount(1);
    await expectAccessible(ui);
    await expectFitsAtDoubleSize(ui);
  });
});
