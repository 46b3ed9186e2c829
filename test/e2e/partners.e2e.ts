import { expectAccessible } from './support/accessible.ts';
import {
  addLink,
  type Client,
  expectFitsAtDoubleSize,
  registered,
  registerInPage,
  visit,
} from './support/registering.ts';
import { runEnded } from './support/runs.ts';
import { expect, test } from './support/test.ts';

/** Two organisations, one of them with a production link. */
async function arrange(client: Client, partner: Parameters<typeof addLink>[1]): Promise<void> {
  await addLink(client, partner, { name: 'acme-prod', organisation: 'Acme', environment: 'production' });
  await registered(client, 'acme-prod');
  await addLink(client, partner, { name: 'acme-test', organisation: 'Acme' });
  await client.links.invite({ name: 'hub', organisation: 'Hubject' });
}

test.describe('the list of partners', () => {
  test('tells state, version, parties and last run, is searched, and is walked by keyboard', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    await arrange(await workbench.client(), partner);
    await visit(ui, '/partners');
    const rows = ui.getByRole('table').locator('tbody').getByRole('row');
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(0)).toContainText(
      /Acme.*acme-prod.*PRODUCTION.*registered.*2\.2\.1.*DE-PRT CPO.*done.*Registration/,
    );
    await expect(rows.nth(2)).toContainText(/Hubject.*hub.*invited.*not known yet.*never/);

    const search = ui.getByRole('textbox', { name: 'Search partners' });
    await search.fill('hubj invited');
    await expect(rows).toHaveCount(1);
    await expect(ui.getByRole('status')).toHaveText('1 of 3');
    await search.fill('nobody');
    await expect(ui.getByRole('heading', { name: 'No partner fits “nobody”.' })).toBeVisible();
    await search.press('Escape');
    await expect(rows).toHaveCount(3);

    await search.press('ArrowDown');
    await expect(rows.nth(0)).toBeFocused();
    await ui.keyboard.press('End');
    await expect(rows.nth(2)).toBeFocused();
    await ui.keyboard.press('ArrowUp');
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/partners\/link\/acme-test/);
  });

  test('shows a partner that appears elsewhere at once', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    await addLink(client, await newPartner(), { name: 'one' });
    await visit(ui, '/partners');
    await expect(ui.getByRole('link', { name: 'one' })).toBeVisible();
    await client.links.invite({ name: 'two' });
    await expect(ui.getByRole('link', { name: 'two' })).toBeVisible();
  });
});

test.describe('a production link', () => {
  test('is unmistakable, and asks for its name before every write', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme', organisation: 'Acme', environment: 'production' });
    await visit(ui, '/partners/link/acme');
    await expect(ui.locator('header').getByText('PRODUCTION')).toBeVisible();
    await expect(ui.getByText('Every write asks first')).toBeVisible();

    await ui.getByRole('button', { name: 'Register', exact: true }).first().click();
    const dialog = ui.getByRole('dialog');
    await expect(dialog).toContainText('acme is a production link of Acme.');
    const go = dialog.getByRole('button', { name: 'Register' });
    await expect(go).toBeDisabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(partner.requests).toEqual([]);

    await ui.getByRole('button', { name: 'Register', exact: true }).first().click();
    await dialog.getByRole('textbox').fill('acme');
    await go.click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();

    await ui.getByRole('tab', { name: 'Settings' }).click();
    await ui.getByLabel('Organisation').fill('Acme AB');
    await ui.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toContainText('Change acme?');
    await dialog.getByRole('textbox').fill('acme');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await expect(ui.getByRole('heading', { name: 'Acme AB' })).toBeVisible();

    // What it is answered, too: asked once, also where the field is left by its question.
    await ui.getByRole('tab', { name: 'Answers' }).click();
    const policies = async () => (await client.links.get({ name: 'acme' })).settings.policies;
    const answer = ui.getByRole('combobox', { name: 'Answer to token, authorize' });
    await answer.selectOption('ask me');
    await expect(dialog).toContainText('Change what acme is answered?');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(answer).toHaveValue('usual');
    expect(await policies()).toBeUndefined();
    await answer.selectOption('ask me');
    await dialog.getByRole('textbox').fill('acme');
    await dialog.getByRole('button', { name: 'Change' }).click();
    const seconds = ui.getByRole('textbox', { name: 'Seconds to answer token, authorize' });
    await expect(seconds).toHaveValue('20');
    await seconds.fill('25');
    await seconds.press('Enter');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(seconds).toHaveValue('20');
    await seconds.fill('30');
    await seconds.press('Enter');
    await dialog.getByRole('textbox').fill('acme');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(seconds).toHaveValue('30');
    expect(await policies()).toEqual({ 'tokens.authorize': { answer: 'ask', seconds: 30, otherwise: 'reject' } });
  });
});

test.describe('a production partner to connect', () => {
  test('is not even written down before its name was typed', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    const client = await workbench.client();
    await registerInPage(ui, { partner, name: 'live', environment: 'Production' });
    const dialog = ui.getByRole('dialog');
    await expect(dialog).toContainText('live is a production link of live.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toHaveCount(0);
    expect(await client.links.list()).toEqual([]);
    await ui.getByRole('button', { name: 'Register', exact: true }).click();
    await dialog.getByRole('textbox').fill('live');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
  });
});

