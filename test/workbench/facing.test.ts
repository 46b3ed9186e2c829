import { describe, expect, it } from 'vitest';
import type { Version } from '../../core/ocpi/versions.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { openPlatform, sharedPlatform } from '../support/platform.ts';
import { inRoles, meet, theirsOf } from '../support/registered-partner.ts';

const ours = sharedPlatform({ parties: inRoles('WBX', ['EMSP', 'CPO']) });
const theirs = sharedPlatform({ parties: inRoles('ABC', ['EMSP', 'CPO']) });
const met = async () => meet(await ours(), await theirs());
const FROM_22 = ['2.2.1', '2.3.0'] as const;

describe('version details of a platform that is both CPO and EMSP', () => {
  const listed = async (version: Version) => {
    const { send } = await met();
    const { json } = await send('GET', `/ocpi/${version}`);
    const { endpoints } = json.data as { endpoints: { identifier: string; role?: string; url: string }[] };
    return endpoints.filter(({ identifier }) => identifier !== 'credentials');
  };

  it.each(FROM_22)('list both sides of each module in %s', async version => {
    const endpoints = await listed(version);
    const modules = ['cdrs', 'locations', 'sessions', 'tariffs', 'tokens'];
    if (version === '2.3.0') modules.push('bookings', 'invoicereconciliation');
    for (const side of ['SENDER', 'RECEIVER']) {
      const ofSide = endpoints.filter(({ role }) => role === side);
      expect(ofSide.map(({ identifier }) => identifier)).toEqual(expect.arrayContaining(modules));
      expect(ofSide.every(({ url }) => url.includes(`/${side.toLowerCase()}/`))).toBe(true);
    }
  });

  it('list no module twice in 2.1.1, which knows no sides: at one URL both answer', async () => {
    const endpoints = await listed('2.1.1');
    const modules = ['cdrs', 'commands', 'locations', 'sessions', 'tariffs', 'tokens'];
    expect(endpoints.map(({ identifier }) => identifier).sort()).toEqual(modules);
    const both = endpoints.filter(({ identifier }) => identifier !== 'commands');
    expect(both.every(({ identifier, url }) => url.endsWith(`/ocpi/2.1.1/${identifier}`))).toBe(true);
  });

  it('show 2.1.1 the side of the party that faces the link', async () => {
    const us = await openPlatform({
      parties: [
        { countryCode: 'NL', partyId: 'CPO', role: 'CPO', name: 'A CPO' },
        { countryCode: 'NL', partyId: 'MSP', role: 'EMSP', name: 'An EMSP' },
      ],
    });
    const { name, send } = await meet(us, await theirs());
    const shown = async () => {
      const { data } = (await send('GET', '/ocpi/2.1.1')).json as { data: { endpoints: { url: string }[] } };
      return data.endpoints.map(({ url }) => url.split('/2.1.1/')[1]).sort();
    };
    const sides = (side: string, ...modules: string[]) => modules.map(module => `${side}/${module}`);
    const charging = ['cdrs', 'locations', 'sessions', 'tariffs'];
    expect(await shown()).toEqual([
      'credentials',
      ...sides('receiver', 'commands', 'tokens'),
      ...sides('sender', ...charging),
    ]);
    await us.client.links.set({ name, settings: { ownParty: 'NL-MSP' } });
    expect(await shown()).toEqual(['credentials', ...sides('receiver', ...charging), 'sender/tokens']);
  });

  it('lead 2.1.1 to both sides at one URL: with a party in the path to what was pushed, else to what is ours', async () => {
    const { us, send } = await met();
    const location = (id: string) => JSON.stringify({ ...fixture('2.1.1', 'Location'), id });
    await us.client.own.import({ module: 'locations', version: '2.1.1', party: 'NL-WBX', text: location('OURS') });
    const endpoint = '/ocpi/2.1.1/locations';
    expect((await send('PUT', `${endpoint}/NL/ABC/THEIRS`, location('THEIRS'))).codes).toEqual([201, 1000]);
    expect((await send('GET', `${endpoint}/NL/ABC/THEIRS`)).json.data).toMatchObject({ id: 'THEIRS' });
    expect((await send('GET', `${endpoint}/OURS`)).json.data).toMatchObject({ id: 'OURS' });
    const { evses } = (await send('GET', `${endpoint}/OURS`)).json.data as {
      evses: { uid: string; connectors: { id: string }[] }[];
    };
    const [evse] = evses;
    const connector = await send('GET', `${endpoint}/OURS/${evse?.uid}/${evse?.connectors[0]?.id}`);
    expect(connector.json.data).toMatchObject({ id: evse?.connectors[0]?.id });
    const list = await send('GET', endpoint);
    expect([list.status, list.json.status_code]).toEqual([200, 1000]);
    expect((await send('POST', '/ocpi/2.1.1/cdrs', theirsOf('2.1.1', 'CDR', { id: 'BOTH' }))).codes).toEqual([
      201, 1000,
    ]);
    const wrong = await send('POST', endpoint, '{}');
    expect([wrong.status, wrong.header('Allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('version details of a platform in one other role', () => {
  it.each([
    ['NSP', '2.2.1', ['receiver/hubclientinfo', 'receiver/locations', 'receiver/tariffs']],
    ['OTHER', '2.2.1', ['receiver/hubclientinfo', 'receiver/locations', 'receiver/tariffs']],
    [
      'NAP',
      '2.2.1',
      ['receiver/hubclientinfo', 'receiver/locations', 'receiver/tariffs', 'sender/locations', 'sender/tariffs'],
    ],
    ['SCSP', '2.2.1', ['receiver/hubclientinfo', 'receiver/sessions', 'sender/chargingprofiles']],
    [
      'PTP',
      '2.3.0',
      [
        'receiver/cdrs',
        'receiver/locations',
        'receiver/sessions',
        'receiver/tariffs',
        'sender/commands',
        'sender/payments',
      ],
    ],
  ] as const)('hold what a %s typically has in %s (digest 4.1)', async (role, version, expected) => {
    const us = await openPlatform({ parties: inRoles('WBX', [role]) });
    const { send } = await meet(us, await theirs());
    const { data } = (await send('GET', `/ocpi/${version}`)).json as { data: { endpoints: { url: string }[] } };
    const places = data.endpoints.map(({ url }) => url.split(`/${version}/`)[1]).sort();
    expect(places).toEqual(['credentials', ...expected]);
  });
});
