import { describe, expect, it } from 'vitest';
import { fixture } from '../ocpi/fixtures.ts';
import { failureOf, openPlatform, sharedPlatform } from '../support/platform.ts';
import { inRoles, type Json, meet, theirsOf } from '../support/registered-partner.ts';

const ours = sharedPlatform({ parties: inRoles('WBX', ['CPO', 'EMSP', 'PTP', 'HUB']) });
const theirs = sharedPlatform({ parties: inRoles('ABC', ['CPO', 'EMSP']) });
const met = async () => meet(await ours(), await theirs());

const LATER = '2099-01-01T00:00:00Z';
const RECEIVER = '/ocpi/2.3.0/receiver';

let ids = 0;
const newId = (kind: string) => `${kind}-${++ids}`;

describe('what is posted to us', () => {
  const POSTED = [
    {
      path: 'invoicereconciliation',
      type: 'InvoiceReconciliationRecord',
      id: 'id',
      change: { invoice_id: 'F-2' },
      told: true,
    },
    { path: 'payments/terminals', type: 'Terminal', id: 'terminal_id', change: { city: 'Lund' }, told: false },
    {
      path: 'payments/financial-advice-confirmations',
      type: 'FinancialAdviceConfirmation',
      id: 'id',
      change: { eft_data: ['Other'] },
      told: true,
    },
  ] as const;

  it.each(POSTED)('at $path is kept once, told again alike, and changed with a revision', async one => {
    const { us, name, send, found } = await met();
    const { path, type, id: member, change, told } = one;
    const id = newId('P');
    const object = theirsOf('2.3.0', type, { [member]: id });
    const post = (changes: Json = {}) => send('POST', `${RECEIVER}/${path}`, { ...object, ...changes });
    const at = path === 'invoicereconciliation' ? `${path}/NL/ABC/${id}` : `${path}/${id}`;
    expect((await post()).codes).toEqual([201, 1000]);
    expect((await send('GET', `${RECEIVER}/${at.toLowerCase().replace('/nl/abc/', '/NL/ABC/')}`)).json.data).toEqual(
      object,
    );
    expect((await post()).codes).toEqual([200, 1000]);
    expect(await found()).toContain('posted.again');
    expect((await post(change)).codes).toEqual([200, 1000]);
    expect((await found()).includes('posted.changed')).toBe(told);
    const module = path.split('/')[0] === 'payments' ? 'payments' : 'invoicereconciliation';
    expect(await us.client.objects.get({ name, module, id })).toMatchObject({ revision: 2, object: change });
    expect((await post({ [member]: ' ' })).codes).toEqual([200, 2001]);
  });

  it('under one id is a terminal and a confirmation, and neither is the other', async () => {
    const { send } = await met();
    const id = newId('SAME');
    const terminal = theirsOf('2.3.0', 'Terminal', { terminal_id: id });
    const confirmation = theirsOf('2.3.0', 'FinancialAdviceConfirmation', { id });
    await send('POST', `${RECEIVER}/payments/terminals`, terminal);
    expect((await send('GET', `${RECEIVER}/payments/financial-advice-confirmations/${id}`)).codes).toEqual([404, 2001]);
    await send('POST', `${RECEIVER}/payments/financial-advice-confirmations`, confirmation);
    expect((await send('GET', `${RECEIVER}/payments/terminals/${id}`)).json.data).toEqual(terminal);
    expect((await send('GET', `${RECEIVER}/payments/financial-advice-confirmations/${id}`)).json.data).toEqual(
      confirmation,
    );
  });
});

