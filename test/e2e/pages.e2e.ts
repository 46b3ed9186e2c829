import { runEnded } from './support/runs.ts';
import { expect, test } from './support/test.ts';

test.describe('several pages, one workbench', () => {
  test('two pages at once both hear what happens', async ({ ui, workbench, newPartner }) => {
    const second = await ui.context().newPage();
    await second.goto(workbench.origin);
    const partner = await newPartner({ versions: ['2.2.1'] });
    const client = await workbench.client();
    await client.links.add({ name: 'Acme', versionsUrl: partner.versionsUrl, token: partner.tokenA ?? '' });
    const { runId } = await client.runs.register({ name: 'Acme' });
    await runEnded(client, runId);
    const { count } = await client.exchanges.count({});
    expect(count).toBeGreaterThan(4);
    for (const page of [ui, second]) {
      await expect(page.getByRole('contentinfo').getByText(`${count} exchanges`)).toBeVisible();
    }
  });

  test('a page that is open when the core is killed says so, and comes back by itself with what is new', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    await expect(ui.getByText(/^listening on \d+$/)).toBeVisible();
    await workbench.kill();
    await expect(ui.getByRole('alert')).toContainText('connection to the workbench is lost');
    await expect(ui.getByRole('banner').getByText('not connected', { exact: true })).toBeVisible();
    await workbench.startAgain();
    await expect(ui.getByRole('alert')).toHaveCount(0);
    await expect(ui.getByText(/^listening on \d+$/)).toBeVisible();
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await client.links.add({ name: 'Acme', versionsUrl: partner.versionsUrl, token: partner.tokenA ?? '' });
    const { runId } = await client.runs.register({ name: 'Acme' });
    await runEnded(client, runId);
    const { count } = await client.exchanges.count({});
    await expect(ui.getByRole('contentinfo').getByText(`${count} exchanges`)).toBeVisible();
  });

  test('a page whose browser is not known any more says how to get in again', async ({ ui, workbench, complaints }) => {
    await expect(ui.getByText(/^listening on \d+$/)).toBeVisible();
    await ui.context().clearCookies();
    await workbench.kill();
    await workbench.startAgain();
    await expect(ui.getByRole('alert')).toContainText('Open the page anew');
    // The browser says on the console what was answered: 401.
    complaints.length = 0;
  });
});
