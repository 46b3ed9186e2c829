import { expectAccessible } from './support/accessible.ts';
import { expectFitsAtDoubleSize, picture } from './support/registering.ts';
import { expect, test } from './support/test.ts';

test.describe('the first start', () => {
  test('one click leads to a registered partner with data', async ({ ui, workbench }) => {
    await expect(ui.getByRole('heading', { name: 'Try it with the built-in partner' })).toBeVisible();
    await ui.getByRole('button', { name: 'Start the built-in partner' }).click();
    await expect(ui.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await expect(ui).toHaveURL(/#\/partners\/link\//, { timeout: 40_000 });
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    await expect(picture(ui)).toContainText('registered; ');
    const client = await workbench.client();
    expect((await client.objects.count({ module: 'locations' })).count).toBeGreaterThan(0);
    expect((await client.objects.count({ module: 'tariffs' })).count).toBeGreaterThan(0);
    expect((await client.links.list()).map(({ state }) => state)).toEqual(['registered']);
  });

  test('a built-in partner that cannot start says why, and what to do', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await client.links.add({ name: 'sandbox', versionsUrl: 'http://127.0.0.1:9/versions', token: 'a' });
    await client.links.adopt({ name: 'other', versionsUrl: 'http://127.0.0.1:9/versions', token: 'b' });
    await client.links.remove({ name: 'sandbox' });
    await client.links.set({ name: 'other', newName: 'sandbox' });
    await ui.goto(`${workbench.origin}/#/start`);
    await ui.getByRole('button', { name: 'Start the built-in partner' }).click();
    const alert = ui.getByRole('alert');
    await expect(alert).toContainText('not to the sandbox', { timeout: 30_000 });
    await expect(ui.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  test('a partner of one’s own is three links away, whoever begins', async ({ ui }) => {
    for (const [link, field] of [
      ['Register with a partner', 'Token A'],
      ['Invite a partner', 'Name of the link'],
      ['Adopt an existing link', 'Token we call the partner with'],
    ] as const) {
      await ui.getByRole('link', { name: link }).click();
      await expect(ui.getByLabel(field)).toBeVisible();
      await ui.goBack();
    }
  });

  test('the list of partners without any leads to both ways', async ({ ui }) => {
    await ui.getByRole('navigation').getByRole('link', { name: 'Partners' }).click();
    await expect(ui.getByRole('heading', { name: 'No partner yet' })).toBeVisible();
    await ui.getByRole('link', { name: 'See both ways' }).click();
    await expect(ui.getByRole('heading', { name: 'Be the other party' })).toBeVisible();
  });

  test('is accessible, and fits at 200 %', async ({ ui }) => {
    await expect(ui.getByRole('heading', { name: 'Be the other party' })).toBeVisible();
    await expectAccessible(ui);
    await expectFitsAtDoubleSize(ui);
  });
});

test.describe('where the system speaks Swedish', () => {
  test.use({ locale: 'sv-SE' });

  test('so does the first start', async ({ ui }) => {
    await expect(ui.getByRole('heading', { name: 'Var den andra parten' })).toBeVisible();
    await expect(ui.getByRole('button', { name: 'Starta den inbyggda partnern' })).toBeVisible();
    await ui.getByRole('link', { name: 'Registrera dig hos en partner' }).click();
    await expect(ui.getByLabel('Partnerns versions-URL')).toBeVisible();
    await expect(ui.getByRole('button', { name: 'Registrera', exact: true })).toBeVisible();
  });
});
