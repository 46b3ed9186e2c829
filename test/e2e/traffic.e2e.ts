import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { baseOf, listOf } from './support/calling.ts';
import { filter, timedRows } from './support/controls.ts';
import { addLink, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const table = (ui: Page) => ui.getByRole('grid', { name: 'Traffic' });
const rows = (ui: Page) => timedRows(ui, 'Traffic');
const details = (ui: Page) => ui.getByRole('region', { name: 'Details of the exchange' });
const row = (ui: Page, text: string | RegExp): Locator => rows(ui).filter({ hasText: text });

test.describe('the traffic table', () => {
  test('teaches when it is empty, and grows by itself while a partner calls', async ({ ui, workbench, newPartner }) => {
    await visit(ui, '/traffic');
    await expect(ui.getByRole('heading', { name: 'No traffic yet' })).toBeVisible();
    await expect(ui.getByRole('link', { name: 'Try it, or connect a partner' })).toBeVisible();

    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await expect(row(ui, 'credentials, register')).toHaveCount(1);

    const base = await baseOf(client);
    await listOf(partner, base, 'locations?offset=700');
    await expect(rows(ui).first()).toContainText('locations, list');
    await expect(rows(ui).first()).toContainText('/ocpi/2.2.1/sender/locations?offset=700');
    await expect(rows(ui).first()).toContainText('They asked us');
  });

  test('stands still when it is paused or scrolled away, and says how many are new', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const base = await baseOf(client);
    for (let at = 0; at < 40; at++) await listOf(partner, base, `locations?offset=${at}`);
    await visit(ui, '/traffic?q=dir%3Ain%20module%3Alocations');
    await expect(rows(ui).first()).toContainText('offset=39');

    await ui.getByRole('button', { name: 'Pause' }).click();
    await listOf(partner, base, 'locations?offset=40');
    await listOf(partner, base, 'locations?offset=41');
    await expect(ui.getByRole('button', { name: '2 new' })).toBeVisible();
    await expect(rows(ui).first()).toContainText('offset=39');
    await ui.getByRole('button', { name: 'Resume' }).click();
    await expect(rows(ui).first()).toContainText('offset=41');

    await table(ui).evaluate(grid => grid.scrollTo({ top: 200 }));
    await listOf(partner, base, 'locations?offset=42');
    await ui.getByRole('button', { name: '1 new' }).click();
    await expect(rows(ui).first()).toContainText('offset=42');
  });

  test('shows an exchange whose partner hangs as open, and how it ended when it has', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'], overrides: { versions: { do: 'hang' } } });
    await addLink(client, partner, { name: 'slow' });
    await client.runs.register({ name: 'slow' });
    await visit(ui, '/traffic?q=is%3Aopen');
    await expect(row(ui, 'versions, list')).toContainText('open');
    await rows(ui).first().click();
    await expect(details(ui)).toContainText('Still under way');
    await partner.stop();
    await expect(details(ui)).toContainText('The connection was reset');
    await expect(ui.getByRole('heading', { name: 'Nothing fits this filter' })).toBeVisible();
  });
});

test.describe('the filter', () => {
  test('narrows by tokens and by words, counts what fits, and lives in the address', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const base = await baseOf(client);
    await listOf(partner, base, 'locations?offset=700');
    await listOf(partner, base, 'sessions?offset=5');
    await visit(ui, '/traffic');
    await expect(rows(ui).first()).toContainText('sessions, list');

    await filter(ui).fill('module:loc');
    await ui.getByRole('option', { name: /module:locations/ }).click();
    await expect(rows(ui)).toHaveCount(1);
    await expect(rows(ui)).toContainText('offset=700');
    await expect(ui.getByText('1 fits')).toBeVisible();
    expect(decodeURIComponent(ui.url())).toContain('q=module:locations');

    await ui.getByRole('button', { name: 'Remove module:locations' }).click();
    await expect(rows(ui).first()).toContainText('sessions, list');
    await ui.goBack();
    await expect(rows(ui)).toHaveCount(1);
    await ui.goForward();
    await expect(rows(ui).first()).toContainText('sessions, list');

    await filter(ui).fill('offset=70');
    await expect(rows(ui)).toHaveCount(1);
    await expect(rows(ui)).toContainText('offset=700');
    await filter(ui).fill('nowhere-to-be-found');
    await expect(ui.getByRole('heading', { name: 'Nothing fits this filter' })).toBeVisible();
    await table(ui).focus();
    await ui.getByRole('button', { name: 'Clear the filter' }).last().click();
    await expect(rows(ui).first()).toContainText('sessions, list');
  });

  test('takes a token from the menu of a row', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await visit(ui, '/traffic');
    await row(ui, 'credentials, register').click({ button: 'right' });
    await ui.getByRole('menuitem', { name: 'module:credentials' }).click();
    await expect(ui.getByRole('button', { name: 'Remove module:credentials' })).toBeVisible();
    await expect(rows(ui)).toHaveCount(1);
  });

  test('says what it leaves out and what it does not know', async ({ ui }) => {
    await visit(ui, '/traffic?q=status%3Asoon%20partner%3Aacme');
    const told = ui.getByRole('status').filter({ hasText: 'left out' });
    await expect(told).toContainText('status:soon is left out: write an HTTP status (404)');
    await expect(told).toContainText('There is no token partner: it is searched as text');
  });

  test('of a link that is not there says so, with a way on', async ({ ui }) => {
    await visit(ui, '/traffic?q=link%3Anobody');
    await expect(ui.getByRole('alert')).toContainText('there is no link "nobody"');
    await expect(ui.getByRole('alert')).toContainText('take the token out');
  });
});