describe('a calendar', () => {
  it('stands in its booking location: put, patched, read alone, and it moves last_updated of the whole', async () => {
    const { send } = await met();
    const id = newId('BL');
    const path = `${RECEIVER}/bookings/NL/ABC/booking_locations/${id}`;
    const calendar = fixture('2.3.0', 'Calendar');
    expect((await send('PUT', `${path}/K-2`, { ...calendar, id: 'K-2' })).codes).toEqual([404, 2001]);
    await send('PUT', path, theirsOf('2.3.0', 'BookingLocation', { id, calendars: [calendar] }));
    expect((await send('PUT', `${path}/K-2`, { ...calendar, id: 'K-2', last_updated: LATER })).codes).toEqual([
      201, 1000,
    ]);
    expect((await send('PATCH', `${path}/k-1`, { timeslot_increment: 5, last_updated: LATER })).codes).toEqual([
      200, 1000,
    ]);
    expect((await send('GET', `${path}/K-1`)).json.data).toEqual({
      ...calendar,
      timeslot_increment: 5,
      last_updated: LATER,
    });
    const whole = (await send('GET', path)).json.data as Json;
    expect([whole['last_updated'], (whole['calendars'] as Json[]).map(one => one['id'])]).toEqual([
      LATER,
      ['K-1', 'K-2'],
    ]);
    expect((await send('GET', `${path}/K-9`)).codes).toEqual([404, 2001]);
  });

  it('under the id of a booking is not that booking', async () => {
    const { send } = await met();
    const id = newId('SAME');
    await send('PUT', `${RECEIVER}/bookings/NL/ABC/${id}`, theirsOf('2.3.0', 'Booking', { id }));
    expect((await send('GET', `${RECEIVER}/bookings/NL/ABC/booking_locations/${id}`)).codes).toEqual([404, 2001]);
    const patch = { reservation_status: 'FULFILLED', last_updated: LATER };
    expect((await send('PATCH', `${RECEIVER}/bookings/NL/ABC/${id}`, patch)).codes).toEqual([200, 1000]);
    expect((await send('GET', `${RECEIVER}/bookings/NL/ABC/${id}`)).json.data).toMatchObject(patch);
  });
});

describe.each(['2.2.1', '2.3.0'] as const)('what a hub tells of others in %s', version => {
  it('is about parties that are not its own, and carries no routing headers', async () => {
    const { us, name, send } = await met();
    const path = `/ocpi/${version}/receiver/hubclientinfo/DE/XYZ`;
    const info = { ...fixture(version, 'ClientInfo'), country_code: 'DE', party_id: 'XYZ', role: 'CPO' };
    const put = await send('PUT', path, info);
    expect([...put.codes, put.header('OCPI-from-party-id')]).toEqual([201, 1000, undefined]);
    expect((await send('PUT', path, { ...info, status: 'SUSPENDED', last_updated: LATER })).codes).toEqual([200, 1000]);
    expect((await send('GET', path.toLowerCase())).json.data).toMatchObject({ status: 'SUSPENDED' });
    expect((await send('PUT', path, { ...info, role: 'EMSP' })).codes).toEqual([201, 1000]);
    expect((await send('PUT', path, { ...info, party_id: 'ABC' })).codes).toEqual([200, 2001]);
    const { objects } = await us.client.objects.list({ name, module: 'hubclientinfo' });
    expect(objects.map(({ object }) => (object as Json)['role']).sort()).toEqual(['CPO', 'EMSP']);
  });
});

