import type { Page } from '@playwright/test';
import { connectLoopback } from '../../core/loopback/client.ts';
import { besideFile } from '../../core/sandbox/beside.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import type { Partner } from '../support/partner/partner.ts';
import { expectAccessible } from './support/accessible.ts';
import { baseOf } from './support/calling.ts';
import { button } from './support/controls.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { sandboxPulled } from './support/runs.ts';
import { expect, test } from './support/test.ts';

const editor = (ui: Page, name: string) => ui.getByRole('textbox', { name, exact: true });
/** As one who types: a value set from outside would be styled by the browser, which the page forbids. */
async function write(ui: Page, name: string, text: string): Promise<void> {
  await editor(ui, name).focus();
  await ui.keyboard.press('ControlOrMeta+a');
  await ui.keyboard.press('Delete');
  await ui.keyboard.insertText(text);
}

const field = (ui: Page, name: string) => ui.getByRole('combobox', { name, exact: true });

const textOf = ({ body }: { readonly body: Uint8Array }) => Buffer.from(body).toString();

/** Asks us something, as long as it takes us to decide. */
async function asks(partner: Partner, client: Client, path: string, body: unknown) {
  const url = `${await baseOf(client)}2.2.1/${path}`;
  const answered = await partner.call({ operation: 'module', version: '2.2.1', method: 'POST', url, body });
  return answered.ok ? answered.data : answered.reason;
}

async function ownToken(client: Client): Promise<{ readonly uid: string; readonly token: object }> {
  await client.own.generate({ module: 'tokens', count: 1 });
  const [token] = (await client.own.list({ module: 'tokens' })).objects;
  return { uid: token?.id ?? '', token: token?.object as object };
}