test.describe('one exchange', () => {
  test('shows its statuses explained, findings at their line, and what it belongs to', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const { versionsUrl, token } = await client.links.invite({ name: 'odd' });
    const partner = await newPartner({
      versions: ['2.2.1'],
      credentials: body => ({
        ...body,
        roles: [{ role: 'CPO', country_code: 'DEU', party_id: 'ABC', business_details: {} }],
      }),
    });
    await partner.register({ versionsUrl, token });
    await visit(ui, '/traffic?q=module%3Acredentials%20has%3Aerror');
    await rows(ui).first().click();
    await expect(details(ui).getByRole('heading', { name: 'credentials, register' })).toBeVisible();
    await expect(details(ui)).toContainText('field.missing');
    await expect(details(ui)).toContainText('/roles/0/business_details');

    await details(ui).getByRole('tab', { name: 'Request' }).click();
    const line = details(ui).locator('.cm-line', { hasText: '"country_code": "DEU"' });
    await expect(line).toContainText('text.too-long');
    await expect(details(ui).getByRole('row', { name: /Authorization/ })).toContainText(
      /Token \{token:[0-9a-f]+:base64:\d+\}/,
    );
    await details(ui)
      .getByText(/^\{token:[0-9a-f]+:base64:\d+\}$/)
      .first()
      .hover();
    await expect(ui.getByRole('tooltip')).toContainText(/Token [0-9a-f]+, written base64, \d+ characters/);

    await details(ui).getByRole('tab', { name: 'Raw' }).click();
    await expect(details(ui)).toContainText('POST /ocpi/2.2.1/credentials HTTP/1.1');
    await details(ui)
      .getByRole('tab', { name: /Related/ })
      .click();
    await expect(details(ui)).toContainText('Same run: registration');
    await details(ui)
      .getByRole('button', { name: /versions, list/ })
      .first()
      .click();
    await expect(details(ui).getByRole('heading', { name: 'versions, list' })).toBeVisible();
    await ui.goBack();
    await expect(details(ui).getByRole('heading', { name: 'credentials, register' })).toBeVisible();
  });

  test('is reached, read and left with the keyboard alone', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await visit(ui, '/traffic');
    await expect(row(ui, 'credentials, register')).toBeVisible();
    await ui.keyboard.press('/');
    await expect(filter(ui)).toBeFocused();
    await ui.keyboard.type('dir:out ');
    await expect(ui.getByRole('button', { name: 'Remove dir:out' })).toBeVisible();
    await ui.keyboard.press('Escape');
    await table(ui).focus();
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('j');
    await ui.keyboard.press('k');
    await expect(details(ui)).toHaveCount(0);
    await ui.keyboard.press('Enter');
    await expect(details(ui).getByRole('heading')).toContainText([/versions, list/]);
    await ui.keyboard.press('j');
    await expect(details(ui).getByRole('heading').first()).toHaveText('credentials, register');
    await ui.keyboard.press('?');
    await expect(ui.getByRole('dialog', { name: 'Keys of this view' })).toContainText('send again');
    await ui.keyboard.press('Escape');
    await expect(ui.getByRole('dialog', { name: 'Keys of this view' })).toBeHidden();
    await table(ui).focus();
    await ui.keyboard.press('Escape');
    await expect(details(ui)).toHaveCount(0);
    await expect(table(ui)).toBeFocused();
  });

  test('and its table have nothing serious that axe can see, move nothing for those who want it so, and fit at 200 %', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const partner = await newPartner({ versions: ['2.2.1'] });
    await addLink(client, partner, { name: 'acme', environment: 'production' });
    await registered(client, 'acme');
    await ui.emulateMedia({ reducedMotion: 'reduce' });
    await visit(ui, '/traffic');
    await rows(ui).first().click();
    await expect(details(ui)).toContainText('PROD');
    await expectAccessible(ui);
    for (const tab of ['Request', 'Response', 'Related', 'Raw']) {
      await details(ui).getByRole('tab', { name: tab }).click();
      await expect(details(ui).getByRole('tabpanel')).not.toBeEmpty();
      await expectAccessible(ui);
    }
    const moving = await ui.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter(element => {
          const { animationDuration, transitionDuration } = getComputedStyle(element);
          return [animationDuration, transitionDuration].some(list =>
            list.split(',').some(one => parseFloat(one) > 0.01),
          );
        }).length,
    );
    expect(moving).toBe(0);
    await expectFitsAtDoubleSize(ui);
  });
});
