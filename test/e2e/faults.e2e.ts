import type { Page } from '@playwright/test';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { baseOf, listOf } from './support/calling.ts';
import { button } from './support/controls.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { runEnded } from './support/runs.ts';
import { expect, test } from './support/test.ts';

const table = (ui: Page) => ui.getByRole('grid', { name: 'Rules' });
const ruleRow = (ui: Page, name: string) => table(ui).getByRole('row').filter({ hasText: name });
const hits = (ui: Page) => ui.getByRole('list', { name: 'Firings, newest first' }).getByRole('listitem');
const bar = (ui: Page) => ui.getByRole('contentinfo');
const preview = (ui: Page) => ui.getByRole('region', { name: 'What goes over the wire' }).last();

/** A partner that may ask us for everything. */
async function acme(client: Client, partner: Partner, environment: 'test' | 'production' = 'test'): Promise<string> {
  await addLink(client, partner, { name: 'acme', environment });
  await registered(client, 'acme');
  return baseOf(client);
}

async function asksForTokens(partner: Partner, base: string): Promise<number | string> {
  const url = `${base}2.2.1/sender/tokens`;
  const answered = await partner.call({ operation: 'module', version: '2.2.1', method: 'GET', url });
  return answered.ok ? 1000 : answered.reason;
}

