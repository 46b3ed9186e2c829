import type { Page } from '@playwright/test';
import { envelopeAnswer } from '../support/partner/action.ts';
import type { PartnerOptions } from '../support/partner/options.ts';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

type NewPartner = (options?: PartnerOptions) => Promise<Partner>;

const list = (ui: Page) => ui.getByRole('grid', { name: 'Errors' });
const row = (ui: Page, ...texts: readonly string[]) =>
  texts.reduce((rows, hasText) => rows.filter({ hasText }), list(ui).getByRole('row'));
const details = (ui: Page) => ui.getByRole('region', { name: 'Details of the group' });

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
    await expect(ui.getByRole('heading', { name: 'Nothing failed' })).toBeVisible();
    await expect(ui.getByText(/^\d+ exchanges since \d\d:\d\d, and each was answered well\.$/)).toBeVisible();
    await visit(ui, '/errors?q=since:1h');
    await expect(ui.getByRole('heading', { name: 'Nothing that failed fits' })).toBeVisible();
    await ui.getByRole('button', { name: 'Show everything that failed' }).click();
    await expect(ui.getByRole('heading', { name: 'Nothing failed' })).toBeVisible();
  });

  test('what fails is put together by code, with who said so, while one looks on', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await visit(ui, '/errors');
    await expect(ui.getByRole('heading', { name: 'No exchanges yet' })).toBeVisible();
    await everythingFails(client, newPartner);
    await expect(row(ui, '2001', 'picky')).toContainText('invalid or missing parameters');
    await expect(row(ui, '2001', 'picky')).toContainText('we were refused');
    await expect(row(ui, '3001', 'behind-nat')).toContainText("cannot use the client's API");
    await expect(row(ui, 'refused', 'gone')).toContainText('connection refused: nothing listens there');
    await expect(row(ui, 'refused', 'gone')).toContainText('our call failed');
    await expect(row(ui, 'timeout', 'mute')).toContainText('no answer in time');
    await expect(row(ui, 'ladda')).toContainText('PROD');
    await expect(row(ui, 'no link')).toContainText('we refused');
    const { errors } = await client.exchanges.count({});
    await expect(ui.getByRole('status').getByText(`${errors} failures in`)).toBeVisible();

    const before = await row(ui, 'no link').textContent();
    await refusedByUs(client);
    await expect(row(ui, 'no link')).not.toHaveText(before ?? '');
    await expect(ui.getByRole('status').getByText(`${errors + 1} failures in`)).toBeVisible();
  });

  test('a group says who is probably at fault, what to try, and leads to its exchanges', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await everythingFails(client, newPartner);
    await visit(ui, '/errors');

    await row(ui, '3001').click();
    await expect(details(ui)).toContainText('Our calls to behind-nat');
    await expect(details(ui)).toContainText(/Probably at fault\s*Our side/);
    await expect(details(ui)).toContainText('Check that our versions URL is reachable from outside');
    await expect(ui).toHaveURL(/sel=out%2Focpi%2F3001%2Fbehind-nat/);
    const [{ id } = { id: 0 }] = await client.exchanges.list({ ocpi: '3001' });
    const example = details(ui).getByRole('list', { name: 'Newest examples' }).getByRole('link');
    await expect(example).toHaveCount(1);
    await expect(example).toContainText('POST');
    await expect(example).toHaveAttribute('href', `/#/traffic?exchange=${id}`);
    await details(ui).getByRole('link', { name: 'Show it in Traffic' }).click();
    await expect(ui).toHaveURL(/#\/traffic\?q=/);
    const q = new URLSearchParams(new URL(ui.url()).hash.split('?')[1]).get('q');
    expect(q).toBe('link:behind-nat ocpi:3001 is:error dir:out');
    await ui.goBack();
    await expect(details(ui)).toContainText('Our calls to behind-nat');

    await row(ui, 'ladda').click();
    await expect(details(ui)).toContainText('PRODUCTION');
    await expect(details(ui)).toContainText('Try the other form of the token');
    await row(ui, 'no link').click();
    await expect(details(ui)).toContainText('Calls from someone unknown');
    await expect(details(ui)).toContainText('The caller wrote a token that we never issued');
    await row(ui, 'timeout').click();
    await expect(details(ui)).toContainText('a firewall that drops what it does not allow');
    await expect(details(ui).getByRole('link', { name: /^Show (it|all \d+) in Traffic$/ })).toBeVisible();
    await details(ui).getByRole('button', { name: 'Close' }).click();
    await expect(details(ui)).toHaveCount(0);
    await expect(ui).not.toHaveURL(/sel=/);
  });

  test('filter and selection are in the address and stand after a reload', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    await everythingFails(client, newPartner);
    await visit(ui, '/errors');
    await expect(row(ui, '3001')).toBeVisible();
    const filter = ui.getByRole('textbox', { name: 'Filter' });
    await filter.fill('layer:network ');
    await expect(list(ui).getByRole('row')).toHaveCount(3);
    await ui.keyboard.press('Escape');
    await row(ui, 'timeout').click();
    await expect(ui).toHaveURL(/q=layer(:|%3A)network/);
    await ui.reload();
    await expect(list(ui).getByRole('row')).toHaveCount(3);
    await expect(details(ui)).toContainText('Our calls to mute');
    await expect(row(ui, 'timeout')).toHaveAttribute('aria-selected', 'true');
    await ui.getByRole('button', { name: 'Clear the filter' }).click();
    await filter.fill('code:');
    await expect(ui.getByRole('option', { name: /code:2001.*invalid or missing parameters/ })).toBeVisible();
    await filter.fill('code:3xxx link:behind-nat since:1h ');
    await expect(list(ui).getByRole('row')).toHaveCount(2);
    await expect(row(ui, '3001')).toBeVisible();
    await ui.keyboard.type('link:gone ');
    await expect(list(ui).getByRole('row')).toHaveCount(2);
    await ui.keyboard.type('code:refused ');
    await expect(list(ui).getByRole('row')).toHaveCount(3);
  });

  test('by keyboard alone: down the list, into the details, to an example, and back', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    await failsWith(client, newPartner, 2001, 'picky');
    await failsWith(client, newPartner, 3001, 'behind-nat');
    await visit(ui, '/errors');
    await expect(row(ui, '3001')).toBeVisible();
    await ui.getByRole('textbox', { name: 'Filter' }).focus();
    await ui.keyboard.press('Tab');
    await expect(list(ui)).toBeFocused();
    await ui.keyboard.press('ArrowDown');
    await expect(details(ui)).toContainText('2001');
    await ui.keyboard.press('ArrowDown');
    await expect(details(ui)).toContainText('3001');
    await ui.keyboard.press('Enter');
    await expect(details(ui).getByRole('heading', { level: 2 }).first()).toBeFocused();
    await ui.keyboard.press('Escape');
    await expect(details(ui)).toHaveCount(0);
    await expect(list(ui)).toBeFocused();
    await ui.keyboard.press('ArrowUp');
    await ui.keyboard.press('Enter');
    const example = details(ui).getByRole('list', { name: 'Newest examples' }).getByRole('link').first();
    for (let presses = 0; presses < 6; presses++) {
      if (await example.evaluate(element => element === document.activeElement)) break;
      await ui.keyboard.press('Tab');
    }
    await expect(example).toBeFocused();
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/traffic\?exchange=\d+/);
  });

  test('what cannot be read is told, with another try', async ({ page, workbench, newPartner }) => {
    const client = await workbench.client();
    await failsWith(client, newPartner, 2001, 'picky');
    // On its way the question becomes one the core does not know, so that it refuses it.
    let spoilt = true;
    await page.routeWebSocket(/\/contract$/, socket => {
      const core = socket.connectToServer();
      socket.onMessage(message => core.send(spoilt ? String(message).replace('errorGroups', 'errorGrapes') : message));
    });
    await page.goto(workbench.url);
    await visit(page, '/errors');
    await expect(page.getByRole('alert')).toBeVisible();
    spoilt = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(row(page, '2001')).toBeVisible();
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
    await expect(row(ui, '3001')).toBeVisible();
    await expectAccessible(ui);
    await row(ui, 'ladda').click();
    await expect(details(ui).getByRole('list', { name: 'Newest examples' })).toBeVisible();
    await expectAccessible(ui);
    await expectFitsAtDoubleSize(ui);
  });
});
