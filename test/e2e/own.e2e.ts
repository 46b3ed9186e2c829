import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { addLink, type Client, expectFitsAtDoubleSize, registered, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const table = (ui: Page, kind = 'Locations') => ui.getByRole('grid', { name: kind });
const row = (ui: Page, id: string, kind?: string) => table(ui, kind).getByRole('row').filter({ hasText: id });
const details = (ui: Page) => ui.getByRole('region', { name: 'Object', exact: true });
const editor = (ui: Page) => details(ui).getByRole('textbox', { name: /^(Object|New|Copy of)/ });
const findings = (ui: Page) => details(ui).getByRole('region', { name: 'Findings' });
const save = (ui: Page) => details(ui).getByRole('button', { name: 'Save' });

async function generated(client: Client, module: 'locations' | 'tokens' | 'tariffs', count: number): Promise<void> {
  await client.own.generate({ module, count, seed: '1' });
}

/** Puts the cursor behind the first occurrence of a text in the editor. */
async function cursorBehind(ui: Page, text: string): Promise<void> {
  await editor(ui).click();
  await ui.keyboard.press('Control+Home');
  await ui.keyboard.press('Control+f');
  await ui.getByRole('textbox', { name: 'Find' }).pressSequentially(text);
  await ui.keyboard.press('Enter');
  await ui.keyboard.press('Escape');
  await ui.keyboard.press('ArrowRight');
}

test.describe('our data', () => {
  test('an empty list says what it is for; made-up objects fill it, and each can be found by its id', async ({
    ui,
    workbench,
  }) => {
    await visit(ui, '/own');
    await expect(ui.getByRole('heading', { name: 'Locations: none of ours yet' })).toBeVisible();
    await ui.getByRole('button', { name: 'Generate' }).click();
    const dialog = ui.getByRole('dialog');
    await dialog.getByLabel('How many').fill('0');
    await expect(dialog.getByText('A whole number from 1 to 100000.')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Generate' })).toBeDisabled();
    await dialog.getByLabel('How many').fill('120');
    await dialog.getByRole('button', { name: 'Generate' }).click();
    await expect(dialog.getByRole('status')).toContainText('120 new, 0 changed, 0 unchanged.');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(ui.getByText('120 objects')).toBeVisible();
    await expect(row(ui, 'LOC-0000000')).toContainText('2.3.0');
    await ui.getByRole('textbox', { name: 'Id begins with' }).fill('loc-00001');
    await expect(ui.getByText('20 objects')).toBeVisible();
    await expect(ui).toHaveURL(/id=loc-00001/);
    await ui.getByRole('textbox', { name: 'Id begins with' }).fill('nothing');
    await expect(ui.getByRole('heading', { name: 'Nothing fits' })).toBeVisible();
    await ui.getByRole('button', { name: 'Show all' }).click();
    await expect(ui.getByText('120 objects')).toBeVisible();
    const { versionsUrl } = await (await workbench.client()).platform.get();
    expect(versionsUrl).not.toBeNull();
  });

  test('while one types, what is wrong stands at its line, and what may stand there is suggested', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await generated(client, 'locations', 5);
    await visit(ui, '/own');
    await row(ui, 'LOC-0000003').click();
    await expect(findings(ui)).toContainText('Fits Location of OCPI 2.3.0');
    const field = details(ui).getByRole('region', { name: 'The field at the cursor' });
    await cursorBehind(ui, '"time_zone');
    await expect(field).toContainText('string(255)');
    await expect(field).toContainText('required');
    await expect(field).toContainText('Name of the IANA database');

    // A new member, by its first letters; its value, by a letter.
    await cursorBehind(ui, '"publish": true,');
    await ui.keyboard.press('Enter');
    await ui.keyboard.type('"charging_w');
    await expect(ui.getByRole('listbox', { name: 'What may stand here' })).toContainText('charging_when_closed');
    await ui.keyboard.press('Enter');
    await expect(ui.getByRole('option', { name: 'true' })).toHaveAttribute('aria-selected', 'true');
    await ui.keyboard.press('ArrowDown');
    await ui.keyboard.press('Enter');
    await expect(editor(ui)).toContainText('"charging_when_closed": false,');
    await expect(findings(ui)).toContainText('Fits Location');

    // Broken in a value, then in its grammar; undone step by step.
    await cursorBehind(ui, '"country": "');
    await ui.keyboard.press('Delete');
    const line = ui.locator('.cm-line').filter({ hasText: '"country": ' });
    await expect(line).toContainText('three letters, as NLD');
    await expect(findings(ui)).toContainText('/country');
    await ui.keyboard.press('Control+z');
    await expect(findings(ui)).toContainText('Fits Location');
    await cursorBehind(ui, '"publish"');
    await ui.keyboard.press('Delete');
    await expect(findings(ui)).toContainText('1 error');
    await expect(ui.locator('.cm-line').filter({ hasText: '"publish"' })).toContainText('Error:');
    await ui.keyboard.press('Control+z');
    await expect(findings(ui)).toContainText('Fits Location');

    await save(ui).click();
    const stored = () => client.own.get({ module: 'locations', id: 'LOC-0000003' });
    await expect.poll(async () => (await stored()).object).toMatchObject({ charging_when_closed: false });
    await expect(save(ui)).toBeDisabled();
    const kept = await stored();
    expect(Date.now() - Date.parse(kept.lastUpdated)).toBeLessThan(60_000);
  });

  test('a new object begins with everything that is required; one with errors is stored only if that is meant', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await visit(ui, '/own?kind=tokens');
    await ui.getByRole('button', { name: 'New', exact: true }).first().click();
    await expect(editor(ui)).toContainText('"contract_id"');
    await expect(save(ui)).toBeDisabled();
    await expect(details(ui)).toContainText('It needs its uid first.');
    await details(ui).getByLabel('Written in').selectOption('OCPI 2.1.1');
    await expect(editor(ui)).toContainText('"auth_id"');
    await details(ui).getByLabel('Written in').selectOption('OCPI 2.2.1');
    await cursorBehind(ui, '"uid": "');
    await ui.keyboard.type('04AABBCC');
    await cursorBehind(ui, '"valid": ');
    await ui.keyboard.press('Control+Delete');
    await ui.keyboard.type('"maybe"');
    await expect(findings(ui)).toContainText('/valid');
    await save(ui).click();
    const dialog = ui.getByRole('dialog', { name: '04AABBCC has errors' });
    await expect(dialog).toContainText('/valid');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await client.own.list({ module: 'tokens' })).total).toBe(0);
    await save(ui).click();
    await dialog.getByRole('button', { name: 'Store it with its errors' }).click();
    await expect(row(ui, '04AABBCC', 'Tokens')).toBeVisible();
    await expect(ui).toHaveURL(/sel=NL-WBX%2FRFID%2F04AABBCC/);

    await details(ui).getByRole('button', { name: 'Duplicate' }).click();
    await expect(editor(ui)).toContainText('"04AABBCC-2"');
    await save(ui).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Store it with its errors' }).click();
    await expect(row(ui, '04AABBCC-2', 'Tokens')).toBeVisible();
    await details(ui).getByRole('button', { name: 'Delete' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row(ui, '04AABBCC-2', 'Tokens')).toHaveCount(0);
    expect((await client.own.list({ module: 'tokens' })).objects.map(({ id }) => id)).toEqual(['04AABBCC']);
  });

  test('what was typed is not left behind unasked, and what changed meanwhile is told', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await generated(client, 'locations', 3);
    await visit(ui, '/own');
    await row(ui, 'LOC-0000001').click();
    await cursorBehind(ui, '"city": "');
    await ui.keyboard.type('New ');
    await row(ui, 'LOC-0000002').click();
    const leaving = ui.getByRole('dialog', { name: 'Leave without saving?' });
    await leaving.getByRole('button', { name: 'Cancel' }).click();
    await expect(editor(ui)).toContainText('"city": "New ');
    const { object } = await client.own.get({ module: 'locations', id: 'LOC-0000001' });
    const text = JSON.stringify({ ...(object as object), name: 'Renamed elsewhere' });
    await client.own.set({ module: 'locations', id: 'LOC-0000001', text });
    await expect(details(ui).getByRole('status')).toContainText('changed meanwhile');
    await details(ui).getByRole('button', { name: 'Show the new one' }).click();
    await expect(editor(ui)).toContainText('Renamed elsewhere');
    await expect(editor(ui)).not.toContainText('"city": "New ');
    await cursorBehind(ui, '"city": "');
    await ui.keyboard.type('Again ');
    await ui.getByRole('link', { name: 'Traffic' }).first().click();
    await leaving.getByRole('button', { name: 'Leave' }).click();
    await expect(ui).toHaveURL(/#\/traffic/);
  });

  test('a document is taken in as it came; what is wrong with it is told, and nothing is stored', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await generated(client, 'tariffs', 1);
    const [tariff] = (await client.own.list({ module: 'tariffs' })).objects;
    const copy = { ...(tariff?.object as object), id: 'T-NEW' };
    await visit(ui, '/own?kind=tariffs');
    await ui.getByRole('button', { name: 'Fill', exact: true }).click();
    await ui.getByRole('menuitem', { name: 'Import' }).click();
    const dialog = ui.getByRole('dialog');
    await dialog.getByLabel('Or paste it here').fill('[{"id":"T1"}');
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(dialog.getByRole('alert')).toContainText('it is not JSON');
    await dialog.getByLabel('Or paste it here').fill(JSON.stringify([copy, { id: 'T1' }]));
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(dialog.getByRole('status')).toContainText('nothing was stored');
    await expect(dialog.getByRole('status')).toContainText('/1/elements');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'tariffs.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ status_code: 1000, timestamp: '2026-03-01T10:00:00Z', data: [copy] })),
    });
    await expect(dialog).toContainText('tariffs.json');
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(dialog.getByRole('status')).toContainText('1 new, 0 changed, 0 unchanged.');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(row(ui, 'T-NEW', 'Tariffs')).toBeVisible();
  });

  test('objects are pushed to a partner: what failed is listed with its exchange, and sent again', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const modules = ['SENDER', 'RECEIVER'].map(role => ({ identifier: 'locations', role: role as 'SENDER' }));
    const partner = await newPartner({ versions: ['2.2.1'], modules, roles: ['CPO', 'EMSP'] });
    const path = (id: string) => `PUT /ocpi/2.2.1/receiver/locations/NL/WBX/${id}`;
    for (const id of ['LOC-0000001', 'LOC-0000003']) partner.override(path(id), [GOOD, GOOD, GOOD]);
    partner.override(path('LOC-0000002'), [REFUSED, GOOD]);
    await addLink(client, partner, { name: 'Volta' });
    await registered(client, 'Volta');
    await generated(client, 'locations', 6);
    await visit(ui, '/own');
    await row(ui, 'LOC-0000001').click();
    await row(ui, 'LOC-0000003').click({ modifiers: ['Shift'] });
    await expect(ui.getByText('3 selected')).toBeVisible();
    await ui.getByRole('button', { name: 'Push 3…' }).click();
    const dialog = ui.getByRole('dialog');
    await expect(dialog.getByRole('radio', { name: /Volta/ })).toBeChecked();
    await dialog.getByRole('button', { name: 'Push', exact: true }).click();
    const pushes = ui.getByRole('list', { name: 'Pushes' });
    await expect(pushes).toContainText('Locations → Volta');
    await expect(pushes).toContainText('2 taken');
    const failed = pushes.getByRole('list', { name: 'What failed' });
    await expect(failed).toContainText('LOC-0000002');
    await expect(failed).toContainText('2001');
    await expect(failed.getByRole('link', { name: /^Exchange \d+$/ })).toHaveAttribute('href', /traffic\?exchange=\d+/);
    await pushes.getByRole('button', { name: 'Send them again' }).click();
    await expect(pushes).toContainText('1 taken');
    await expect(pushes).toContainText('done');

    // What the partner does not have cannot be patched; whole it can be sent.
    partner.override('PATCH /ocpi/2.2.1/receiver/locations/NL/WBX/LOC-0000001', [UNKNOWN]);
    await row(ui, 'LOC-0000001').click();
    await details(ui).getByRole('button', { name: 'Push to…' }).click();
    await dialog.getByLabel('Method').selectOption('PATCH');
    await dialog.getByRole('button', { name: 'Push', exact: true }).click();
    await expect(failed).toContainText('PATCH');
    await pushes.getByRole('button', { name: 'PUT them whole' }).click();
    await expect(failed).toHaveCount(0);
    await expect(pushes.getByText('done')).toHaveCount(2);

    // To production only where the name was typed.
    await client.links.set({ name: 'Volta', environment: 'production', confirmed: true });
    await row(ui, 'LOC-0000001').click();
    await details(ui).getByRole('button', { name: 'Push to…' }).click();
    await expect(dialog).toContainText('PRODUCTION');
    await expect(dialog.getByRole('button', { name: 'Push', exact: true })).toBeDisabled();
    await dialog.getByRole('radio', { name: /Volta/ }).check();
    await dialog.getByRole('button', { name: 'Push', exact: true }).click();
    const asked = ui.getByRole('dialog', { name: 'Push to production?' });
    await asked.getByLabel('Type Volta to go on').fill('Volta');
    await asked.getByRole('button', { name: 'Push' }).click();
    await expect(pushes.getByRole('listitem').filter({ hasText: 'PRODUCTION' }).last()).toContainText('1 taken');
  });

  test('booking locations, which stand beside the bookings, are pushed by their ids', async ({
    ui,
    workbench,
    newPartner,
  }) => {
    const client = await workbench.client();
    const modules = [{ identifier: 'bookings', role: 'RECEIVER' as const }];
    const partner = await newPartner({ versions: ['2.3.0'], modules, roles: ['EMSP'] });
    partner.override('PUT /ocpi/2.3.0/receiver/bookings/NL/WBX/booking_locations/BL1', [GOOD]);
    await addLink(client, partner, { name: 'Volta' });
    await registered(client, 'Volta');
    const { body } = await client.sending.example({ name: 'Volta', operation: 'bookings.put-location' });
    const text = JSON.stringify({ ...JSON.parse(body ?? ''), id: 'BL1' });
    expect((await client.own.import({ module: 'bookings', list: 'booking_locations', text })).ok).toBe(true);
    await visit(ui, '/own?kind=booking_locations');
    await row(ui, 'BL1', 'Bookable locations').click();
    await details(ui).getByRole('button', { name: 'Push to…' }).click();
    await ui.getByRole('dialog').getByRole('button', { name: 'Push', exact: true }).click();
    await expect(ui.getByRole('list', { name: 'Pushes' })).toContainText('1 taken');
  });

  test('axe finds nothing on the list, the editor and the dialogs; it fits at 200 %', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await generated(client, 'locations', 30);
    await visit(ui, '/own');
    await row(ui, 'LOC-0000003').click();
    await expect(editor(ui)).toBeVisible();
    await cursorBehind(ui, '"country": "');
    await ui.keyboard.press('Delete');
    await expect(findings(ui)).toContainText('/country');
    await expectAccessible(ui, 'any');
    await ui.keyboard.press('Control+z');
    await ui.getByRole('button', { name: 'Simulation' }).click();
    await ui.getByRole('button', { name: 'Fill', exact: true }).click();
    await ui.getByRole('menuitem', { name: 'Import' }).click();
    await expect(ui.getByRole('dialog')).toBeVisible();
    await expectAccessible(ui, 'any');
    await ui.keyboard.press('Escape');
    await ui.getByRole('button', { name: 'Simulation' }).click();
    await ui.getByRole('button', { name: 'Push all…' }).click();
    await expect(ui.getByRole('dialog')).toBeVisible();
    await ui.keyboard.press('Escape');
    await expectFitsAtDoubleSize(ui);
  });
});

const HEADERS: [string, string][] = [['Content-Type', 'application/json']];
const GOOD = {
  do: 'answer',
  status: 200,
  headers: HEADERS,
  body: '{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z"}',
} as const;
const UNKNOWN = {
  do: 'answer',
  status: 404,
  headers: HEADERS,
  body: '{"status_code":2003,"status_message":"no such location","timestamp":"2026-01-01T00:00:00Z"}',
} as const;
const REFUSED = {
  do: 'answer',
  status: 200,
  headers: HEADERS,
  body: '{"status_code":2001,"status_message":"no such country","timestamp":"2026-01-01T00:00:00Z"}',
} as const;
