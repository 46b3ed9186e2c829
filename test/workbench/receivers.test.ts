import { describe, expect, it } from 'vitest';
import type { OwnParty } from '../../core/contract/platform.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { newName, register, sharedPlatform } from '../support/platform.ts';
import { ask, connectRaw, request } from '../support/raw-client.ts';

type Json = Record<string, unknown>;

const both = (partyId: string): OwnParty[] =>
  (['EMSP', 'CPO'] as const).map(role => ({ countryCode: 'NL', partyId, role, name: partyId }));
const ours = sharedPlatform({ parties: both('WBX') });
const theirs = sharedPlatform({ parties: both('ABC') });

const LATER = '2099-01-01T00:00:00Z';
const FROM_22 = VERSIONS.filter(version => version !== '2.1.1');

/** A partner that is registered with us as NL-ABC, and calls us with literal bytes. */
async function met() {
  const [us, partner] = [await ours(), await theirs()];
  const name = newName();
  const { token, versionsUrl } = await us.client.links.invite({ name });
  await partner.client.links.add({ name, versionsUrl, token });
  expect((await register(partner, { name })).state).toBe('done');
  const { tokens } = await partner.client.links.get({ name });
  const active = tokens.findLast(({ direction, state }) => direction === 'outgoing' && state === 'active');
  const revealed = await partner.client.links.reveal({ name, tokenId: active?.id ?? '' });
  const headers = [`Authorization: Token ${Buffer.from(revealed.token).toString('base64')}`];
  const port = Number(new URL(us.versionsUrl).port);
  const bytes = (method: string, path: string, body?: unknown) => {
    const typed = body === undefined ? headers : [...headers, 'Content-Type: application/json'];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return request(`${method} ${path}`, typed, body === undefined ? '' : text);
  };
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await ask({ port }, bytes(method, path, body));
    const json = JSON.parse(answer.body) as { data?: Json; status_code: number; status_message: string };
    return { ...answer, json, codes: [answer.status, json.status_code] };
  };
  /** Findings of the newest exchange with them. */
  const found = async () => {
    const [newest] = await us.client.exchanges.list({ link: name, direction: 'in', limit: 1 });
    return newest?.findings.map(({ code }) => code) ?? [];
  };
  return { us, name, port, bytes, send, found };
}

const at = (version: Version, module: string, ...rest: readonly string[]) =>
  `/ocpi/${version}/receiver/${module}/${['NL', 'ABC', ...rest].join('/')}`;

/** A fixture as NL-ABC would send it. */
function theirsOf(version: Version, type: string, changes: Json = {}): Json {
  const owner = version === '2.1.1' ? {} : { country_code: 'NL', party_id: 'ABC' };
  return { ...fixture(version, type), ...owner, ...changes };
}

const OBJECTS = [
  { module: 'locations', type: 'Location', id: 'id', unknown: 2003, patch: { name: 'New' } },
  { module: 'sessions', type: 'Session', id: 'id', unknown: 2001, patch: { kwh: 12.5 } },
  { module: 'tariffs', type: 'Tariff', id: 'id', unknown: 2001, patch: { currency: 'SEK' } },
  { module: 'tokens', type: 'Token', id: 'uid', unknown: 2004, patch: { valid: false } },
] as const;
const CASES = VERSIONS.flatMap(version => OBJECTS.map(of => ({ ...of, version })));

