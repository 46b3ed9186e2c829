import { writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { baseOf, listOf } from './support/calling.ts';
import { button } from './support/controls.ts';
import { dialog, drop, exported, importHere, requests, rows } from './support/log-files.ts';
import { addLink, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { runEnded } from './support/runs.ts';
import { expect, test } from './support/test.ts';

const preview = (ui: Page) => ui.getByRole('region', { name: 'What goes into the file' }).last();
const replaced = (ui: Page) => ui.getByRole('table', { name: 'What is replaced, and how much of it' });

test.describe('session logs', () => {
  test('what is replaced is seen before, and personal data stays only with a reason', async ({ ui, workbench }) => {
    test.slow();
    const client = await workbench.client();
    await visit(ui, '/logs/export');
    await expect(ui.getByRole('heading', { name: 'There is nothing to export yet' })).toBeVisible();
    await expect(button(ui, 'Export')).toBeDisabled();
    await client.sandbox.start({ locations: 20 });
    // What was empty is looked at again once something is recorded.
    await expect(button(ui, 'Export')).toBeEnabled();
    const { runId } = await client.pulls.start({ name: 'sandbox', module: 'locations' });
    await runEnded(client, runId);

    await visit(ui, `/logs/export?run=${runId}`);
    await expect(ui.getByText(`Run ${runId}`, { exact: true })).toBeVisible();
    await expect(preview(ui)).toContainText('sandbox');
    await expectAccessible(ui);
    await ui.getByRole('switch', { name: 'Coordinates' }).check({ force: true });
    await expect(replaced(ui).getByRole('row', { name: /^coordinate/ })).toBeVisible();
    const narrow = Number(await preview(ui).getByText('exchanges', { exact: true }).locator('xpath=../dd').innerText());
    await button(ui, 'Not only this run').click();
    await expect
      .poll(async () =>
        Number(await preview(ui).getByText('exchanges', { exact: true }).locator('xpath=../dd').innerText()),
      )
      .toBeGreaterThan(narrow);
    await ui.getByLabel('Time', { exact: true }).selectOption('The last hour');
    await expect(ui).toHaveURL(/q=since(%3A|:)1h/);
    await ui.getByLabel('Partner', { exact: true }).selectOption('sandbox');
    await expect(ui).toHaveURL(/link(%3A|:)sandbox/);

    await ui.getByRole('switch', { name: 'Personal data' }).uncheck({ force: true });
    await button(ui, 'Export').click();
    const reason = ui.getByLabel('Why does personal data stay in?');
    await expect(reason).toBeFocused();
    await expect(ui.getByText('Personal data stays in only with a reason')).toBeVisible();
    await expect(ui.getByRole('region', { name: 'The export' })).toHaveCount(0);
    await expectAccessible(ui);
    await reason.fill('The partner agreed');
    const { bytes } = await exported(ui);
    const [header = ''] = gunzipSync(bytes).toString('utf8').split('\n');
    expect(JSON.parse(header)).toMatchObject({
      keptPersonal: 'The partner agreed',
      redacted: ['coordinates'],
      scope: { link: 'sandbox' },
    });

    // Other files of the same.
    await ui.getByLabel('Format', { exact: true }).selectOption('CSV (.csv)');
    await ui.getByLabel('Table', { exact: true }).selectOption('Findings');
    const csv = await exported(ui);
    expect(csv.name).toMatch(/\.csv$/);
    await expectFitsAtDoubleSize(ui);
  });

  test('a selection is exported from Traffic, a charge from its page, a partner from its own', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/traffic');
    await rows(ui).nth(0).click();
    await rows(ui)
      .nth(1)
      .click({ modifiers: ['ControlOrMeta'] });
    await ui.getByRole('link', { name: 'Export 2 exchanges' }).click();
    await expect(ui.getByText(/^A selection of 2 exchanges/)).toBeVisible();
    await expect(preview(ui).getByText('exchanges', { exact: true }).locator('xpath=../dd')).toHaveText('2');
    await visit(ui, '/traffic?q=module:versions');
    await ui.getByRole('link', { name: 'Export', exact: true }).click();
    await expect(ui.getByRole('button', { name: 'Remove module:versions' })).toBeVisible();
    await visit(ui, '/partners/link/sandbox');
    await button(ui, 'More').click();
    await ui.getByRole('menuitem', { name: 'Export' }).click();
    await expect(ui.getByLabel('Partner', { exact: true })).toHaveValue('sandbox');
    await visit(ui, '/logs/export?ids=1,x');
    const unread = ui.getByRole('heading', { name: 'This selection cannot be read' });
    await expect(unread).toBeVisible();
    for (const search of ['run=x', 'transaction=-1', 'q=since:someday']) {
      await visit(ui, '/logs/export');
      await expect(button(ui, 'Export')).toBeEnabled();
      await visit(ui, `/logs/export?${search}`);
      await expect(unread).toBeVisible();
      await expect(button(ui, 'Export')).toBeDisabled();
    }
    // What cannot be read is not left out; a moment is written as in the rest of the page, whatever the browser speaks.
    await visit(ui, '/logs/export?q=status:soon');
    await expect(ui.getByRole('status').filter({ hasText: 'status:soon cannot be read: ' })).toBeVisible();
    await visit(ui, '/logs/export');
    await ui.getByLabel('Time', { exact: true }).selectOption('From – to');
    const from = ui.getByLabel('From', { exact: true });
    await from.fill('22/11/2026');
    await ui.getByLabel('Until', { exact: true }).focus();
    await expect(ui.getByText('As 2026-11-22 10:40.', { exact: true })).toBeVisible();
    await expect(unread).toBeVisible();
    await from.fill('2026-01-22 10:40');
    await expect(unread).toHaveCount(0);
    await expect(ui).toHaveURL(/q=since(%3A|:)2026-01-22T10(%3A|:)40$/);
    await expect(button(ui, 'Export')).toBeEnabled();
    await visit(ui, '/logs/export?run=x');
    await button(ui, 'Not only this run').click();
    await expect(button(ui, 'Export')).toBeEnabled();
    await visit(ui, '/traffic');
    await rows(ui).nth(0).click();
    const one = ui.getByRole('toolbar').getByRole('link', { name: 'Export this exchange' });
    await one.click();
    await expect(ui.getByText(/^A selection of 1 exchange:/)).toBeVisible();
    await visit(ui, '/transactions?q=link:sandbox');
    await ui.getByRole('link', { name: 'Export', exact: true }).click();
    await expect(ui.getByLabel('Partner', { exact: true })).toHaveValue('sandbox');
    await visit(ui, '/transactions?q=is:open');
    await expect(button(ui, 'Export')).toHaveAttribute('aria-disabled', 'true');
    await ui.keyboard.press('ControlOrMeta+k');
    await ui.keyboard.insertText('open a session log');
    await ui.keyboard.press('Enter');
    await expect(dialog(ui).getByRole('button', { name: 'Choose a file' })).toBeFocused();
    await ui.keyboard.press('Escape');
    await expect(dialog(ui)).toHaveCount(0);
    await visit(ui, '/settings');
    await ui.getByText('Svenska', { exact: true }).click();
    await visit(ui, '/logs');
    await expect(ui.getByRole('heading', { name: 'Återskapa' })).toBeVisible();
  });

  test('a file that is damaged, or none at all, is told as what it is, and nothing of it stays', async ({
    ui,
    workbench,
  }) => {
    test.slow();
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/logs/export');
    const { bytes } = await exported(ui);
    const recorded = (await client.exchanges.count({})).count;
    const told = dialog(ui).getByRole('alert');

    await drop(ui, 'notes.ocpilog', Buffer.from('dear all, this is no log'));
    await expect(told).toContainText('notes.ocpilog');
    await expect(dialog(ui).getByRole('button', { name: 'Choose a file' })).toBeVisible();
    await expectAccessible(ui);
    await dialog(ui).getByRole('button', { name: 'Cancel' }).click();
    const lines = gunzipSync(bytes).toString('utf8');
    await drop(ui, 'newer.ocpilog', gzipSync(lines.replace('"format":1', '"format":99')));
    await expect(told).toContainText('99');
    await dialog(ui).getByRole('button', { name: 'Cancel' }).click();
    await drop(ui, 'altered.ocpilog', gzipSync(lines.replace('"method":"GET"', '"method":"PUT"')));
    await expect(dialog(ui).getByText('altered', { exact: true })).toBeVisible();
    await expect(told).toBeVisible();
    await dialog(ui).getByRole('button', { name: 'Cancel' }).click();
    expect(await client.logs.list()).toEqual([]);
    expect((await client.exchanges.count({})).count).toBe(recorded);

    const kept = lines.split('\n').filter(line => line.includes('"type":"exchange"')).length - 1;
    const cut = lines.slice(0, lines.lastIndexOf('{"type":"exchange"') + 40);
    await drop(ui, 'cut.ocpilog', gzipSync(cut));
    await expect(dialog(ui).getByText('cut', { exact: true })).toBeVisible();
    await expect(dialog(ui)).toContainText('As far as it can be read');
    await expectAccessible(ui);
    await dialog(ui)
      .getByRole('button', { name: /^Import here/ })
      .click();
    await expect(ui.getByText('The file ends too early')).toBeVisible({ timeout: 20_000 });
    expect((await client.logs.list())[0]?.counts.exchanges).toBe(kept);

    // Another one of it, removed elsewhere while its page is looked at.
    await importHere(ui, 'again.ocpilog', bytes);
    await expect(ui.getByRole('heading', { level: 1, name: 'again.ocpilog' })).toBeVisible({ timeout: 20_000 });
    for await (const _ of await client.logs.remove({ logId: 2 }));
    await expect(ui.getByRole('heading', { name: 'There is no log 2' })).toBeVisible();
    await visit(ui, '/logs/1');

    // Out again, with all that stood under it.
    await button(ui, 'Remove').click();
    const sure = ui.getByRole('dialog', { name: 'Remove cut.ocpilog?' });
    await sure.getByRole('button', { name: 'Remove' }).click();
    await expect(ui.getByText('No log is imported here yet')).toBeVisible({ timeout: 20_000 });
    expect((await client.exchanges.count({})).count).toBe(recorded);
    await visit(ui, '/logs/12');
    await expect(ui.getByRole('heading', { name: 'There is no log 12' })).toBeVisible();
    await visit(ui, '/logs/reproductions/nothing');
    await expect(ui.getByRole('heading', { name: 'There is no such reproduction' })).toBeVisible();
  });

  test('where an imported log stands nothing can be done, and it is counted by itself only', async ({
    ui,
    workbench,
  }) => {
    test.slow();
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    const { runId } = await client.pulls.start({ name: 'sandbox', module: 'cdrs' });
    await runEnded(client, runId);
    await visit(ui, '/logs/export');
    const { bytes } = await exported(ui);
    await importHere(ui, 'theirs.ocpilog', bytes);
    await expect(ui.getByRole('heading', { level: 1, name: 'theirs.ocpilog' })).toBeVisible();
    const name = (await client.links.list()).find(({ importedLog }) => importedLog === 1)?.name ?? '';

    await visit(ui, `/partners/link/${encodeURIComponent(name)}?tab=tokens`);
    await expect(ui.getByText('imported log', { exact: true })).toBeVisible();
    expect(await ui.getByRole('tab').allInnerTexts()).toEqual([
      'Registration',
      expect.stringContaining('Endpoints'),
      'Settings',
    ]);
    const header = ui.getByRole('main').locator('header');
    await expect(header.getByRole('link', { name: 'Traffic' })).toBeVisible();
    expect(await header.getByRole('button').allInnerTexts()).toEqual(['More']);
    for (const one of ['Send', 'Locations']) await expect(header.getByRole('link', { name: one })).toHaveCount(0);
    await expectAccessible(ui);
    await button(ui, 'More').click();
    expect(await ui.getByRole('menuitem').allInnerTexts()).toEqual(['Export', 'To its session log']);
    await ui.keyboard.press('Escape');
    await expect(ui.getByRole('menuitem')).toHaveCount(0);
    await ui.getByRole('tab', { name: 'Settings' }).click();
    await expect(ui.getByLabel('Versions URL of the partner')).toHaveCount(0);
    await ui.getByLabel('Name of the link').fill('what they saw');
    await button(ui, 'Save').click();
    await expect(ui).toHaveURL(/what%20they%20saw/);
    await ui.getByRole('link', { name: 'To its session log' }).click();
    await expect(ui.getByRole('heading', { level: 1, name: 'theirs.ocpilog' })).toBeVisible();

    for (const [path, label] of [
      ['/send', 'To'],
      ['/health?tab=thresholds', 'Whose thresholds'],
      ['/health?tab=schedules', 'Of link'],
    ] as const) {
      await visit(ui, path);
      const offered = ui.getByLabel(label, { exact: true }).getByRole('option');
      await expect(offered.filter({ hasText: 'sandbox' })).toHaveCount(1);
      await expect(offered.filter({ hasText: 'what they saw' })).toHaveCount(0);
    }
    await visit(ui, '/reports?period=all');
    await expect(ui.getByText('Not counted, as imported:')).toBeVisible();
    const { total } = await client.reports.get({ link: 'sandbox' });
    expect((await client.reports.get({})).total.charges).toBe(total.charges);
    await ui.getByRole('link', { name: 'what they saw' }).click();
    await expect(ui).toHaveURL(/link(%3A|:)/);
    await expect(ui.getByText('Not counted, as imported:')).toHaveCount(0);
    const charges = ui.getByRole('button', { name: 'Charges', exact: false }).first();
    await expect(charges).toContainText(String(total.charges));
  });

  test('files are asked about one after the other, and cancelling one leads to the next', async ({
    ui,
    workbench,
  }, info) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/logs/export');
    const { bytes } = await exported(ui);
    const [first, second] = [info.outputPath('first.ocpilog'), info.outputPath('second.ocpilog')];
    writeFileSync(first, bytes);
    writeFileSync(second, bytes);
    await visit(ui, `/logs?open=${encodeURIComponent(JSON.stringify([first, second]))}`);
    await expect(dialog(ui).getByRole('button', { name: /^Open beside/ })).toBeVisible();
    await expect(dialog(ui)).toContainText('first.ocpilog');
    await expect(dialog(ui)).toContainText('and 1 more file after this one');
    await drop(ui, 'third.ocpilog', bytes);
    await expect(dialog(ui)).toContainText('and 2 more files after this one');
    await expectAccessible(ui);
    await dialog(ui).getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog(ui)).toContainText('second.ocpilog');
    await ui.keyboard.press('Escape');
    await expect(dialog(ui)).toContainText('third.ocpilog');
    await expect(dialog(ui)).not.toContainText('after this one');
    await dialog(ui)
      .getByRole('button', { name: /^Reproduce/ })
      .click();
    await dialog(ui).getByRole('button', { name: 'Cancel' }).click();
    await dialog(ui).getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog(ui)).toHaveCount(0);
    // Asked once, with one path too.
    await expect(ui).toHaveURL(/#\/logs$/);
    await visit(ui, `/logs?open=${encodeURIComponent(first)}`);
    await expect(dialog(ui)).toContainText('first.ocpilog');
    expect(await client.logs.list()).toEqual([]);
    expect(await client.logs.reproductions.list()).toEqual([]);
  });

  test('a file that is opened beside looks like live data, says what it is on every screen, and touches nothing', async ({
    ui,
    workbench,
    context,
  }) => {
    test.slow();
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/logs/export?q=link:sandbox');
    const { name, bytes } = await exported(ui);
    const recorded = (await client.exchanges.count({})).count;
    await visit(ui, '/logs');
    await drop(ui, name, bytes);
    const opening = context.waitForEvent('page');
    await expect(dialog(ui).getByRole('button', { name: /^Open beside/ })).toBeFocused();
    await ui.keyboard.press('Enter');
    const viewer = await opening;
    await expect(dialog(ui)).toContainText('is open in a page of its own');
    const banner = viewer.getByRole('region', { name: 'A session log is looked at' });
    await expect(banner).toContainText(name);
    await expect(banner).toContainText('Nothing here touches your own database.');
    await visit(viewer, '/traffic');
    await expect(rows(viewer)).toHaveCount(recorded);
    await expect(banner).toBeVisible();
    await expectAccessible(viewer);
    await button(viewer, 'Reproduce the partner').click();
    await expect(viewer.getByText('Nothing was asked yet')).toBeVisible({ timeout: 20_000 });
    const url = await viewer
      .getByText(/^http:\/\/127\.0\.0\.1:\d+\/ocpi\/versions$/)
      .last()
      .innerText();
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    const { status_code, data } = await answer.json();
    expect([status_code, data.map(({ version }: { version: string }) => version)]).toEqual([
      1000,
      ['2.1.1', '2.2.1', '2.3.0'],
    ]);
    await expect(requests(viewer)).toHaveCount(1);
    await expectFitsAtDoubleSize(viewer);
    expect((await client.exchanges.count({})).count).toBe(recorded);
    expect(await client.logs.list()).toEqual([]);
  });

  test('a fault that fired is taken over as a rule of ours, and two logs are laid side by side', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    test.slow();
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'volta' });
    await registered(client, 'volta');
    await client.faults.add({
      name: 'says 3001',
      kind: 'envelope.ocpi-status',
      parameters: { code: 3001 },
      scope: { module: 'tokens', link: 'volta' },
    });
    await listOf(partner, await baseOf(client), 'tokens');
    const brought = async (title: string) => {
      await visit(ui, '/logs/export?q=link:volta');
      await ui.getByLabel('Title', { exact: true }).fill(title);
      const { bytes } = await exported(ui);
      await drop(ui, `${title}.ocpilog`, bytes);
      await dialog(ui)
        .getByRole('button', { name: /^Import here/ })
        .click();
      await expect(ui.getByRole('heading', { level: 1, name: `${title}.ocpilog` })).toBeVisible({ timeout: 20_000 });
    };
    await brought('before');
    await client.faults.remove({ all: true });
    const rules = ui.getByRole('list', { name: 'Faults that fired' });
    await expect(rules.getByRole('listitem')).toContainText('envelope.ocpi-status');
    await rules.getByRole('button', { name: 'Take over as a rule of ours' }).click();
    await expect(ui).toHaveURL(/#\/faults\?rule=\d+/);
    const [rule] = await client.faults.list();
    expect(rule).toMatchObject({ name: 'says 3001', armed: false, parameters: { code: 3001 } });
    expect(rule?.scope).toEqual({ module: 'tokens' });

    await listOf(partner, await baseOf(client), 'tokens');
    await brought('after');
    await ui.getByLabel('Compare with').selectOption('before.ocpilog');
    await expect(ui).toHaveURL(/#\/logs\/compare\?a=2&b=1/);
    await expect(ui.getByText('1 only in A')).toBeVisible();
    await expect(ui.getByText('0 different')).toBeVisible();
    const pairs = ui
      .getByRole('grid', { name: 'Exchanges that are not the same' })
      .getByRole('row')
      .filter({ has: ui.locator('time') });
    await expect(pairs).toHaveCount(1);
    await pairs.click();
    const details = ui.getByRole('region', { name: 'Details of the pair' });
    await expect(details).toContainText('There is none here.');
    await expectAccessible(ui);
    await ui.getByText('Different', { exact: true }).click();
    await expect(ui.getByRole('heading', { name: 'None of these' })).toBeVisible();
    await expectFitsAtDoubleSize(ui);
  });
});
