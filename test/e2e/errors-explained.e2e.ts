import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { envelopeAnswer } from '../support/partner/action.ts';
import type { PartnerOptions } from '../support/partner/options.ts';
import { expectAccessible } from './support/accessible.ts';
import { addLink, type Client, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const details = (ui: Page) => ui.getByRole('region', { name: 'Details of the exchange' });
const layer = (ui: Page, name: string) =>
  details(ui)
    .getByRole('list', { name: 'How far it came, layer by layer' })
    .getByRole('listitem')
    .filter({ hasText: name });
const tab = (ui: Page, name: RegExp) => details(ui).getByRole('tab', { name });

/** Registers with a partner who refuses the credentials with 2001. */
async function refused(
  client: Client,
  newPartner: (options: PartnerOptions) => Promise<Parameters<typeof addLink>[1]>,
) {
  const overrides = { 'credentials.post': envelopeAnswer({ http: 200, code: 2001 }) };
  await addLink(client, await newPartner({ versions: ['2.2.1'], overrides }), { name: 'picky' });
  await registered(client, 'picky');
  const [{ id } = { id: 0 }] = await client.exchanges.list({ ocpi: '2001' });
  return id;
}

test.describe('the explanation beside an exchange', () => {
  test('says what happened, at which layer, whose fault it is and what to try', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const id = await refused(client, newPartner);
    await visit(ui, `/traffic?exchange=${id}`);
    await expect(details(ui)).toContainText('picky answered HTTP 200 with OCPI 2001');
    await details(ui).getByRole('button', { name: 'Explain it' }).click();
    await expect(ui).toHaveURL(/tab=explanation/);
    await expect(layer(ui, 'Network')).toContainText('well');
    await expect(layer(ui, 'OCPI')).toContainText('failed');
    await expect(layer(ui, 'Flow')).toContainText('not reached');
    await expect(details(ui)).toContainText(/Probably at fault\s*Our side\s*likely/);
    await expect(details(ui)).toContainText('What to try');
    await expect(details(ui)).toContainText(/case 17/);
    await expectAccessible(ui);
    await ui.reload();
    await expect(layer(ui, 'OCPI')).toContainText('failed');
  });

  test('of one that went well is one quiet line', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    await refused(client, newPartner);
    const [{ id } = { id: 0 }] = (await client.exchanges.list({ well: true })).filter(
      ({ findings }) => findings.length === 0,
    );
    await visit(ui, `/traffic?exchange=${id}&tab=explanation`);
    await expect(details(ui)).toContainText('Nothing is wrong with it');
    await expect(details(ui).getByRole('button', { name: 'Bug report for the partner' })).toHaveCount(0);
    await tab(ui, /^Overview/).click();
    await expect(details(ui).getByRole('button', { name: 'Explain it' })).toHaveCount(0);
  });

  test('leads from a finding to its line in the body, and to its header', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const overrides = {
      versions: {
        do: 'alter',
        change: answer => ({
          ...answer,
          headers: answer.headers.map(([name, value]) =>
            /^content-type$/i.test(name) ? ([name, 'text/plain'] as const) : ([name, value] as const),
          ),
          body: String(answer.body).replace(/("timestamp":"[^"]*)Z"/, '$1+00:00"'),
        }),
      },
    } satisfies PartnerOptions['overrides'];
    await addLink(client, await newPartner({ versions: ['2.2.1'], overrides }), { name: 'volta' });
    await registered(client, 'volta');
    const [{ id } = { id: 0 }] = (await client.exchanges.list({ link: 'volta' })).filter(
      ({ operation }) => operation === 'versions.list',
    );
    await visit(ui, `/traffic?exchange=${id}&tab=explanation`);
    const place = (name: string) => details(ui).getByRole('button', { name, exact: true }).first();
    for (const one of await details(ui).locator('summary').all()) await one.click();
    await place('/timestamp').click();
    await expect(ui).toHaveURL(/tab=response/);
    await expect(details(ui).locator('.cm-activeLine, .cm-content:focus')).toBeVisible();
    await expect(details(ui).locator('.cm-said').first()).toBeInViewport();
    await tab(ui, /^Explanation/).click();
    for (const one of await details(ui).locator('details:not([open]) > summary').all()) await one.click();
    await place('header:Content-Type').click();
    await expect(details(ui).getByRole('row').filter({ hasText: 'text/plain' }).first()).toBeFocused();
  });

  test('becomes a bug report that can be read, copied and saved, without a token in it', async ({
    ui,
    context,
    workbench,
    newPartner,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const client = await workbench.client();
    const overrides = { 'credentials.post': envelopeAnswer({ http: 200, code: 2001 }) };
    const partner = await newPartner({ versions: ['2.2.1'], overrides });
    await addLink(client, partner, { name: 'picky' });
    await registered(client, 'picky');
    const [{ id } = { id: 0 }] = await client.exchanges.list({ ocpi: '2001' });
    await visit(ui, `/traffic?exchange=${id}&tab=explanation`);
    await details(ui).getByRole('button', { name: 'Bug report for the partner' }).click();
    const report = ui.getByRole('dialog', { name: `Bug report about exchange ${id}` });
    await expect(report).toContainText('# picky answered HTTP 200 with OCPI 2001');
    await expect(report).toContainText('curl');
    await expectAccessible(ui);
    await report.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(report.getByRole('status')).toHaveText('Copied.');
    const copied = await ui.evaluate(() => navigator.clipboard.readText());
    const saving = ui.waitForEvent('download');
    await report.getByRole('button', { name: 'Save as a file' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe(`ocpi-exchange-${id}.md`);
    expect(await readFile(await saved.path(), 'utf8')).toBe(copied);
    for (const token of [partner.tokenA ?? '', btoa(partner.tokenA ?? '')]) expect(copied).not.toContain(token);
    await ui.keyboard.press('Escape');
    await expect(report).toHaveCount(0);
  });

  test('that cannot be had is told, with another try', async ({ page, workbench, newPartner }) => {
    const id = await refused(await workbench.client(), newPartner);
    let spoilt = true;
    await page.routeWebSocket(/\/contract$/, socket => {
      const core = socket.connectToServer();
      socket.onMessage(message =>
        core.send(spoilt ? String(message).replace('/errors/explain', '/errors/complain') : message),
      );
    });
    await page.goto(workbench.url);
    await visit(page, `/traffic?exchange=${id}&tab=explanation`);
    await expect(details(page).getByRole('alert')).toBeVisible();
    spoilt = false;
    await details(page).getByRole('button', { name: 'Try again' }).click();
    await expect(layer(page, 'OCPI')).toContainText('failed');
  });
});

test.describe('the explanation of a code', () => {
  test('is had from anywhere by key, for an exchange as well', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const id = await refused(client, newPartner);
    await ui.keyboard.press('ControlOrMeta+k');
    await ui.keyboard.type('explain 2004');
    await ui.getByRole('option', { name: 'Explain 2004' }).click();
    const about = ui.getByRole('region', { name: 'Explanation of a code' });
    await expect(about.getByRole('heading', { name: 'What 2004 means' })).toBeVisible();
    await expect(about).toContainText('unknown token');
    await expect(about).toContainText('in OCPI 2.1.1');
    await expectAccessible(ui);
    await about.getByRole('link', { name: 'Show where it happened' }).click();
    await expect(ui).toHaveURL(/q=code(:|%3A)2004/);
    await visit(ui, '/errors?explain=no.such-code');
    await expect(about.getByRole('alert')).toContainText('no.such-code');
    await ui.keyboard.press('ControlOrMeta+k');
    await ui.keyboard.type(`explain exchange ${id}`);
    await ui.keyboard.press('Enter');
    await expect(layer(ui, 'OCPI')).toContainText('failed');
  });
});
