import { testAuthority, testCertificate } from '../support/certificates.ts';
import { envelopeAnswer } from '../support/partner/action.ts';
import type { Partner } from '../support/partner/partner.ts';
import { addLink, arrows, picture, registered, registerInPage, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

test.describe('registering with a partner', () => {
  test('that wants raw tokens shows the form being turned round, and each arrow', async ({ ui, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], wants: 'raw' });
    await registerInPage(ui, { partner, name: 'volta' });
    await expect(ui).toHaveURL(/#\/partners\/link\/volta/);
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    await expect(picture(ui)).toContainText('to token A sent as Base64, then 200 to it sent raw');
    await expect
      .poll(async () => (await arrows(ui)).slice(0, 7))
      .toEqual([
        'GET /ocpi/versions from us to volta 401 2000',
        'GET /ocpi/versions from us to volta 200 1000',
        'GET /ocpi/2.2.1 from us to volta 200 1000',
        'POST /ocpi/2.2.1/credentials from us to volta',
        'GET /ocpi/versions from volta to us 200 1000',
        'GET /ocpi/2.2.1 from volta to us 200 1000',
        'answer to POST from volta to us 200 1000',
      ]);
    expect(partner.relation.registered).toBe(true);
    await ui.getByRole('tab', { name: /Tokens/ }).click();
    await expect(ui.getByRole('row', { name: /^B in use us the partner Base64/ })).toBeVisible();
  });

  test('takes what was pasted with blanks around it, and shows the token nowhere', async ({ ui, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    const token = partner.tokenA ?? '';
    await visit(ui, '/partners/connect');
    await ui.getByLabel('Versions URL of the partner').fill(`  ${partner.versionsUrl}  `);
    await ui.getByLabel('Token A').fill(` Token ${token} `);
    expect(await ui.content()).not.toContain(`>${token}<`);
    await expect(ui.getByLabel('Token A')).toHaveAttribute('type', 'password');
    await ui.getByRole('button', { name: 'Register', exact: true }).click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    expect(ui.url()).not.toContain(token);
    expect(await ui.title()).not.toContain(token);
    expect(await ui.content()).not.toContain(token);
  });

  test('can be done without a mouse, from the list to the exchange in Traffic', async ({ ui, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    await visit(ui, '/partners/connect');
    await expect(ui.getByLabel('Versions URL of the partner')).toBeFocused();
    await ui.keyboard.insertText(partner.versionsUrl);
    await ui.keyboard.press('Tab');
    await ui.keyboard.insertText(partner.tokenA ?? '');
    await ui.keyboard.press('Tab');
    await expect(ui.getByLabel('Name of the link')).toBeFocused();
    await expect(ui.getByLabel('Name of the link')).toHaveValue('partner');
    await ui.keyboard.press('Enter');
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    const arrow = picture(ui).getByRole('link').first();
    for (let presses = 0; presses < 60; presses++) {
      if (await arrow.evaluate(element => element === document.activeElement)) break;
      await ui.keyboard.press('Tab');
    }
    await expect(arrow).toBeFocused();
    await ui.keyboard.press('Enter');
    await expect(ui).toHaveURL(/#\/traffic\?exchange=\d+/);
    await ui.goBack();
    await ui.getByRole('tab', { name: 'Registration' }).focus();
    await ui.keyboard.press('ArrowRight');
    await expect(ui.getByRole('tab', { name: /Tokens/ })).toHaveAttribute('aria-selected', 'true');
  });

  test('shows arrows while it runs, and can be cancelled', async ({ ui, workbench, newPartner }) => {
    const slow = { do: 'delay', ms: 20_000, when: 'after' } as const;
    const partner = await newPartner({ versions: ['2.2.1'], overrides: { 'credentials.post': slow } });
    await registerInPage(ui, { partner, name: 'slow' });
    const pieces = picture(ui);
    await expect(pieces.getByText('waiting for the answer')).toBeVisible();
    await expect(pieces.getByRole('link', { name: 'GET /ocpi/2.2.1 from slow to us' })).toBeVisible();
    await expect(ui.getByRole('button', { name: 'Register', exact: true })).toBeVisible();
    await ui.getByRole('button', { name: 'Cancel' }).click();
    await expect(ui.getByRole('status').getByText('cancelled')).toBeVisible();
    await expect(ui.getByText('Nothing half-done is kept')).toBeVisible();
    const client = await workbench.client();
    expect((await client.links.get({ name: 'slow' })).state).toBe('new');
  });
});

test.describe('a registration that fails', () => {
  test('with 401 says that the token is not known, and goes on with another one from there', async ({
    ui,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    await registerInPage(ui, { partner, name: 'ladda', token: 'used-up-token' });
    const told = ui.getByRole('alert');
    await expect(told).toContainText('Failed at: Versions');
    await expect(told).toContainText('it does not know this token');
    await expect(told).toContainText('ask for a new one');
    await told.getByRole('button', { name: 'Enter another token' }).click();
    await told.getByLabel('Token we call the partner with').fill(partner.tokenA ?? '');
    await ui.keyboard.press('Enter');
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    const history = ui.getByRole('list', { name: 'Runs of this link, newest first' });
    await expect(history.getByRole('listitem')).toHaveCount(2);
    await history.getByRole('button', { name: /failed/ }).click();
    await expect(ui.getByRole('alert')).toContainText('Failed at: Versions');
  });

  test('because the link pins the wrong form of the token is mended by a button', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'], wants: 'raw' });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'pinned', tokenForm: 'base64' });
    await visit(ui, '/partners/link/pinned');
    await ui.locator('header').getByRole('button', { name: 'Register', exact: true }).click();
    const told = ui.getByRole('alert');
    await expect(told).toContainText('sends the token in one form only');
    await told.getByRole('button', { name: 'Try with the token raw' }).click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    expect((await client.links.get({ name: 'pinned' })).settings.tokenForm).toBe('raw');
  });

  for (const [code, advice] of [
    [3001, 'Check with the Doctor that our versions URL can be reached'],
    [3002, 'Try a version that both list'],
    [3003, 'what one side sends, the other has to receive'],
  ] as const) {
    test(`with ${code} says what that means, and what to try`, async ({ ui, newPartner }) => {
      const partner = await newPartner({
        versions: ['2.1.1', '2.2.1'],
        overrides: { 'credentials.post': envelopeAnswer({ http: 200, code }) },
      });
      await registerInPage(ui, { partner, name: 'ladda' });
      const told = ui.getByRole('alert');
      await expect(told).toContainText('Failed at: Credentials');
      await expect(told).toContainText(String(code));
      await expect(told).toContainText(advice);
      await expect(told.getByRole('button', { name: 'Try OCPI 2.1.1' })).toBeVisible();
      partner.restore();
      await told.getByRole('button', { name: 'Try OCPI 2.1.1' }).click();
      await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
      await expect(ui.locator('header').getByText('2.1.1')).toBeVisible();
    });
  }

  test('because nothing listens says so', async ({ ui, newPartner }) => {
    const gone = await newPartner();
    await gone.stop();
    await registerInPage(ui, { partner: gone, name: 'gone', token: 'any' });
    const told = ui.getByRole('alert');
    await expect(told).toContainText('Connection refused');
    await expect(told).toContainText('Compare host and port');
    await expect(picture(ui)).toContainText('no answer: refused');
  });

  test('because no answer comes in time says so, and leads to the settings', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ overrides: { versions: { do: 'hang' } } });
    await addLink(await workbench.client(), partner, { name: 'mute', settings: { firstByteTimeout: 400 } });
    await visit(ui, '/partners/link/mute');
    await ui.locator('header').getByRole('button', { name: 'Register', exact: true }).click();
    const told = ui.getByRole('alert');
    await expect(told).toContainText('did not answer within 400 ms');
    await expect(told).toContainText('give the partner your outgoing address');
    await told.getByRole('button', { name: 'Change the settings' }).click();
    await expect(ui.getByLabel('First byte, seconds')).toHaveValue('0.4');
  });

  test('because of its certificate says which, and succeeds once the authority is set', async ({ ui, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], tls: testCertificate('server') });
    await registerInPage(ui, { partner, name: 'private' });
    const told = ui.getByRole('alert');
    await expect(told).toContainText('issued by an authority that is not trusted here');
    await expect(told).toContainText('set its certificate as the link’s CA');
    await told.getByRole('button', { name: 'Change the settings' }).click();
    await ui.getByLabel('Its authority (CA), PEM').fill(testAuthority);
    await ui.getByRole('button', { name: 'Save' }).click();
    await expect(ui.getByRole('status').getByText('Saved.')).toBeVisible();
    await ui.locator('header').getByRole('button', { name: 'Register', exact: true }).click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
  });

  test('because its certificate has expired says that only the partner can mend it', async ({ ui, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], tls: testCertificate('expired') });
    await registerInPage(ui, { partner, name: 'expired' });
    await expect(ui.getByRole('alert')).toContainText('TLS with 127.0.0.1');
    await expect(ui.getByRole('alert')).toContainText('only the partner can replace');
    await expect(picture(ui)).toContainText('no answer: tls');
  });
});

