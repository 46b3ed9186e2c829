import { describe, expect, it } from 'vitest';
import { fixture } from '../ocpi/fixtures.ts';
import { sharedPlatform, type TestPlatform } from '../support/platform.ts';
import { inRoles, type Json, meet } from '../support/registered-partner.ts';

const ours = sharedPlatform({ parties: inRoles('WBX', ['CPO', 'EMSP', 'PTP', 'HUB']) });
const theirs = sharedPlatform({ parties: inRoles('ABC', ['CPO', 'EMSP']) });
const met = async () => meet(await ours(), await theirs());

const LATER = '2099-01-01T00:00:00Z';
const SENDER = '/ocpi/2.3.0/sender';

let ids = 0;
const newId = (kind: string) => `${kind}-${++ids}`;

describe('terminals of ours as a payment terminal provider', () => {
  const path = (id: string) => `${SENDER}/payments/terminals/${id}`;
  const stored = async (us: TestPlatform, changes: Json = {}) => {
    const id = newId('T');
    // Rented to nobody yet.
    const { party_id: _, country_code: __, ...terminal } = fixture('2.3.0', 'Terminal');
    const text = JSON.stringify({ ...terminal, terminal_id: id, ...changes });
    await us.client.own.import({ module: 'payments', list: 'terminals', text });
    return id;
  };

  it('are assigned by PATCH and PUT, and stand in the list with what was said', async () => {
    const { us, send, found } = await met();
    const id = await stored(us, { location_ids: [], evse_uids: [] });
    expect(
      (await send('PATCH', path(id), { location_ids: ['L1'], party_id: 'ABC', country_code: 'NL' })).codes,
    ).toEqual([200, 1000]);
    expect(await found()).toContain('patch.last-updated-missing');
    const patched = (await send('GET', path(id.toLowerCase()))).json.data as Json;
    expect(patched).toMatchObject({ terminal_id: id, location_ids: ['L1'], party_id: 'ABC' });
    expect(Date.parse(String(patched['last_updated']))).toBeGreaterThan(Date.now() - 60_000);
    const { terminal_id: _, ...whole } = fixture('2.3.0', 'Terminal');
    const put = { ...whole, country_code: 'NL', party_id: 'ABC', evse_uids: ['E9'], last_updated: LATER };
    expect((await send('PUT', path(id), put)).codes).toEqual([200, 1000]);
    expect((await send('GET', path(id))).json.data).toEqual({ ...put, terminal_id: id });
    const { json } = await send('GET', `${SENDER}/payments/terminals?date_from=2098-01-01T00:00:00Z`);
    expect((json.data as Json[]).map(one => one['terminal_id'])).toContain(id);
  });

  it('of another CPO are none of this one’s business, and unknown ones not there', async () => {
    const { us, send } = await met();
    const id = await stored(us, { country_code: 'DE', party_id: 'XYZ' });
    expect((await send('PATCH', path(id), { location_ids: [], last_updated: LATER })).codes).toEqual([404, 2001]);
    expect((await send('PATCH', path('NONE'), { location_ids: [], last_updated: LATER })).codes).toEqual([404, 2001]);
    expect((await send('POST', `${path('NONE')}/deactivate`)).codes).toEqual([404, 2001]);
    const other = { ...fixture('2.3.0', 'Terminal'), country_code: 'NL', party_id: 'ABC', terminal_id: 'OTHER' };
    expect((await send('PUT', path(await stored(us)), other)).codes).toEqual([200, 2001]);
  });

  it('are activated by what the CPO knows, and then posted to it', async () => {
    const { us, name, send } = await met();
    const id = await stored(us, { reference: 'SN-1', location_ids: [] });
    const activate = (body: Json) => send('POST', `${path('activate')}`, body);
    expect((await activate({ reference: 'sn-1', location_ids: ['L1'] })).codes).toEqual([200, 1000]);
    expect((await send('GET', path(id))).json.data).toMatchObject({ reference: 'sn-1', location_ids: ['L1'] });
    expect((await activate({ reference: newId('SN'), city: 'Köln' })).codes).toEqual([201, 1000]);
    const named = newId('T');
    expect((await activate({ terminal_id: named })).codes).toEqual([201, 1000]);
    expect((await activate({ terminal_id: named })).codes).toEqual([200, 1000]);
    expect((await send('GET', path(named))).json.data).toMatchObject({ terminal_id: named });
    const partner = await theirs();
    const posted = async () => {
      const { objects } = await partner.client.objects.list({ name, module: 'payments' });
      return objects.map(({ object }) => object as Json);
    };
    await expect.poll(async () => (await posted()).length, { timeout: 5000 }).toBe(3);
    const terminals = await posted();
    expect(terminals).toContainEqual(expect.objectContaining({ terminal_id: id, location_ids: ['L1'] }));
    expect(terminals).toContainEqual(expect.objectContaining({ city: 'Köln', terminal_id: expect.any(String) }));
    expect((await us.client.exchanges.list({ link: name, direction: 'out', limit: 1 }))[0]).toMatchObject({
      operation: 'payments.post-terminal',
      ocpiStatus: 1000,
    });
  });

  it('are deactivated by standing nowhere', async () => {
    const { us, send } = await met();
    const id = await stored(us, { location_ids: ['L1'] });
    expect((await send('POST', `${path(id)}/deactivate`)).codes).toEqual([200, 1000]);
    const terminal = (await send('GET', path(id))).json.data as Json;
    expect([terminal['terminal_id'], 'location_ids' in terminal, 'evse_uids' in terminal]).toEqual([id, false, false]);
  });

  it('stay as they are where the policy says no', async () => {
    const { us, name, send } = await met();
    const id = await stored(us, { location_ids: ['L1'] });
    const policy = { answer: 'reject', result: '2000' } as const;
    await us.client.decisions.setPolicy({ name, operation: 'payments.patch-terminal', policy });
    expect((await send('PATCH', path(id), { location_ids: ['L2'], last_updated: LATER })).codes).toEqual([200, 2000]);
    expect((await send('GET', path(id))).json.data).toMatchObject({ location_ids: ['L1'] });
  });
});