describe('our own data of these modules', () => {
  it('is written, listed, copied from a partner, and removed by list and id', async () => {
    const us = await ours();
    const partner = await theirs();
    const { own } = us.client;
    const info = (role: string) => ({ ...fixture('2.2.1', 'ClientInfo'), country_code: 'DE', party_id: 'HUX', role });
    const text = JSON.stringify([info('CPO'), info('EMSP')]);
    expect(await own.import({ module: 'hubclientinfo', text, version: '2.2.1' })).toMatchObject({ ok: true, added: 2 });
    const { objects } = await own.list({ module: 'hubclientinfo' });
    expect(objects).toMatchObject([{ id: 'DE-HUX', party: 'NL-WBX' }, { id: 'DE-HUX' }]);
    expect(await own.remove({ module: 'hubclientinfo', id: 'de-hux', type: 'cpo' })).toEqual({ removed: 1 });
    const { name, send } = await met();
    expect((await send('GET', '/ocpi/2.3.0/sender/hubclientinfo')).json.data).toMatchObject([info('EMSP')]);

    const record = fixture('2.3.0', 'InvoiceReconciliationRecord');
    const written = await own.import({
      module: 'invoicereconciliation',
      text: JSON.stringify(record),
      party: 'NL-WBX',
    });
    expect(written).toMatchObject({ ok: true, version: '2.3.0', added: 1 });
    const pulled = await partner.client.pulls.start({ name, module: 'invoicereconciliation' });
    for await (const run of await partner.client.runs.watch({ runId: pulled.runId }))
      if (run.state !== 'running') break;
    const copied = await partner.client.own.copy({ module: 'invoicereconciliation', link: name });
    expect(copied).toMatchObject({ ok: true, added: 1 });
  });

  it('keeps the lists of a module apart', async () => {
    const { own } = (await ours()).client;
    const id = newId('TWO');
    const booking = JSON.stringify({ ...fixture('2.3.0', 'Booking'), id });
    const place = JSON.stringify({ ...fixture('2.3.0', 'BookingLocation'), id });
    const party = 'NL-WBX';
    const list = 'booking_locations';
    await own.import({ module: 'bookings', text: booking, party });
    expect(await own.set({ module: 'bookings', list, id, text: place, party })).toMatchObject({ added: 1, list });
    expect(await own.get({ module: 'bookings', id })).toMatchObject({ object: { reservation_status: 'CANCELED' } });
    expect(await own.get({ module: 'bookings', list, id })).toMatchObject({
      list,
      object: { location_id: 'kungsgatan-9' },
    });
    expect((await own.list({ module: 'bookings', list, begins: id })).objects).toHaveLength(1);
    expect(await own.remove({ module: 'bookings', list, id })).toEqual({ removed: 1 });
    expect(await own.get({ module: 'bookings', id })).toMatchObject({ id });
  });

  it('is refused where nobody owns it, no such list is, the version lacks it, or nothing makes it', async () => {
    const us = await openPlatform({ parties: inRoles('CPO', ['CPO']), serve: false });
    const { own } = us.client;
    expect(await failureOf(own.list({ module: 'payments' }))).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('none of our parties is PTP'),
      advice: 'wb serve --roles PTP makes one.',
    });
    expect(await failureOf(own.list({ module: 'bookings', list: 'terminals' }))).toMatchObject({
      message: 'bookings has no list terminals',
      advice: 'Any of booking_locations.',
    });
    const text = JSON.stringify(fixture('2.3.0', 'Booking'));
    expect(await failureOf(own.import({ module: 'bookings', text, version: '2.2.1' }))).toMatchObject({
      message: 'OCPI 2.2.1 has no module bookings',
    });
    expect(await failureOf(own.generate({ module: 'bookings' }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await failureOf(own.import({ module: 'bookings', text: '{}' }))).toMatchObject({
      message: 'an object has no id to keep it under',
    });
  });
});

describe('credentials of ours', () => {
  it('name no role that the version lacks: a hub of 2.3.0 is told apart, a terminal provider is OTHER (T30b)', async () => {
    const { send } = await met();
    const roles = async (version: string) => {
      const { data } = (await send('GET', `/ocpi/${version}/credentials`)).json;
      const { roles: all, hub_party_id: hub } = data as { roles: { role: string }[]; hub_party_id?: string };
      return [all.map(({ role }) => role), hub];
    };
    expect(await roles('2.2.1')).toEqual([['CPO', 'EMSP', 'OTHER', 'HUB'], undefined]);
    expect(await roles('2.3.0')).toEqual([['CPO', 'EMSP', 'OTHER', 'OTHER'], 'NLWBX']);
  });
});