test.describe('the other way round', () => {
  test('an invited partner registers with us, and each arrow appears', async ({ ui, newPartner }) => {
    await visit(ui, '/partners/connect?way=invite');
    await ui.getByLabel('Name of the link').fill('hub');
    await ui.getByRole('button', { name: 'Make the invitation' }).click();
    const invitation = ui.getByRole('region', { name: 'Invitation for hub' });
    await expect(invitation).toContainText('can be reached from this machine only');
    const block = (await invitation.locator('pre').textContent()) ?? '';
    const versionsUrl = /Versions URL: (\S+)/.exec(block)?.[1] ?? '';
    const token = /Token A: (\S+)/.exec(block)?.[1] ?? '';
    const partner = await newPartner({ versions: ['2.2.1'] });
    expect(await partner.register({ versionsUrl, token })).toMatchObject({ ok: true });
    await expect(invitation.getByRole('status')).toHaveText('The partner has called.');
    await invitation.getByRole('link', { name: 'Open the link' }).click();
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
    await expect(ui.getByText('begun by the partner').first()).toBeVisible();
    await expect
      .poll(() => arrows(ui))
      .toEqual([
        'POST /ocpi/2.2.1/credentials from hub to us',
        'GET /ocpi/versions from us to hub 200 1000',
        'GET /ocpi/2.2.1 from us to hub 200 1000',
        'answer to POST from us to hub 200 1000',
      ]);
  });

  test('appears on the open page as it happens', async ({ ui, workbench, newPartner }) => {
    const client = await workbench.client();
    const { versionsUrl, token } = await client.links.invite({ name: 'hub' });
    await visit(ui, '/partners/link/hub');
    await expect(ui.getByRole('heading', { name: 'Nothing has been said yet' })).toBeVisible();
    const slow = { do: 'delay', ms: 3000, when: 'before' } as const;
    const partner = await newPartner({ versions: ['2.2.1'], overrides: { details: [slow] } });
    const done = partner.register({ versionsUrl, token });
    await expect(picture(ui).getByText('the partner sent its credentials with token A')).toBeVisible();
    await expect(picture(ui).getByText('waiting for the answer').first()).toBeVisible();
    expect(await done).toMatchObject({ ok: true });
    await expect(picture(ui).getByText('registered; answered with token C')).toBeVisible();
  });

  test('an existing link is adopted, read-only until it is unlocked', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    const token = partner.tokenA ?? '';
    await visit(ui, '/partners/connect?way=adopt');
    await ui.getByLabel('Versions URL of the partner').fill(partner.versionsUrl);
    await ui.getByLabel('Token we call the partner with').fill(token);
    await ui.getByLabel('Name of the link').fill('old');
    await ui.getByRole('button', { name: 'Adopt', exact: true }).click();
    const header = ui.locator('header').filter({ has: ui.getByRole('heading', { name: 'old' }) });
    await expect(header.getByText('adopted', { exact: true })).toBeVisible();
    await expect(header.getByText('read-only')).toBeVisible();
    await expect(ui.getByText('read old’s endpoints').or(ui.getByText("read old's endpoints"))).toBeVisible();
    await expect(header.getByRole('button', { name: 'Rotate tokens' })).toHaveCount(0);
    await header.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Read its endpoints again' }).click();
    const runs = ui.getByRole('list', { name: 'Runs of this link, newest first' }).getByRole('listitem');
    await expect(runs).toHaveCount(2);
    // While it goes on, nothing else changes the link.
    await expect(runs.first()).toContainText('done');
    await header.getByRole('button', { name: 'Unlock writing' }).click();
    await expect(header.getByRole('button', { name: 'Rotate tokens' })).toBeVisible();
    expect((await (await workbench.client()).links.get({ name: 'old' })).readOnly).toBe(false);
  });
});