describe.each(CASES)('$module pushed in $version', ({ version, module, type, id, unknown, patch }) => {
  const patched = module !== 'tariffs' || version === '2.1.1';
  const object = (name: string) =>
    theirsOf(version, type, { [id]: name, ...(module === 'tokens' && { type: 'RFID' }) });

  it('are put, read back as they were sent, put again and patched', async () => {
    const { us, name, send, found } = await met();
    const path = at(version, module, 'X1');
    const text = `  ${JSON.stringify(object('X1')).replace('{', '{ "extra" : 1.00 , ')}`;
    expect((await send('PUT', path, text)).codes).toEqual([201, 1000]);
    expect((await send('GET', path)).body).toContain(`"data":${text.trim()},`);
    expect((await send('PUT', path, object('X1'))).codes).toEqual([200, 1000]);
    const changed = await send('PATCH', path, { ...patch, last_updated: LATER });
    expect(changed.codes).toEqual(patched ? [200, 1000] : [405, 2000]);
    expect(await found()).not.toContain('patch.last-updated-missing');
    const { json } = await send('GET', at(version, module, 'x1'));
    expect(json.data).toEqual({ ...object('X1'), ...(patched && { ...patch, last_updated: LATER }) });
    const kept = await us.client.objects.get({ name, module, id: 'X1' });
    expect(kept.object).toEqual(json.data);
    expect(kept.revision).toBe(patched ? 3 : 2);
  });

  it('of an unknown id are answered with 404 and the code for it', async () => {
    const { send } = await met();
    const code = module === 'tokens' && version === '2.1.1' ? 2001 : unknown;
    expect((await send('GET', at(version, module, 'NONE'))).codes).toEqual([404, code]);
    if (patched) {
      expect((await send('PATCH', at(version, module, 'NONE'), { ...patch, last_updated: LATER })).codes).toEqual([
        404,
        code,
      ]);
    }
  });

  it('of a party that was not announced are answered with 404, and not kept', async () => {
    const { us, name, send, found } = await met();
    const path = at(version, module, 'X1').replace('ABC', 'XYZ');
    expect(
      (await send('PUT', path, { ...object('X1'), ...(version !== '2.1.1' && { party_id: 'XYZ' }) })).codes,
    ).toEqual([404, 2001]);
    expect(await found()).toContain('party.not-announced');
    expect(await us.client.objects.list({ name, module })).toMatchObject({ objects: [] });
  });

  it('that say another id or party than the URL are answered with 2001', async () => {
    const { send, found } = await met();
    expect((await send('PUT', at(version, module, 'X1'), object('X2'))).codes).toEqual([200, 2001]);
    expect(await found()).toContain('id.mismatch');
    if (version === '2.1.1') return;
    expect((await send('PUT', at(version, module, 'X1'), { ...object('X1'), party_id: 'XYZ' })).codes).toEqual([
      200, 2001,
    ]);
    expect(await found()).toContain('party.mismatch');
    expect((await send('GET', at(version, module, 'X1'))).status).toBe(404);
  });

  it('that cannot be used are answered with 2001, those that are not JSON with 400', async () => {
    const { send } = await met();
    const path = at(version, module, 'X1');
    const { last_updated: _, ...rest } = object('X1');
    expect((await send('PUT', path, '{"id":')).codes).toEqual([400, 2001]);
    expect((await send('PUT', path, '[]')).codes).toEqual([200, 2001]);
    const { json } = await send('PUT', path, { [id]: 'X1' });
    expect([json.status_code, json.status_message]).toEqual([2001, expect.stringMatching(/^\/.+; expected/)]);
    // Left out of samples of the specification (T20a).
    if (module === 'tariffs') expect((await send('PUT', path, rest)).codes).toEqual([201, 1000]);
  });
});

describe.each(CASES.filter(({ version, module }) => version !== '2.1.1' && module !== 'tariffs'))(
  'a PATCH of $module in $version without last_updated',
  ({ version, module, type, id, patch }) => {
    it('is taken with a warning (T17a)', async () => {
      const { send, found } = await met();
      const path = at(version, module, 'X1');
      await send('PUT', path, theirsOf(version, type, { [id]: 'X1' }));
      expect((await send('PATCH', path, patch)).codes).toEqual([200, 1000]);
      expect(await found()).toContain('patch.last-updated-missing');
      expect((await send('GET', path)).json.data).toMatchObject(patch);
    });
  },
);