test.describe('one link', () => {
  test('reveals a token only after asking, and hides it again', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const token = partner.relation.incoming.at(-1) ?? '';
    expect(token).not.toBe('');
    await visit(ui, '/partners/link/acme?tab=tokens');
    await ui.getByRole('button', { name: 'Show token C' }).click();
    expect(await ui.content()).not.toContain(token);
    await ui.clock.install();
    await ui.getByRole('dialog').getByRole('button', { name: 'Show it' }).click();
    await expect(ui.getByText(token)).toBeVisible();
    await ui.clock.runFor(31_000);
    await expect(ui.getByText(token)).toHaveCount(0);
    expect(await ui.content()).not.toContain(token);
  });

  test('tells what each side offers the other, module by module', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({
      versions: ['2.2.1'],
      modules: [
        { identifier: 'locations', role: 'SENDER' },
        { identifier: 'commands', role: 'RECEIVER' },
        { identifier: 'acme-extra', role: 'SENDER' },
      ],
    });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await visit(ui, '/partners/link/acme?tab=endpoints');
    await expect(ui.getByRole('row', { name: /^locations offered/ })).toContainText('To the partner by pull only.');
    await expect(ui.getByRole('row', { name: /^commands/ })).toContainText('offeredofferedoffered');
    await expect(ui.getByRole('row', { name: /^tokens/ })).toContainText('No Receiver: unusual for its roles.');
    await expect(ui.getByRole('row', { name: /^acme-extra custom offered/ })).toBeVisible();
    await expect(ui.getByRole('row', { name: /DE-PRT CPO Partner/ })).toBeVisible();
  });

  test('is renamed, suspended, resumed and removed', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await visit(ui, '/partners/link/acme?tab=settings');
    await ui.getByLabel('Name of the link').fill('acme new');
    await ui.getByLabel('Whole call, seconds').fill('x');
    await ui.getByRole('button', { name: 'Save' }).click();
    await expect(ui.getByText('A number of seconds above 0.')).toBeVisible();
    await ui.getByLabel('Whole call, seconds').fill('12');
    await ui.getByRole('button', { name: 'Save' }).click();
    await expect(ui).toHaveURL(/acme%20new/);
    expect((await client.links.get({ name: 'acme new' })).settings.totalTimeout).toBe(12_000);

    await ui.getByRole('button', { name: 'Suspend' }).click();
    await expect(ui.locator('header').getByText('suspended', { exact: true })).toBeVisible();
    await ui.locator('header').getByRole('button', { name: 'Resume' }).click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    await ui.getByRole('button', { name: 'Remove this link' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Remove this link' }).click();
    await expect(ui.getByRole('heading', { name: 'No partner yet' })).toBeVisible();
  });

  test('that is not there says so', async ({ ui }) => {
    await visit(ui, '/partners/link/nobody');
    await expect(ui.getByRole('alert')).toContainText('there is no link "nobody"');
  });

  test('is examined by the doctor, alone and with all others', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const gone = await newPartner();
    await gone.stop();
    await addLink(client, gone, { name: 'gone' });
    await visit(ui, '/partners/link/acme?tab=doctor');
    await ui.getByRole('button', { name: 'Examine' }).click();
    await expect(ui.getByRole('heading', { name: 'acme', level: 3 })).toBeVisible();
    await expect(ui.getByText('its clock and ours are 0 s apart')).toBeVisible();
    await visit(ui, '/partners/doctor');
    await ui.getByRole('button', { name: 'Examine all' }).click();
    await expect(ui.getByText('connection refused')).toBeVisible();
    await expect(ui.getByText(/\d of \d+ checks failed/)).toBeVisible();
  });
});

test.describe('every part', () => {
  test('is accessible, and fits at 200 %', async ({ ui, workbench, newPartner }) => {
    test.setTimeout(120_000);
    const partner = await newPartner({ versions: ['2.2.1'], wants: 'raw', sends: 'base64+lf' });
    const client = await workbench.client();
    await arrange(client, partner);
    await addLink(client, partner, { name: 'refused', token: 'wrong' });
    await registered(client, 'refused');
    const { runId } = await client.runs.doctor({});
    await runEnded(client, runId);
    for (const [path, seen] of [
      ['/partners', 'Partners'],
      ['/partners/connect?way=register', 'Connect a partner'],
      ['/partners/connect?way=invite', 'Connect a partner'],
      ['/partners/connect?way=adopt', 'Connect a partner'],
      ['/partners/link/acme-prod', 'Acme'],
      ['/partners/link/refused', 'refused'],
      ['/partners/link/acme-prod?tab=tokens', 'Acme'],
      ['/partners/link/acme-prod?tab=endpoints', 'Acme'],
      ['/partners/link/acme-prod?tab=settings', 'Acme'],
      ['/partners/doctor', 'Doctor'],
    ] as const) {
      await test.step(path, async () => {
        await ui.setViewportSize({ width: 1280, height: 800 });
        await visit(ui, path);
        await expect(ui.getByRole('heading', { name: seen, level: 1 })).toBeVisible();
        await expectAccessible(ui);
        await expectFitsAtDoubleSize(ui);
      });
    }
  });
});

test.describe('where the system speaks Swedish', () => {
  test.use({ locale: 'sv-SE' });

  test('so do the partners', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    await addLink(client, await newPartner(), { name: 'acme', token: 'wrong' });
    await registered(client, 'acme');
    await visit(ui, '/partners');
    await expect(ui.getByRole('columnheader', { name: 'Senaste körning' })).toBeVisible();
    await visit(ui, '/partners/link/acme');
    await expect(ui.getByRole('alert')).toContainText('Misslyckades vid: Versioner');
    await expect(ui.getByRole('button', { name: 'Ange en annan token' })).toBeVisible();
  });
});