test.describe('an adoption that fails', () => {
  test('is read again with the right token from there', async ({ ui, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'] });
    await visit(ui, '/partners/connect?way=adopt');
    await ui.getByLabel('Versions URL of the partner').fill(partner.versionsUrl);
    await ui.getByLabel('Token we call the partner with').fill('not-this-one');
    await ui.getByLabel('Name of the link').fill('old');
    await ui.getByRole('button', { name: 'Adopt', exact: true }).click();
    const told = ui.getByRole('alert');
    await expect(told).toContainText('it does not know this token');
    await told.getByRole('button', { name: 'Enter another token' }).click();
    await told.getByLabel('Token we call the partner with').fill(partner.tokenA ?? '');
    await told.getByRole('button', { name: 'Store it and try again' }).click();
    await expect(ui.getByRole('heading', { name: 'Reading its endpoints' })).toBeVisible();
    await expect(picture(ui)).toContainText('7 endpoints');
  });
});

test.describe('a registered partner', () => {
  async function standing(
    { newPartner, workbench }: Pick<Parameters<Parameters<typeof test>[2]>[0], 'newPartner' | 'workbench'>,
    name: string,
  ): Promise<Partner> {
    const partner = await newPartner({ versions: ['2.2.1', '2.1.1'] });
    const client = await workbench.client();
    await addLink(client, partner, { name });
    await registered(client, name);
    return partner;
  }

  test('exchanges its tokens anew', async ({ ui, workbench, newPartner }) => {
    const partner = await standing({ newPartner, workbench }, 'acme');
    await visit(ui, '/partners/link/acme');
    const before = partner.relation.outgoing;
    await ui.getByRole('button', { name: 'Rotate tokens' }).click();
    await expect(ui.getByRole('heading', { name: 'Rotation of tokens' })).toBeVisible();
    await expect(ui.getByRole('status').getByText('done')).toBeVisible();
    expect(partner.relation.outgoing).not.toBe(before);
  });

  test('that lost its registration is let in anew with a fresh invitation', async ({ ui, workbench, newPartner }) => {
    const partner = await standing({ newPartner, workbench }, 'acme');
    partner.forget();
    await visit(ui, '/partners/link/acme');
    await ui.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Invite to register anew' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Invite to register anew' }).click();
    const block = (await ui.getByRole('region', { name: 'Invitation for acme' }).locator('pre').textContent()) ?? '';
    const versionsUrl = /Versions URL: (\S+)/.exec(block)?.[1] ?? '';
    const token = /Token A: (\S+)/.exec(block)?.[1] ?? '';
    expect(await partner.register({ versionsUrl, token })).toMatchObject({ ok: true });
    await expect(picture(ui)).toContainText('registered; answered with token C');
  });

  test('is switched to another version', async ({ ui, workbench, newPartner }) => {
    await standing({ newPartner, workbench }, 'acme');
    await visit(ui, '/partners/link/acme');
    await ui.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Update to 2.1.1' }).click();
    await expect(ui.getByRole('heading', { name: 'Change of version' })).toBeVisible();
    await expect(ui.locator('header').getByText('2.1.1')).toBeVisible();
  });

  test('is unregistered after asking, or forgotten on our side only', async ({ ui, workbench, newPartner }) => {
    const partner = await standing({ newPartner, workbench }, 'acme');
    await visit(ui, '/partners/link/acme');
    await ui.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Unregister', exact: true }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(partner.relation.registered).toBe(true);
    await ui.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Unregister', exact: true }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Unregister' }).click();
    await expect(ui.locator('header').getByText('unregistered', { exact: true })).toBeVisible();
    expect(partner.relation.registered).toBe(false);

    const other = await standing({ newPartner, workbench }, 'other');
    await visit(ui, '/partners/link/other');
    await ui.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Forget on our side only' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Forget on our side only' }).click();
    await expect(ui.locator('header').getByText('unregistered', { exact: true })).toBeVisible();
    expect(other.relation.registered).toBe(true);
  });

  test('that fails to be unregistered can be forgotten on our side', async ({ ui, workbench, newPartner }) => {
    const partner = await standing({ newPartner, workbench }, 'acme');
    partner.override('credentials.delete', envelopeAnswer({ http: 500, code: 3000 }));
    await visit(ui, '/partners/link/acme');
    await ui.getByRole('button', { name: 'More' }).click();
    await ui.getByRole('menuitem', { name: 'Unregister', exact: true }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Unregister' }).click();
    await expect(ui.getByRole('alert')).toContainText('still registered on our side');
    await expect(ui.locator('header').getByText('registered', { exact: true })).toBeVisible();
  });
});