describe.each(VERSIONS)('parts of a location in %s', version => {
  const evse = (uid: string, changes: Json = {}): Json => ({
    ...theirsOf(version, 'EVSE'),
    country_code: undefined,
    party_id: undefined,
    uid,
    ...changes,
  });
  const connector = (id: string, changes: Json = {}): Json => ({ ...fixture(version, 'Connector'), id, ...changes });

  async function withLocation() {
    const partner = await met();
    const evses = ['E1', 'E2'].map(uid => evse(uid, { connectors: [connector('1')] }));
    const location = theirsOf(version, 'Location', { id: 'L1', evses });
    expect((await partner.send('PUT', at(version, 'locations', 'L1'), location)).codes).toEqual([201, 1000]);
    const whole = async () =>
      (await partner.send('GET', at(version, 'locations', 'L1'))).json.data as Json & { evses: Json[] };
    return { ...partner, location, whole };
  }

  it('are patched, and move last_updated of what they stand in from 2.2 on', async () => {
    const { send, whole, location } = await withLocation();
    const path = at(version, 'locations', 'L1', 'e1');
    const patch = { status: 'CHARGING', last_updated: LATER };
    expect((await send('PATCH', path, patch)).codes).toEqual([200, 1000]);
    const { evses, last_updated: moved } = await whole();
    expect(evses.map(({ status }) => status)).toEqual(['CHARGING', evse('E2')['status']]);
    expect(evses[1]).toEqual(JSON.parse(JSON.stringify(evse('E2', { connectors: [connector('1')] }))));
    expect(moved).toBe(version === '2.1.1' ? location['last_updated'] : LATER);
    // One that was overtaken does not make the location older again.
    await send('PATCH', `${path}/1`, { tariff_id: 'T', last_updated: '2020-01-01T00:00:00Z' });
    const after = await whole();
    const { json } = await send('GET', `${path}/1`);
    expect(json.data).toMatchObject({ tariff_id: 'T', last_updated: '2020-01-01T00:00:00Z' });
    expect([after['last_updated'], after.evses[0]?.['last_updated']]).toEqual([moved, LATER]);
  });

  it('are put in place or as new ones, and read back', async () => {
    const { send, whole } = await withLocation();
    const removed = evse('E2', { status: 'REMOVED', last_updated: LATER });
    expect((await send('PUT', at(version, 'locations', 'L1', 'E2'), removed)).codes).toEqual([200, 1000]);
    expect((await send('PUT', at(version, 'locations', 'L1', 'E3'), evse('E3'))).codes).toEqual([201, 1000]);
    expect((await send('PUT', at(version, 'locations', 'L1', 'E1', '2'), connector('2'))).codes).toEqual([201, 1000]);
    const { evses } = await whole();
    expect(evses.map(({ uid, status }) => [uid, status])).toEqual([
      ['E1', evse('E1')['status']],
      ['E2', 'REMOVED'],
      ['E3', evse('E3')['status']],
    ]);
    const read = await send('GET', at(version, 'locations', 'L1', 'E1', '2'));
    expect(read.json.data).toEqual(connector('2'));
  });

  it('of what is not there are answered with 404', async () => {
    const { send } = await withLocation();
    const patch = { status: 'CHARGING', last_updated: LATER };
    expect((await send('PUT', at(version, 'locations', 'L9', 'E1'), evse('E1'))).codes).toEqual([404, 2003]);
    expect((await send('PATCH', at(version, 'locations', 'L1', 'E9'), patch)).codes).toEqual([404, 2001]);
    expect((await send('PUT', at(version, 'locations', 'L1', 'E9', '1'), connector('1'))).codes).toEqual([404, 2001]);
    expect((await send('GET', at(version, 'locations', 'L1', 'E1', '9'))).codes).toEqual([404, 2001]);
  });

  it('with a value nobody knows are kept with a finding', async () => {
    const { send, found, whole } = await withLocation();
    const path = at(version, 'locations', 'L1', 'E1');
    expect((await send('PATCH', path, { status: 'ON_FIRE', last_updated: LATER })).codes).toEqual([200, 1000]);
    expect(await found()).toContain('enum.unknown');
    expect((await whole()).evses[0]?.['status']).toBe('ON_FIRE');
  });
});

describe.each(VERSIONS)('CDRs posted in %s', version => {
  const path = `/ocpi/${version}/receiver/cdrs`;
  const cdr = (changes: Json = {}) => theirsOf(version, 'CDR', { id: 'CDR/1', ...changes });

  it('are read back where Location says, and answered alike when they come again', async () => {
    const { send, found } = await met();
    const first = await send('POST', path, cdr());
    const location = first.header('Location') ?? '';
    expect(first.codes).toEqual([201, 1000]);
    expect((await send('GET', new URL(location).pathname)).json.data).toEqual(cdr());
    const again = await send('POST', path, cdr());
    expect([...again.codes, again.header('Location')]).toEqual([200, 1000, location]);
    expect(await found()).toContain('cdr.again');
  });

  it('that change under their id are kept as a revision, and an error', async () => {
    const { us, name, send, found } = await met();
    await send('POST', path, cdr());
    expect((await send('POST', path, cdr({ total_energy: 99 }))).codes).toEqual([200, 1000]);
    expect(await found()).toContain('cdr.changed');
    expect(await us.client.objects.get({ name, module: 'cdrs', id: 'CDR/1' })).toMatchObject({ revision: 2 });
  });

  it('are neither put nor patched, nor found where there is none', async () => {
    const { send } = await met();
    const location = (await send('POST', path, cdr())).header('Location') ?? '';
    const { pathname } = new URL(location);
    expect((await send('PUT', pathname, cdr())).status).toBe(405);
    expect((await send('GET', pathname.replace('CDR%2F1', 'CDR2'))).codes).toEqual([404, 2001]);
  });

  it('of a party that was not announced are answered with 2001, where they say whose they are', async () => {
    const { send, found } = await met();
    const says = version !== '2.1.1';
    const changes = says ? { party_id: 'XYZ' } : {};
    expect((await send('POST', path, cdr(changes))).codes).toEqual(says ? [200, 2001] : [201, 1000]);
    expect((await found()).includes('party.not-announced')).toBe(says);
  });

  it('without a usable id are answered with 2001', async () => {
    const { send } = await met();
    expect((await send('POST', path, cdr({ id: ' ' }))).codes).toEqual([200, 2001]);
  });
});