test.describe('sending', () => {
  test('without a partner the area says what it is for, and its forms are accessible with one', async ({
    ui,
    workbench,
  }) => {
    await visit(ui, '/send');
    await expect(ui.getByRole('heading', { name: 'Nobody to send to yet' })).toBeVisible();
    const client = await workbench.client();
    const link = await sandboxPulled(client, 5);
    await visit(ui, `/send?link=${link}&form=authorize`);
    await expect(button(ui, 'Ask for the authorization')).toBeVisible();
    await expectAccessible(ui);
    await visit(ui, `/send?link=${link}&form=profile`);
    await expect(editor(ui, 'ChargingProfile')).toBeVisible();
    await expectAccessible(ui);
    await visit(ui, '/send?link=nobody');
    await expect(ui.getByRole('heading', { name: 'There is no partner nobody' })).toBeVisible();
    await client.links.set({ name: link, suspended: true });
    await visit(ui, `/send?link=${link}`);
    await expect(ui.getByRole('heading', { name: `${link} is suspended` })).toBeVisible();
  });

  test('a command is sent from a location with everything filled in, and its answer and result are followed', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    const link = await sandboxPulled(client, 5);
    const [location] = (await client.objects.lines({ module: 'locations', name: link })).lines;
    await visit(ui, `/locations/${link}/${location?.id}`);
    await ui
      .getByRole('link', { name: /^Start a session at/ })
      .first()
      .click();
    await expect(field(ui, 'Location')).toHaveValue(location?.id ?? '');
    await expect(field(ui, 'EVSE (uid)')).not.toHaveValue('');
    await button(ui, 'Send START_SESSION').click();
    const course = ui.getByRole('list', { name: 'How it goes' });
    await expect(course.getByRole('listitem')).toHaveText([
      /^Request.*HTTP 200/,
      /^Answer.*ACCEPTED/,
      /^Result.*ACCEPTED/,
    ]);
    await expect(
      ui.getByText(`START_SESSION to ${link}: ACCEPTED, then ACCEPTED`, { exact: false }).first(),
    ).toBeVisible();
    await expectAccessible(ui);

    // Another one, wrong first: what is missing is said at its field.
    await ui.getByText('Unlock', { exact: true }).click();
    await field(ui, 'Connector').fill('');
    await button(ui, 'Send UNLOCK_CONNECTOR').click();
    await expect(ui.getByText('Needed')).toBeVisible();
    await field(ui, 'Connector').fill('1');
    await expect(ui.getByText('Needed')).toHaveCount(0);
    await button(ui, 'Send UNLOCK_CONNECTOR').click();
    const before = ui.getByRole('list', { name: 'Before' }).getByRole('listitem');
    await expect(before).toHaveCount(2);
    await expect(before.first()).toContainText('UNLOCK_CONNECTOR');

    // The older one again, as it was.
    await before.nth(1).getByRole('button').click();
    await button(ui, 'Fill in again').click();
    await expect(button(ui, 'Send START_SESSION')).toBeVisible();
    await expect(field(ui, 'Location')).toHaveValue(location?.id ?? '');
    await expectFitsAtDoubleSize(ui);
  });

  test('a charge goes from a location to its CDR: started there, stopped from its session, all of it seen in Traffic', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    const link = await sandboxPulled(client, 5);
    // The built-in partner is a workbench of its own: an hour there is 18 s here.
    const owner = ownerOf(besideFile(workbench.db));
    const partner = owner && (await connectLoopback(owner));
    if (partner === undefined) throw new Error('the built-in partner does not answer');
    await partner.client.life.set({ speed: 200 });
    const [location] = (await client.objects.lines({ module: 'locations', name: link })).lines;
    await visit(ui, `/locations/${link}/${location?.id}`);
    await ui
      .getByRole('link', { name: /^Start a session at/ })
      .first()
      .click();
    await button(ui, 'Send START_SESSION').click();
    await expect(ui.getByText(`START_SESSION to ${link}: ACCEPTED, then ACCEPTED`).first()).toBeVisible();

    await visit(ui, '/traffic');
    const rows = ui.getByRole('grid').getByRole('row');
    await expect(rows.filter({ hasText: 'session, put' })).toHaveCount(1);
    await expect(rows.filter({ hasText: 'session, patch' }).nth(1)).toBeVisible();
    await rows.filter({ hasText: 'session, patch' }).first().click();
    await ui.getByRole('link', { name: 'Stop the session' }).click();
    await expect(field(ui, 'Session')).not.toHaveValue('');
    await button(ui, 'Send STOP_SESSION').click();
    await expect(ui.getByText(`STOP_SESSION to ${link}: ACCEPTED, then ACCEPTED`).first()).toBeVisible();

    await visit(ui, '/traffic');
    await expect(rows.filter({ hasText: 'CDR, post' })).toHaveCount(1);
    const [session] = (await client.objects.list({ name: link, module: 'sessions' })).objects;
    const [cdr] = (await client.objects.list({ name: link, module: 'cdrs' })).objects;
    expect(session?.object).toMatchObject({ status: 'COMPLETED' });
    expect(cdr?.object).toMatchObject({ session_id: session?.id });
    partner.close();
  });

  test('a command whose result never comes is waited for with a countdown, which can be ended', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'], modules: [{ identifier: 'commands', role: 'RECEIVER' }] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const said = { data: { result: 'ACCEPTED', timeout: 120 }, status_code: 1000, timestamp: '2026-11-22T10:42:00Z' };
    const headers = [['Content-Type', 'application/json']] as const;
    partner.override('unknown', {
      do: 'answer',
      status: 200,
      headers,
      body: JSON.stringify(said),
    });
    await visit(ui, '/send?link=acme&form=command&command=STOP_SESSION&session=S1');
    await button(ui, 'Send STOP_SESSION').click();
    await expect(ui.getByRole('progressbar', { name: 'Time left for the result' })).toHaveAttribute(
      'aria-valuetext',
      /^1[12]\d s$/,
    );
    await button(ui, 'Stop waiting').click();
    await expect(ui.getByText('cancelled', { exact: true }).first()).toBeVisible();
    await expect(ui.getByRole('progressbar', { name: 'Time left for the result' })).toHaveCount(0);
  });

  test('any request is written with its findings as one types, seen as it will cross the wire, and sent as it is', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'], roles: ['EMSP'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await visit(ui, '/send?link=acme&form=request');
    await field(ui, 'Operation').click();
    await ui.keyboard.type('tariff, put');
    await ui.getByRole('option', { name: /^tariff, put/ }).click();
    await expect(editor(ui, 'Body')).toBeVisible();
    await expect(ui.getByText('Fits Tariff')).toBeVisible();
    const wire = ui.getByRole('region', { name: 'Request' });

    await write(ui, 'Body', '{"id": "T1", "currency": "EURO"}');
    await expect(ui.getByRole('region', { name: 'Findings' })).toContainText('country_code');
    await ui.getByRole('textbox', { name: 'tariff_id' }).fill('T 2');
    await expect(wire).toContainText('/T%202 HTTP/1.1');
    await expect(wire).toContainText('"EURO"');
    await expect(ui.getByRole('tab', { name: 'What will cross the wire1' })).toBeVisible();
    await expect(ui.getByText('id.mismatch')).toBeVisible();

    await ui.getByText('Parties, headers, another URL').click();
    await button(ui, 'Add a header').click();
    await ui.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Odd');
    await ui.getByRole('textbox', { name: 'Value of X-Odd' }).fill('on purpose');
    await expect(wire).toContainText('X-Odd: on purpose');
    // The token stands there as its placeholder.
    await expect(wire).toContainText('Authorization: Token {token:');
    await expectAccessible(ui);

    await button(ui, 'Send the PUT').click();
    await expect(ui.getByText(/exchange \d+ in Traffic/)).toBeVisible();
    const [received] = partner.received('unknown');
    expect(received && textOf(received)).toBe('{"id": "T1", "currency": "EURO"}');
    expect(received?.headers).toContainEqual(['X-Odd', 'on purpose']);

    await ui.getByRole('tab', { name: 'Sent before' }).click();
    await write(ui, 'Body', '{}');
    await ui.getByRole('list', { name: 'Sent before' }).getByRole('button').first().click();
    await expect(editor(ui, 'Body')).toContainText('{"id": "T1", "currency": "EURO"}');
    await expect(ui.getByRole('textbox', { name: 'tariff_id' })).toHaveValue('T 2');
    await expect(ui.getByRole('textbox', { name: 'Value of X-Odd' })).toHaveValue('on purpose');
    await expectFitsAtDoubleSize(ui);
  });

  test('a request that hangs is cancelled, by the button and by leaving', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], roles: ['EMSP'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    partner.override('unknown', [{ do: 'hang' }, { do: 'hang' }]);
    const newest = async () => (await client.exchanges.list({ link: 'acme', limit: 1 }))[0]?.ended;
    await visit(ui, '/send?link=acme&form=request&operation=tariffs.put');
    await button(ui, 'Send the PUT').click();
    await expect(ui.getByText('Sent; waiting for the answer')).toBeVisible();
    await expectAccessible(ui);
    await button(ui, 'Cancel').click();
    await expect(ui.getByRole('heading', { name: 'Cancelled' })).toBeVisible();
    await expect(button(ui, 'Cancel')).toHaveCount(0);
    await expect.poll(newest).toBe('cancelled');

    await button(ui, 'Send the PUT').click();
    await expect(ui.getByText('Sent; waiting for the answer')).toBeVisible();
    await partner.arrival('unknown', 2);
    expect(await newest()).toBe('open');
    await visit(ui, '/traffic');
    await expect.poll(newest).toBe('cancelled');
  });

  test('what would reach a production partner asks first; what cannot be sent says why', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'], roles: ['EMSP'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme', environment: 'production' });
    await registered(client, 'acme');
    await visit(ui, '/send?link=acme&form=authorize&token=0123&type=APP_USER');
    await expect(ui.getByText('PRODUCTION', { exact: true })).toBeVisible();
    await button(ui, 'Ask for the authorization').click();
    const dialog = ui.getByRole('dialog');
    await expect(dialog).toContainText('authorize reaches acme');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(partner.received('unknown')).toEqual([]);
    await button(ui, 'Ask for the authorization').click();
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await partner.arrival('unknown');
    expect(partner.received('unknown')[0]?.url).toContain('/0123/authorize?type=APP_USER');

    await visit(ui, '/send?link=acme&form=command&command=STOP_SESSION&session=S1');
    await expect(ui.getByText('acme announces no endpoint commands (RECEIVER)', { exact: false })).toBeVisible();
    await button(ui, 'Send STOP_SESSION').click();
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(ui.getByRole('alert')).toContainText('acme offers commands on its other side only');
  });

  test('who goes elsewhere while something begins is not taken back to it', async ({ page, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], roles: ['EMSP'] });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const late: (() => void)[] = [];
    let slow = false;
    await page.routeWebSocket(/\/contract$/, socket => {
      const core = socket.connectToServer();
      core.onMessage(message => {
        if (slow) late.push(() => socket.send(message));
        else socket.send(message);
      });
    });
    await page.goto(workbench.url);
    await visit(page, '/send?link=acme&form=authorize&token=0123&type=APP_USER');
    await expect(button(page, 'Ask for the authorization')).toBeVisible();
    slow = true;
    await button(page, 'Ask for the authorization').click();
    await partner.arrival('unknown');
    await visit(page, '/send?link=acme&form=command&command=STOP_SESSION&session=S1');
    await expect(button(page, 'Send STOP_SESSION')).toBeVisible();
    slow = false;
    for (const give of late.splice(0)) give();

    await button(page, 'Send STOP_SESSION').click();
    await expect(page.getByRole('alert')).toContainText('acme offers commands on its other side only');
    expect(page.url()).toContain('form=command');
  });
});