test.describe('wrong on purpose', () => {
  test('a kind is found, seen on the wire and armed; a partner meets it, its exchange tells, and it is turned off', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    const base = await acme(client, partner);
    await visit(ui, '/faults');
    await expect(ui.getByRole('heading', { name: 'Nothing is wrong on purpose' })).toBeVisible();
    await expectAccessible(ui);
    await button(ui, 'Open the catalogue').click();
    const kinds = ui.getByRole('listbox', { name: 'Kinds of faults' });
    await expect(kinds.getByRole('option').nth(50)).toBeAttached();
    await expectAccessible(ui);

    // By the number of a failure case, by its words, by what it does.
    const search = ui.getByLabel('Search the kinds');
    await search.fill('#17');
    await expect(kinds.getByRole('option').first()).toContainText('#17');
    await search.fill('no such fault');
    await expect(ui.getByRole('heading', { name: 'No kind is called that' })).toBeVisible();
    await search.fill('any ocpi status');
    await kinds.getByRole('option', { name: /^Any OCPI status/ }).click();
    await expect(ui.getByRole('table').getByRole('columnheader')).toHaveText(['Without it', 'With it']);
    await button(ui, 'Make a rule').click();

    // What is typed wrongly is told at its field, and nothing is added.
    await ui.getByLabel('code', { exact: true }).fill('many');
    await ui.getByLabel('Other party').fill('T');
    await button(ui, 'Add the rule').click();
    await expect(ui.getByText('A number', { exact: true })).toBeVisible();
    await expect(ui.getByText('A country code and a party id, as NL-TNM')).toBeVisible();
    await expect(ui.getByRole('alert').filter({ hasText: '2 fields need another value.' })).toBeVisible();
    expect(await client.faults.list()).toEqual([]);

    await ui.getByLabel('Other party').fill('');
    await ui.getByLabel('code', { exact: true }).fill('3001');
    // Our own answer is worked out, and altered.
    await ui.getByLabel('carriedOut', { exact: true }).check();
    await ui.getByLabel('Name', { exact: true }).fill('unusable');
    await ui.getByLabel('Module').selectOption('tokens');
    await ui.getByLabel('Direction').selectOption({ label: 'we answer' });
    await ui.getByLabel('At most so often').fill('2');
    await expect(preview(ui).getByRole('row').filter({ hasText: '"status_code": 3001' })).toBeVisible();
    await expectAccessible(ui);

    // Something else is looked at meanwhile: what was typed is there again.
    await ui.getByRole('link', { name: 'Traffic' }).click();
    await expect(ui.getByRole('grid', { name: 'Traffic' })).toBeVisible();
    await ui.goBack();
    await expect(ui.getByLabel('code', { exact: true })).toHaveValue('3001');
    await button(ui, 'Add the rule').click();
    await expect(bar(ui).getByRole('link', { name: '1 fault armed' })).toBeVisible();
    await expect(ui.getByRole('heading', { name: 'unusable armed' })).toBeVisible();

    expect(await asksForTokens(partner, base)).toContain('3001');
    await expect(hits(ui)).toHaveCount(1);
    await expect(hits(ui).first()).toContainText('tokens, list');
    await hits(ui).first().getByRole('link').click();

    // Its exchange: what was done, and what would have been sent.
    const details = ui.getByRole('region', { name: 'Details of the exchange' });
    await expect(details.getByRole('tab', { name: 'Fault' })).toHaveAttribute('aria-selected', 'true');
    await expect(details.getByText('A rule of ours was at work')).toBeVisible();
    await expect(details.getByText('unusable', { exact: true })).toBeVisible();
    await expect(details.locator('code').filter({ hasText: '"status_code": 3001' })).toBeVisible();
    await expectAccessible(ui);
    await visit(ui, '/traffic?q=fault:envelope.ocpi-status');
    const rows = ui
      .getByRole('grid', { name: 'Traffic' })
      .getByRole('row')
      .filter({ has: ui.locator('time') });
    await expect(rows).toHaveCount(1);
    await expect(rows.getByText('Fault: envelope.ocpi-status')).toBeAttached();
    await visit(ui, '/traffic?q=fault:paging');
    await expect(ui.getByRole('heading', { name: 'Nothing fits this filter' })).toBeVisible();

    // From anywhere: off.
    await bar(ui).getByRole('button', { name: 'All off' }).click();
    await expect(bar(ui).getByRole('link', { name: '1 fault armed' })).toHaveCount(0);
    expect(await asksForTokens(partner, base)).toBe(1000);
    await visit(ui, '/faults');
    await expect(ruleRow(ui, 'unusable').getByRole('switch')).not.toBeChecked();
    await expect(ruleRow(ui, 'unusable')).toContainText('1 / 1');
    await expectFitsAtDoubleSize(ui);
  });

  test('rules are armed, moved, copied, changed and deleted by keyboard and by pointer', async ({ ui, workbench }) => {
    const client = await workbench.client();
    for (const name of ['first', 'second', 'third']) {
      await client.faults.add({ kind: 'transport.delay', name, parameters: { ms: 1 }, armed: name === 'first' });
    }
    const order = async () => (await client.faults.list()).map(({ name }) => name);
    await visit(ui, '/faults');
    await expect(ruleRow(ui, 'third')).toBeVisible();
    await expectAccessible(ui);

    await ruleRow(ui, 'second').getByRole('switch').click();
    await expect(ruleRow(ui, 'second').getByRole('switch')).toBeChecked();
    await expect(ui.getByText('2 of 3 armed')).toBeVisible();

    await ruleRow(ui, 'first').click();
    await table(ui).press('Alt+ArrowDown');
    await expect.poll(order).toEqual(['second', 'first', 'third']);
    await expect(table(ui).getByRole('row').nth(1)).toContainText('second');
    await ruleRow(ui, 'first').click();
    await table(ui).press('Shift+ArrowDown');
    await expect(ui.getByText('2 selected:')).toBeVisible();
    await button(ui, 'Further up: tried earlier (Alt+Up)').click();
    await expect.poll(order).toEqual(['first', 'third', 'second']);
    await button(ui, 'Arm').click();
    await expect(ui.getByText('3 of 3 armed')).toBeVisible();

    // A copy has a name of its own.
    await ruleRow(ui, 'third').click();
    await button(ui, 'Duplicate').click();
    await expect(ui.getByLabel('ms', { exact: true })).toHaveValue('1');
    await ui.getByLabel('Name', { exact: true }).fill('First');
    await button(ui, 'Add the rule').click();
    await expect(ui.getByRole('alert')).toContainText('there is a fault rule "First" already');
    await ui.getByLabel('Name', { exact: true }).fill('fourth');
    await button(ui, 'Add the rule').click();
    await expect(ui.getByRole('heading', { name: 'fourth armed' })).toBeVisible();

    // What is being typed stays while others change the rule's surroundings.
    await ui.getByLabel('ms', { exact: true }).fill('25');
    await client.faults.arm({ names: ['fourth'], armed: false });
    await expect(ui.getByRole('heading', { name: 'fourth off not saved' })).toBeVisible();
    await expect(ui.getByLabel('ms', { exact: true })).toHaveValue('25');
    await button(ui, 'Revert').click();
    await expect(ui.getByLabel('ms', { exact: true })).toHaveValue('1');
    await ui.getByLabel('ms', { exact: true }).fill('30');
    await button(ui, 'Save').click();
    await expect
      .poll(async () => (await client.faults.list()).find(({ name }) => name === 'fourth')?.parameters['ms'])
      .toBe(30);

    await button(ui, 'Rules').click();
    await ruleRow(ui, 'fourth').click();
    await table(ui).press('Delete');
    await ui.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(ruleRow(ui, 'fourth')).toHaveCount(0);
    await ruleRow(ui, 'first').click();
    await table(ui).press('Enter');
    await expect(ui.getByRole('heading', { name: 'first armed' })).toBeVisible();
    await visit(ui, '/faults?rule=9999');
    await expect(ui.getByRole('heading', { name: 'There is no rule 9999 (any more)' })).toBeVisible();
    await visit(ui, '/faults?new=envelope.nonsense');
    await expect(ui.getByRole('heading', { name: 'There is no kind envelope.nonsense' })).toBeVisible();
  });

  test('a rule is tried on a stored exchange, and a fault like the one of an exchange is made from it', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    const base = await acme(client, partner);
    await listOf(partner, base, 'tokens');
    const [plain] = await client.exchanges.list({ limit: 1 });
    const id = plain?.id ?? 0;
    await visit(ui, '/faults?new=envelope.http-status');
    const message = ui.getByRole('combobox', { name: 'On which message' });
    await message.click();
    await ui.getByRole('option', { name: new RegExp(`^${id}`) }).click();
    await expect(preview(ui).getByRole('link', { name: `exchange ${id}` })).toBeVisible();
    await expect(preview(ui).getByRole('row').filter({ hasText: 'HTTP/1.1 500' })).toBeVisible();
    await ui.getByLabel('Only no.').fill('7');
    await expect(preview(ui).getByText('By itself it would not fire here:')).toBeVisible();
    await message.fill('999999');
    await expect(preview(ui).getByRole('alert')).toContainText('999999');
    await message.fill('the newest');
    await expect(ui.getByText('The number of an exchange, or nothing for the sample')).toBeVisible();
    await message.fill('');
    await expect(preview(ui).getByText('a sample')).toBeVisible();

    // Nothing was wrong with this one.
    const well = (await client.exchanges.list({ well: true })).find(({ findings }) => findings.length === 0);
    await visit(ui, `/traffic?exchange=${well?.id}`);
    await ui.getByRole('link', { name: 'Make a fault like this' }).click();
    await expect(ui.getByRole('heading', { name: `Nothing was wrong with exchange ${well?.id}` })).toBeVisible();

    // With the answer to somebody we do not know there was.
    await fetch(`${base}2.2.1/sender/tokens`, { headers: { Authorization: 'Token bm9ib2R5' } });
    const [refused] = await client.exchanges.list({ limit: 1 });
    expect(refused?.httpStatus).toBe(401);
    await visit(ui, `/traffic?exchange=${refused?.id}`);
    await ui.getByRole('link', { name: 'Make a fault like this' }).click();
    await expect(
      ui.getByRole('heading', { name: `Rules that would make an exchange like ${refused?.id}` }),
    ).toBeVisible();
    await expectAccessible(ui);
    await ui
      .getByRole('button', { name: /^Take this one: / })
      .first()
      .click();
    await expect(ui.getByLabel('Operation')).toHaveValue('tokens.list');
    await expect(preview(ui).getByRole('link', { name: `exchange ${refused?.id}` })).toBeVisible();
    await button(ui, 'Add the rule').click();
    await expect(bar(ui).getByRole('link', { name: '1 fault armed' })).toBeVisible();
    await expect.poll(() => asksForTokens(partner, base)).toContain('401');

    // Small windows: what stands beside each other stands below.
    await expectFitsAtDoubleSize(ui);
    await visit(ui, '/faults?tab=catalogue');
    await expect(ui.getByRole('option').first()).toBeVisible();
    await expectFitsAtDoubleSize(ui);
  });

  test('the built-in partner misbehaves by a pack, and we see where', async ({ ui, workbench }) => {
    const client = await workbench.client();
    const { link } = await client.sandbox.start({ locations: 20 });
    if (link === null) throw new Error('the built-in partner is not registered');
    await visit(ui, '/faults');
    await ui.getByText('The built-in partner’s', { exact: true }).click();
    await button(ui, 'Packs').click();
    await expect(ui.getByRole('tab', { name: 'Packs' })).toHaveAttribute('aria-selected', 'true');
    await expectAccessible(ui);
    await button(ui, 'Load Framework defaults').click();
    await expect(button(ui, 'Unload Framework defaults')).toBeVisible();
    const armed = (await client.sandbox.faults.list()).filter(rule => rule.armed).length;
    expect(armed).toBeGreaterThan(1);
    await expect(bar(ui).getByRole('link', { name: `${armed} faults armed · The built-in partner’s` })).toBeVisible();
    expect(await client.faults.list()).toEqual([]);

    const { runId } = await client.pulls.start({ name: link, module: 'locations' });
    await runEnded(client, runId);
    await ui.getByRole('tab', { name: 'Hits' }).click();
    await expect(hits(ui).filter({ hasText: 'locations, list' }).first()).toBeVisible();
    await expect(hits(ui).getByRole('link')).toHaveCount(0);
    await expectAccessible(ui);

    await ui.getByRole('tab', { name: 'Rules' }).click();
    await expect(table(ui).getByText('of the pack framework-defaults').first()).toBeAttached();
    await ui
      .getByRole('toolbar', { name: 'Whose faults, and all of them off' })
      .getByRole('button', { name: 'All off' })
      .click();
    await expect(ui.getByText(`0 of ${armed} armed`)).toBeVisible();
    await client.sandbox.stop();
    await expect(ui.getByRole('heading', { name: 'The built-in partner is not running' })).toBeVisible();
  });

  test('a production partner is reached only after a yes', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await acme(client, partner, 'production');
    await visit(ui, '/faults?new=envelope.ocpi-status');
    await ui.getByRole('combobox', { name: 'Partner link' }).fill('acme');
    await ui.getByLabel('Name', { exact: true }).click();
    await expect(ui.getByText('Real traffic will be answered wrongly.')).toBeVisible();
    await button(ui, 'Add the rule').click();
    const asked = ui.getByRole('dialog', { name: 'This reaches a production partner' });
    await expect(asked).toContainText('acme');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    expect(await client.faults.list()).toEqual([]);
    await button(ui, 'Add the rule').click();
    await asked.getByRole('button', { name: 'Do it all the same' }).click();
    await expect(bar(ui).getByRole('link', { name: '1 fault armed' })).toBeVisible();
    // Off needs no yes, on does.
    await button(ui, 'Disarm').click();
    await expect(bar(ui).getByRole('link', { name: '1 fault armed' })).toHaveCount(0);
    await button(ui, 'Arm').click();
    await asked.getByRole('button', { name: 'Do it all the same' }).click();
    await expect(bar(ui).getByRole('link', { name: '1 fault armed' })).toBeVisible();
  });

  test('a rules file goes out and comes in again; what is wrong with one is told with its place', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await client.faults.add({ kind: 'headers.ids-missing', name: 'no ids' });
    await visit(ui, '/faults');
    await button(ui, 'File').click();
    await ui.getByRole('menuitem', { name: 'Export' }).click();
    const saved = ui.waitForEvent('download');
    await ui.getByRole('dialog').getByRole('button', { name: 'Save as a file' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('fault-rules.json');
    await expectAccessible(ui);
    await ui.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

    await button(ui, 'File').click();
    await ui.getByRole('menuitem', { name: 'Import' }).click();
    const dialog = ui.getByRole('dialog', { name: 'Rules from a file' });
    const text = dialog.getByLabel('Rules file (JSON)');
    await text.fill('{"rules": [');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog.getByText(/^This is no JSON: /)).toBeVisible();
    await text.fill(
      JSON.stringify({
        ocpiWorkbenchFaults: 1,
        rules: [{ kind: 'transport.delay' }, { kind: 'transport.delay', parameters: { ms: 'soon' } }],
      }),
    );
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('rules[1].parameters.ms');
    expect(await client.faults.list()).toHaveLength(1);
    const chooser = ui.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(await file.path());
    await expect(text).toHaveValue(/headers\.ids-missing/);
    await dialog.getByLabel('Instead of the 1 rule that is there').check();
    await expectAccessible(ui);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    expect((await client.faults.list()).map(({ name }) => name)).toEqual(['no ids']);
  });

  test('the area speaks Swedish', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await client.faults.add({ kind: 'headers.ids-missing', name: 'utan id', when: { everyNth: 3 } });
    await visit(ui, '/settings');
    await ui.getByText('Svenska', { exact: true }).click();
    await visit(ui, '/faults');
    await expect(
      ui.getByRole('grid', { name: 'Regler' }).getByRole('row').filter({ hasText: 'utan id' }),
    ).toContainText('var 3:e');
    await expect(bar(ui).getByRole('link', { name: '1 fel aktivt' })).toBeVisible();
  });
});