describe('tariffs', () => {
  it.each(VERSIONS)('deleted in %s are gone for whoever asks, and stay in the history', async version => {
    const { us, name, send } = await met();
    const path = at(version, 'tariffs', 'T1');
    const tariff = theirsOf(version, 'Tariff', { id: 'T1' });
    await send('PUT', path, tariff);
    expect((await send('DELETE', path)).codes).toEqual([200, 1000]);
    expect((await send('GET', path)).codes).toEqual([404, 2001]);
    expect((await send('DELETE', path)).codes).toEqual([404, 2001]);
    expect(await us.client.objects.get({ name, module: 'tariffs', id: 'T1' })).toMatchObject({ vanished: true });
    expect((await send('PUT', path, tariff)).codes).toEqual([201, 1000]);
    expect((await send('GET', path)).json.data).toEqual(tariff);
  });
});

describe('tokens of one uid', () => {
  it.each(FROM_22)('are told apart by type in %s, RFID without one', async version => {
    const { send } = await met();
    const path = at(version, 'tokens', 'U1');
    const token = (type: string) => theirsOf(version, 'Token', { uid: 'U1', type });
    expect((await send('PUT', `${path}?type=APP_USER`, token('APP_USER'))).codes).toEqual([201, 1000]);
    // The only one with that uid (T44).
    expect((await send('GET', path)).json.data).toEqual(token('APP_USER'));
    expect((await send('PUT', path, token('RFID'))).codes).toEqual([201, 1000]);
    await send('PATCH', `${path}?type=APP_USER`, { valid: false, last_updated: LATER });
    expect((await send('GET', path)).json.data).toEqual(token('RFID'));
    expect((await send('GET', `${path}?type=APP_USER`)).json.data).toMatchObject({ type: 'APP_USER', valid: false });
    expect((await send('GET', `${path}?type=OTHER`)).codes).toEqual([404, 2004]);
    expect((await send('PUT', `${path}?type=OTHER`, token('RFID'))).codes).toEqual([200, 2001]);
    expect((await send('PATCH', path, { type: 'OTHER', last_updated: LATER })).codes).toEqual([200, 2001]);
  });
});

describe('charging periods in a PATCH', () => {
  it.each(VERSIONS)('are appended from 2.2 on, replaced before (%s)', async version => {
    const { send } = await met();
    const session = theirsOf(version, 'Session', { id: 'S1' });
    const periods = fixture(version, 'Session')['charging_periods'] as Json[];
    expect(periods.length).toBeGreaterThan(0);
    const path = at(version, 'sessions', 'S1');
    await send('PUT', path, session);
    const more = [periods[0]];
    expect((await send('PATCH', path, { charging_periods: more, last_updated: LATER })).codes).toEqual([200, 1000]);
    const expected = version === '2.1.1' ? more : [...periods, ...more];
    expect((await send('GET', path)).json.data?.['charging_periods']).toEqual(expected);
  });
});

describe('pushes of one object', () => {
  it('sent at once over several connections all count, and over one in their order', async () => {
    const { us, name, port, bytes, send } = await met();
    const path = at('2.2.1', 'sessions', 'S1');
    await send('PUT', path, theirsOf('2.2.1', 'Session', { id: 'S1', charging_periods: [] }));
    const [period] = fixture('2.2.1', 'Session')['charging_periods'] as Json[];
    const patch = { charging_periods: [period], last_updated: LATER };
    await Promise.all(Array.from({ length: 20 }, () => send('PATCH', path, patch)));
    expect((await send('GET', path)).json.data?.['charging_periods']).toHaveLength(20);

    const client = await connectRaw({ port });
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    await client.send(values.map(kwh => bytes('PATCH', path, { kwh, last_updated: LATER })).join(''));
    expect((await client.answers(values.length)).map(({ status }) => status)).toEqual(values.map(() => 200));
    client.destroy();
    const { object } = await us.client.objects.get({ name, module: 'sessions', id: 'S1' });
    expect(object).toMatchObject({ kwh: 20 });
    expect(await us.client.objects.get({ name, module: 'sessions', id: 'S1' })).toMatchObject({ revision: 41 });
  });
});
