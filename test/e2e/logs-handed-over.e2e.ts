import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { envelopeAnswer } from '../support/partner/action.ts';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { button } from './support/controls.ts';
import { dialog, drop, exported, requests, rows } from './support/log-files.ts';
import { addLink, arrows, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { sandboxPulled } from './support/runs.ts';
import { expect, test } from './support/test.ts';
import { type RunningWorkbench, startWorkbench } from './support/workbench.ts';

const preview = (ui: Page) => ui.getByRole('region', { name: 'What goes into the file' }).last();
const replaced = (ui: Page) => ui.getByRole('table', { name: 'What is replaced, and how much of it' });

/** A partner that refuses the registration, and the registration that fails. */
async function refused(client: Client, partner: Partner): Promise<void> {
  await addLink(client, partner, { name: 'volta' });
  await registered(client, 'volta');
}

/** A charge at the built-in partner whose CDR lacks what it has to have. */
async function faultyCharge(client: Client): Promise<void> {
  await sandboxPulled(client, 20);
  await client.sandbox.faults.add({
    kind: 'object.required-missing',
    parameters: { field: 'total_energy' },
    scope: { operation: 'cdrs.post', direction: 'send' },
  });
  await client.sandbox.life.set({ speed: 1000 });
  await client.life.start({ as: 'app', link: 'sandbox' });
  const refused = async () => (await client.exchanges.list({ module: 'cdrs', errors: true, limit: 1 })).length === 1;
  const newest = async () => (await client.transactions.page({ link: 'sandbox' })).rows[0];
  // A car that was nearly full leaves by itself before there is much to see.
  const seenEnough = async () => ((await newest())?.exchanges ?? 0) > 9 || (await refused());
  await expect.poll(seenEnough, { timeout: 30_000 }).toBe(true);
  const [trip] = (await client.life.get()).trips;
  if (trip?.state === 'charging') await client.life.stop({ id: trip.id });
  await expect.poll(refused, { timeout: 20_000 }).toBe(true);
}

/** What the workbench says went wrong with the last exchange that failed, whatever the link is called. */
async function explained(client: Client, link: string, module: string) {
  const [failed] = await client.exchanges.list({ link, module, errors: true, limit: 1 });
  const { problems } = await client.errors.explain({ id: failed?.id ?? 0 });
  return problems.map(({ code, sentence, blamed }) => ({ code, blamed, sentence: sentence.replaceAll(link, 'they') }));
}

const REFUSED = { overrides: { 'credentials.post': envelopeAnswer({ http: 200, code: 3001 }) } } as const;

/** Another workbench, empty, and its page. */
async function another(browser: Browser): Promise<RunningWorkbench & { readonly page: Page; end(): Promise<void> }> {
  const workbench = await startWorkbench();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(workbench.url);
  return {
    ...workbench,
    page,
    end: async () => {
      await context.close();
      await workbench.stop();
    },
  };
}

test.describe('a session log that is handed over', () => {
  test('what one recorded, another opens, understands in the same words, and meets again', async ({
    ui,
    workbench,
    newPartner,
    browser,
  }) => {
    test.setTimeout(180_000);
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'], ...REFUSED });
    await refused(client, partner);
    await faultyCharge(client);
    const registration = await explained(client, 'volta', 'credentials');
    const charge = await explained(client, 'sandbox', 'cdrs');
    expect(registration).not.toEqual([]);
    expect(charge).not.toEqual([]);

    await visit(ui, '/logs');
    await ui.getByRole('link', { name: 'Export a session log' }).click();
    await expect(preview(ui).getByText('sandbox, volta').or(preview(ui).getByText('volta, sandbox'))).toBeVisible();
    await expect(replaced(ui).getByRole('row', { name: /^token uid/ })).toBeVisible();
    await ui.getByLabel('Title', { exact: true }).fill('Registration fails with 3001');
    const { name, bytes } = await exported(ui);
    expect(name).toMatch(/\.ocpilog$/);
    await expect(ui.getByRole('region', { name: 'The export' })).toContainText(name);
    const text = gunzipSync(bytes).toString('utf8');
    if (partner.tokenA === undefined) throw new Error('a partner that gave no token');
    expect(text).not.toContain(partner.tokenA);

    const second = await another(browser);
    const page = second.page;
    try {
      const there = await second.client();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await drop(page, name, bytes);
      await expect(dialog(page)).toContainText('Registration fails with 3001');
      await expect(dialog(page)).toContainText('personal data');
      await expectAccessible(page);
      await dialog(page)
        .getByRole('button', { name: /^Import here/ })
        .click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 30_000 });
      await expect(page).toHaveURL(/#\/logs\/1$/);
      expect((await there.exchanges.count({})).count).toBe((await client.exchanges.count({})).count);
      await expectAccessible(page);

      // The same findings, the same words.
      const [log] = await there.logs.list();
      const named = (was: string) => log?.links.find(link => link.was === was)?.name ?? '';
      expect(await explained(there, named('volta'), 'credentials')).toEqual(registration);
      expect(await explained(there, named('sandbox'), 'cdrs')).toEqual(charge);
      const links = page.getByRole('table', { name: 'Links' });
      const volta = links.getByRole('row', { name: /volta/ });
      await volta.getByRole('link', { name: 'Traffic' }).click();
      await rows(page).filter({ hasText: 'credentials, register' }).click();
      await page.getByRole('tab', { name: 'Explanation' }).click();
      await expect(page.getByRole('region', { name: 'Details of the exchange' })).toContainText('3001');
      await visit(page, '/transactions');
      await expect(page.getByRole('grid', { name: 'Transactions' })).toContainText('LOC');

      // One click, and the partner is there again.
      await visit(page, '/logs/1');
      await links.getByRole('row', { name: /volta/ }).getByRole('button', { name: 'Reproduce the partner' }).click();
      await expect(page.getByText('Nothing was asked yet')).toBeVisible();
      const [met] = await there.logs.reproductions.list();
      if (met === undefined) throw new Error('no reproduction');
      await expect(page.getByText(met.versionsUrl)).toBeVisible();
      await expect(page.getByText(met.token)).toBeVisible();
      await expectAccessible(page);
      await addLink(there, { versionsUrl: met.versionsUrl, tokenA: met.token }, { name: 'again' });
      await registered(there, 'again');
      await expect(requests(page).filter({ hasText: 'credentials, register' })).toContainText('200');
      expect(await explained(there, 'again', 'credentials')).toEqual(registration);
      await visit(page, '/partners/link/again?tab=registration');
      await expect(page.getByRole('alert')).toContainText('Failed at: Credentials');
      await expect(page.getByRole('alert')).toContainText('3001');
      await expect.poll(() => arrows(page)).toContain('POST /ocpi/2.2.1/credentials from us to again 200 3001');

      // What the recording does not know is said.
      await page.goBack();
      await visit(page, `/logs/reproductions/${met.id}`);
      await fetch(`${new URL(met.versionsUrl).origin}/ocpi/2.2.1/nothing`, {
        headers: { Authorization: `Token ${Buffer.from(met.token).toString('base64')}` },
      });
      await requests(page).filter({ hasText: '404' }).click();
      const details = page.getByRole('region', { name: 'Details of the request' });
      await expect(details).toContainText('nothing that was recorded');
      // It is part of the address.
      await expect(page).toHaveURL(/\?request=\d+$/);
      await page.reload();
      await expect(details).toContainText('nothing that was recorded');
      await page.keyboard.press('Escape');
      await requests(page).filter({ hasText: 'credentials, register' }).click();
      await details.getByRole('link', { name: /^Exchange \d+$/ }).click();
      await expect(page.getByRole('region', { name: 'Details of the exchange' })).toContainText('3001');
      await page.goBack();
      await button(page, 'Stop').click();
      await expect(page.getByText('stopped', { exact: true })).toBeVisible();
      await expectFitsAtDoubleSize(page);
    } finally {
      await second.end();
    }
  });
});
