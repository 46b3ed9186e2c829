import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { button } from './support/controls.ts';
import { addLink, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { sandboxPulled } from './support/runs.ts';
import { expect, test } from './support/test.ts';

const sources = (ui: Page) => ui.getByRole('navigation', { name: 'What can be replayed' });
const plan = (ui: Page) => ui.getByRole('region', { name: 'What will happen' }).last();
const steps = (ui: Page) => ui.getByRole('grid', { name: 'Steps' });
const step = (ui: Page, words: string) => steps(ui).getByRole('row').filter({ hasText: words });
const details = (ui: Page) => ui.getByRole('region', { name: 'Details of the step' });
const state = (ui: Page, words: string) => ui.getByRole('heading', { level: 2, name: words });

/** Asks for what the built-in partner has: nothing in it takes time. */
const ASKING = {
  scenario: 1,
  name: 'asking',
  title: 'Asking for locations',
  about: 'The list, and one of it.',
  versions: ['2.1.1', '2.2.1', '2.3.0'],
  parts: ['emsp'],
  ids: { location: 'location' },
  values: { many: 5 },
  steps: [
    { from: 'emsp', do: 'locations.list', query: { limit: '{{many}}' }, expect: { http: 200, ocpi: 1000 } },
    { from: 'emsp', do: 'locations.get', at: 1, params: { location_id: '{{location}}' } },
    { from: 'emsp', do: 'tariffs.list', at: 2 },
  ],
};

async function writeAnew(ui: Page, text: string): Promise<void> {
  await ui.getByRole('textbox', { name: 'Scenario (JSON)' }).click();
  await ui.keyboard.press('ControlOrMeta+a');
  await ui.keyboard.press('Delete');
  // What is inserted at once is not completed by the editor as it is typed.
  await ui.keyboard.insertText(text);
}

test.describe('replay', () => {
  test('a scenario is planned: each step is seen before anything leaves, what is chosen changes the plan, and it is run', async ({
    ui,
    workbench,
  }) => {
    // Many views, each looked at as axe does.
    test.slow();
    const client = await workbench.client();
    const link = await sandboxPulled(client, 20);
    await client.replays.scenarios.save({ text: JSON.stringify(ASKING) });
    await visit(ui, '/replay');
    await expect(ui.getByRole('heading', { name: 'Replay what was, and see what is different now' })).toBeVisible();
    await expect(sources(ui).getByRole('link', { name: /^A full charge, started remotely/ })).toBeVisible();
    await expectAccessible(ui);
    await sources(ui)
      .getByRole('link', { name: /^Asking for locations/ })
      .click();
    await expect(plan(ui).getByText('sends 3 requests')).toBeVisible();
    await expect(ui.getByLabel('To', { exact: true })).toHaveValue(link);

    // Before anything leaves: each step as it would, and what is called otherwise.
    const requests = (await client.exchanges.count({})).count;
    await step(ui, 'locations, list').click();
    const planned = ui.getByRole('region', { name: 'Step 1' });
    await expect(planned).toContainText('limit=5');
    await ui.getByLabel('many', { exact: true }).fill('3');
    await expect(planned).toContainText('limit=3');
    await ui.getByRole('tab', { name: /^Rewritten/ }).click();
    const place = plan(ui).getByRole('textbox', { name: /^What location .* is called now$/ });
    const [one, other] = await client.objects
      .lines({ name: link, module: 'locations', limit: 2 })
      .then(({ lines }) => lines);
    await expect(place).toHaveValue(/.+/);
    const named = (await place.inputValue()) === one?.id ? other?.id : one?.id;
    await place.fill(named ?? '');
    await place.blur();
    await expect(place).toHaveValue(named ?? '');
    await expectAccessible(ui);
    await ui.getByRole('tab', { name: /^Steps/ }).click();
    await step(ui, 'location, one').click();
    await expect(ui.getByRole('region', { name: 'Step 2' })).toContainText(`/${named}`);
    expect((await client.exchanges.count({})).count).toBe(requests);

    await ui.getByText('Other', { exact: true }).click();
    await ui.getByLabel('How many times as fast').fill('quick');
    await expect(ui.getByText('0.1 to 1000')).toBeVisible();
    await expect(button(ui, 'Run')).toBeDisabled();
    await ui.getByText('No pauses', { exact: true }).click();
    await button(ui, 'Run').click();
    await expect(state(ui, 'Asking for locations all the same')).toBeVisible();
    await expect(ui.getByText('3 of 3 steps', { exact: true })).toBeVisible();
    await ui.getByRole('link', { name: 'Change and repeat' }).click();
    await expect(ui.getByLabel('many', { exact: true })).toHaveValue('3');
    await expect(plan(ui).getByText('sends 3 requests')).toBeVisible();
    await expectFitsAtDoubleSize(ui);
  });

  test('a fault at the partner is the one difference; the two replays are compared and reported', async ({
    ui,
    workbench,
  }) => {
    // Many views, each looked at as axe does.
    test.slow();
    const client = await workbench.client();
    const to = await sandboxPulled(client, 20);
    await client.replays.scenarios.save({ text: JSON.stringify(ASKING) });
    const { runId } = await client.replays.start({
      to,
      source: { kind: 'scenario', name: 'asking' },
      speed: 'fast',
    });
    await visit(ui, `/replay/${runId}`);
    await expect(state(ui, 'Asking for locations all the same')).toBeVisible();
    await step(ui, 'location, one').click();
    await expect(details(ui).getByText('as expected', { exact: true })).toBeVisible();
    await ui.getByText('Only different', { exact: true }).click();
    await expect(ui.getByRole('heading', { name: 'No step is different' })).toBeVisible();
    await ui.getByRole('tab', { name: 'Compare' }).click();
    await expect(ui.getByRole('heading', { name: 'Nothing to compare with yet' })).toBeVisible();

    // The same once more, with one thing wrong there.
    await client.sandbox.faults.add({
      kind: 'envelope.ocpi-status',
      parameters: { code: 3001 },
      scope: { operation: 'locations.get' },
      armed: true,
    });
    await button(ui, 'Repeat').click();
    await expect(state(ui, 'Asking for locations different')).toBeVisible();
    await expect(ui.getByText('1 different', { exact: true })).toBeVisible();
    await ui.getByText('Only different', { exact: true }).click();
    await expect(steps(ui).getByRole('row')).toHaveCount(2);
    await step(ui, 'location, one').click();
    const differences = details(ui).getByRole('region', { name: 'Differences' });
    await expect(differences).toContainText('3001');
    await expect(details(ui).getByRole('region', { name: 'Answer' })).toContainText('3001');
    await expectAccessible(ui);
    await ui.getByRole('tab', { name: 'Compare' }).click();
    const changed = ui.getByRole('table', { name: 'Steps that went otherwise' });
    await expect(changed.getByRole('row')).toHaveCount(2);
    await expect(changed).toContainText('3001');
    await expectAccessible(ui);
    await changed.getByRole('button', { name: /location, one/ }).click();
    await expect(details(ui)).toContainText('3001');

    await button(ui, 'Report').click();
    const saved = ui.waitForEvent('download');
    await ui.getByRole('menuitem', { name: 'As JUnit XML' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^replay-\d+\.xml$/);
    const report = await readFile(await file.path(), 'utf8');
    expect(report.match(/<testcase/g)).toHaveLength(3);
    expect(report.match(/<failure/g)).toHaveLength(1);

    // The exchange of today, and back.
    await details(ui)
      .getByRole('link', { name: /^Exchange \d+$/ })
      .click();
    await expect(ui.getByRole('region', { name: 'Details of the exchange' })).toContainText('3001');
    await ui.goBack();
    await expect(details(ui)).toContainText('3001');
    await visit(ui, '/replay');
    await expect(sources(ui).getByRole('heading', { name: 'Recent replays' })).toBeVisible();
    await expect(sources(ui).getByText('different', { exact: true })).toBeVisible();
    await expectFitsAtDoubleSize(ui);
  });

  test('step by step, paused, continued and stopped, by keyboard', async ({ ui, workbench }) => {
    const client = await workbench.client();
    const to = await sandboxPulled(client, 20);
    const text = JSON.stringify({ ...ASKING, steps: [...ASKING.steps, { ...ASKING.steps[2], at: 600 }] });
    await client.replays.scenarios.save({ text });
    await visit(ui, `/replay?source=scenario:asking&to=${to}`);
    await ui.getByLabel('Begin paused').check();
    await button(ui, 'Run, paused').click();
    await expect(state(ui, 'paused')).toBeVisible();
    await expect(ui.getByText('0 of 4 steps')).toBeVisible();
    await expectAccessible(ui);
    // What has the focus and takes keys itself keeps them.
    await ui.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await ui.keyboard.press('n');
    await expect(ui.getByText('1 of 4 steps')).toBeVisible();
    await expect(state(ui, 'paused')).toBeVisible();
    await ui.keyboard.press('Space');
    await expect(ui.getByText('3 of 4 steps')).toBeVisible();
    await expect(state(ui, 'running')).toBeVisible();
    await ui.keyboard.press('Space');
    await expect(state(ui, 'paused')).toBeVisible();
    await ui.keyboard.press('Escape');
    const asked = ui.getByRole('dialog', { name: 'Stop this replay?' });
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await expect(asked).toHaveCount(0);
    await expect(state(ui, 'paused')).toBeVisible();
    await button(ui, 'Stop').click();
    await asked.getByRole('button', { name: 'Stop' }).click();
    await expect(state(ui, 'stopped')).toBeVisible();
    await expect(step(ui, 'tariffs, list').last()).toContainText('left out');
    await expect(button(ui, 'Repeat')).toBeVisible();
    await visit(ui, '/replay/99999');
    await expect(ui.getByRole('heading', { name: 'There is no replay 99999' })).toBeVisible();
  });

  test('exchanges are replayed from Traffic, one or several, and what an address cannot mean is said', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await sandboxPulled(client, 20);
    const lists = await client.exchanges.list({ module: 'locations', limit: 1 });
    const id = lists[0]?.id ?? 0;
    await visit(ui, `/traffic?exchange=${id}`);
    await ui
      .getByRole('region', { name: 'Details of the exchange' })
      .getByRole('link', { name: 'Replay this' })
      .click();
    await expect(plan(ui).getByText('sends 1 request')).toBeVisible();
    await ui.getByText('No pauses', { exact: true }).click();
    await button(ui, 'Run').click();
    await expect(state(ui, 'all the same')).toBeVisible();
    await step(ui, 'locations, list').click();
    await expect(details(ui).getByRole('link', { name: `Recorded exchange ${id}` })).toBeVisible();

    await visit(ui, '/traffic');
    const rows = ui
      .getByRole('grid', { name: 'Traffic' })
      .getByRole('row')
      .filter({ has: ui.locator('time') });
    await rows.nth(0).click();
    await rows.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await ui.getByRole('link', { name: 'Replay 2 exchanges' }).click();
    await expect(ui.getByText('2 exchanges.')).toBeVisible();

    await visit(ui, '/replay?source=nonsense');
    await expect(ui.getByRole('heading', { name: 'There is nothing to replay behind “nonsense”' })).toBeVisible();
    await visit(ui, '/replay?source=transaction:99999');
    await expect(ui.getByRole('heading', { name: 'This cannot be replayed like that' })).toBeVisible();
    await expect(ui.getByRole('alert')).toContainText('99999');
    await expectAccessible(ui);
    await visit(ui, '/replay?source=scenario:charge&to=nobody');
    await expect(ui.getByRole('heading', { name: 'There is no link nobody' })).toBeVisible();
  });

  test('a file of traffic is read and replayed', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await sandboxPulled(client, 20);
    const [list] = await client.exchanges.list({ module: 'locations', limit: 1 });
    const { command } = await client.exchanges.curl({ id: list?.id ?? 0, withToken: false });
    await visit(ui, '/replay');
    await sources(ui).getByRole('button', { name: 'From a file' }).click();
    const dialog = ui.getByRole('dialog', { name: 'Replay traffic from a file' });
    const choose = async (name: string, text: string) => {
      const chooser = ui.waitForEvent('filechooser');
      await dialog.getByRole('button', { name: 'Choose a file' }).click();
      await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    };
    await choose('nothing.har', '{"log": 1}');
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expectAccessible(ui);
    await choose('asked.sh', command);
    await expect(dialog).toHaveCount(0);
    await expect(plan(ui).getByText('sends 1 request')).toBeVisible();
    await expect(ui.getByText('All traffic of')).toBeVisible();
  });

  test('a scenario is written: mistakes are told at their place, a copy of ours is changed, and one is removed', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await visit(ui, '/replay/scenarios/charge');
    await expect(ui.getByRole('list', { name: 'Steps' }).getByRole('listitem').first()).toContainText('start session');
    await expectAccessible(ui);
    await ui.getByRole('tab', { name: 'JSON' }).click();
    await expect(ui.getByRole('textbox', { name: 'Scenario (JSON)' })).toHaveAttribute('aria-readonly', 'true');
    await ui.getByRole('link', { name: 'Duplicate and edit' }).click();
    await expect(ui.getByText('It can be replayed.')).toBeVisible();
    await button(ui, 'Save').click();
    await expect(state(ui, 'A full charge, started remotely (copy)')).toBeVisible();

    await visit(ui, '/replay');
    await sources(ui).getByRole('link', { name: 'New scenario' }).click();
    await expect(ui.getByText('It can be replayed.')).toBeVisible();
    const problems = ui.getByRole('region', { name: 'What is wrong with it' });
    await writeAnew(ui, '{\n  "scenario": 1,\n  nonsense\n}');
    await expect(problems.getByText('1 mistake: it cannot be saved yet')).toBeVisible();
    await expect(button(ui, 'Save')).toBeDisabled();
    await writeAnew(ui, JSON.stringify({ ...ASKING, steps: [{ from: 'emsp', do: 'locations.juggle' }] }, null, 2));
    await expect(problems.getByRole('button', { name: /\/steps\/0\/do/ })).toContainText('locations.juggle');
    await expectAccessible(ui);
    await problems.getByRole('button', { name: /\/steps\/0\/do/ }).click();
    await writeAnew(ui, JSON.stringify(ASKING, null, 2));
    await expect(ui.getByText('It can be replayed.')).toBeVisible();
    await expect(ui.getByRole('list', { name: 'Steps' }).getByRole('listitem')).toHaveCount(3);
    await ui.keyboard.press('ControlOrMeta+s');
    await expect(state(ui, 'Asking for locations yours')).toBeVisible();
    await expect
      .poll(async () => (await client.replays.scenarios.list()).filter(({ ours }) => !ours).map(({ name }) => name))
      .toEqual(['asking', 'charge-copy']);

    await button(ui, 'Remove').click();
    await ui
      .getByRole('dialog', { name: 'Remove “Asking for locations”?' })
      .getByRole('button', { name: 'Remove' })
      .click();
    await expect(sources(ui).getByRole('link', { name: /^A full charge, started remotely \(copy\)/ })).toBeVisible();
    await expect(sources(ui).getByRole('link', { name: /^Asking/ })).toHaveCount(0);
    await visit(ui, '/replay/scenarios/asking');
    await expect(ui.getByRole('heading', { name: 'There is no scenario asking' })).toBeVisible();
    await visit(ui, '/replay/scenarios/charge-copy');
    await expect(state(ui, 'copy')).toBeVisible();
    await expectFitsAtDoubleSize(ui);
  });

  test('a production partner is replayed to only after its name was typed', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme', environment: 'production' });
    await registered(client, 'acme');
    await client.own.generate({ module: 'tokens', count: 1 });
    await visit(ui, '/replay?source=scenario:start-refused&to=acme');
    await expect(ui.getByText('Real systems and real customers will be reached.')).toBeVisible();
    await expect(plan(ui).getByText('This plan is for a production partner')).toBeVisible();
    await expectAccessible(ui);
    await ui.getByText('No pauses', { exact: true }).click();
    await expect(plan(ui).getByText('lasts 0 ms')).toBeVisible();
    await button(ui, 'Run').click();
    const asked = ui.getByRole('dialog', { name: 'Replay to acme?' });
    await expect(asked.getByRole('button', { name: 'Run' })).toBeDisabled();
    await asked.getByRole('button', { name: 'Cancel' }).click();
    expect(await client.replays.list({})).toEqual([]);
    await button(ui, 'Run').click();
    await asked.getByLabel('Type acme to go on').fill('acme');
    await asked.getByRole('button', { name: 'Run' }).click();
    await expect(state(ui, 'A remote start that the CPO refuses')).toBeVisible();
    await expect(ui.getByText('PRODUCTION', { exact: true })).toBeVisible();
  });

  test('one click replays a whole charge with the built-in partner; the area speaks Swedish', async ({ ui }) => {
    test.slow();
    await visit(ui, '/replay?source=scenario:charge');
    await expect(ui.getByRole('heading', { name: 'Nobody to replay to yet' })).toBeVisible();
    await expectAccessible(ui);
    await visit(ui, '/replay');
    await button(ui, 'Replay a charge with the built-in partner').click();
    await expect(state(ui, 'A full charge, started remotely')).toBeVisible({ timeout: 30_000 });
    await expect(state(ui, 'A full charge, started remotely all the same')).toBeVisible({ timeout: 60_000 });
    await visit(ui, '/settings');
    await ui.getByText('Svenska', { exact: true }).click();
    await visit(ui, '/replay');
    await expect(ui.getByRole('navigation', { name: 'Vad som kan spelas upp' })).toContainText('allt lika');
  });
});