test.describe('decisions', () => {
  test('an authorize waits on every view until it is answered by hand', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], callTimeout: 20_000 });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const { uid } = await ownToken(client);

    // The policy is set where the partner is.
    await visit(ui, '/partners/link/acme?tab=answers');
    await ui.getByRole('combobox', { name: 'Answer to token, authorize' }).selectOption('ask me');
    const seconds = ui.getByRole('textbox', { name: 'Seconds to answer token, authorize' });
    await seconds.fill('25');
    await seconds.press('Enter');
    await expectAccessible(ui);
    await expect
      .poll(async () => (await client.links.get({ name: 'acme' })).settings.policies?.['tokens.authorize'])
      .toEqual({ answer: 'ask', seconds: 25, otherwise: 'reject' });

    const first = asks(partner, client, `sender/tokens/${uid}/authorize`, undefined);
    await visit(ui, '/traffic');
    const strip = ui.getByRole('region', { name: 'Waiting for your answer' });
    await expect(strip).toContainText(`acme asks whether token ${uid}`);
    await expect(strip.getByRole('progressbar', { name: 'Time left to answer' })).toHaveAttribute(
      'aria-valuetext',
      /^2\d s$/,
    );
    await expectAccessible(ui);
    // By keyboard alone.
    await ui.keyboard.press('F9');
    await expect(strip.getByRole('button', { name: 'Accept' })).toBeFocused();
    // What has just appeared is not meant by a key that was on its way.
    await expect(async () => {
      await ui.keyboard.press('Enter');
      await expect(strip).toHaveCount(0, { timeout: 300 });
    }).toPass();
    expect(await first).toMatchObject({ allowed: 'ALLOWED' });

    // With a result of one's own, where all of them stand.
    const second = asks(partner, client, `sender/tokens/${uid}/authorize`, undefined);
    await strip.getByRole('link', { name: 'More answers' }).click();
    await expect(strip).toHaveCount(0);
    const card = ui.getByRole('article');
    await card.getByRole('combobox', { name: 'Reject with' }).selectOption('BLOCKED');
    await expectAccessible(ui);
    await card.getByRole('button', { name: 'Reject' }).click();
    expect(await second).toMatchObject({ allowed: 'BLOCKED' });
    await expect(ui.getByRole('heading', { name: 'Nobody waits for an answer' })).toBeVisible();
  });

  test('a command is accepted with what shall follow, and what follows is posted', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const partner = await newPartner({ versions: ['2.2.1'], roles: ['EMSP'], callTimeout: 20_000 });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    await client.decisions.setPolicy({ name: 'acme', operation: 'commands', policy: { answer: 'ask', seconds: 60 } });
    await visit(ui, '/send?form=decisions');
    const response = `${partner.origin}/results/1`;
    const posted = partner.arrival('unknown');
    const answer = asks(partner, client, 'receiver/commands/STOP_SESSION', {
      response_url: response,
      session_id: 'S1',
    });
    const card = ui.getByRole('article');
    await expect(card).toContainText('S1');
    await card.getByLabel('and later').selectOption('FAILED');
    await card.getByRole('button', { name: 'Accept' }).click();
    expect(await answer).toMatchObject({ result: 'ACCEPTED' });
    expect(JSON.parse(textOf(await posted))).toMatchObject({ result: 'FAILED' });
  });

  test('a partner that hangs up is asked about no more', async ({ ui, workbench, newPartner }) => {
    const partner = await newPartner({ versions: ['2.2.1'], callTimeout: 1500 });
    const client = await workbench.client();
    await addLink(client, partner, { name: 'acme' });
    await registered(client, 'acme');
    const { uid } = await ownToken(client);
    await client.decisions.setPolicy({ name: 'acme', operation: 'tokens.authorize', policy: { answer: 'ask' } });
    const strip = ui.getByRole('region', { name: 'Waiting for your answer' });
    const gone = asks(partner, client, `sender/tokens/${uid}/authorize`, undefined);
    await expect(strip).toBeVisible();
    expect(await gone).toContain('timeout');
    await expect(strip).toHaveCount(0);
  });
});
