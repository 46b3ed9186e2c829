import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { LinkParty } from '../../core/contract/link.ts';
import type { OwnParty } from '../../core/contract/platform.ts';
import { createAddresses } from '../../core/server/addresses.ts';
import { receiverResponders } from '../../core/server/modules/receivers.ts';
import { createAddressees } from '../../core/workbench/addressees.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { ask, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house } from './house.ts';

type Role = OwnParty['role'];

/** A server of NL-WBX that receives tariffs from a partner. */
async function serve({
  roles = ['EMSP'],
  parties = [],
}: {
  roles?: readonly Role[];
  parties?: readonly LinkParty[];
} = {}) {
  const own = roles.map(role => ({ countryCode: 'NL', partyId: 'WBX', role, name: 'Workbench' }));
  const config = { parties: own, versions: ['2.2.1' as const], host: '127.0.0.1', port: 0 };
  const kept: string[] = [];
  const token = { id: 'id', kind: 'C', state: 'active' } as const;
  const { port, recorder } = await house({
    addressee: createAddressees({ config: () => config }),
    responders: receiverResponders({
      objects: {
        get: () => undefined,
        keep: async ({ text }) => {
          kept.push(text);
          return { ok: true };
        },
        remove: async () => ({ ok: true }),
      },
      modules: () => ['tariffs'],
      urls: createAddresses('http://127.0.0.1:1', undefined),
      clock: systemClock,
    }),
    authenticate: ([first]) => first && { linkId: 1, token, registered: true, parties, form: first.form },
  });
  const put = async (version: string, routing: Readonly<Record<string, string>>) => {
    const object = {
      ...fixture(version === '2.1.1' ? '2.1.1' : '2.2.1', 'Tariff'),
      country_code: 'SE',
      party_id: 'OWN',
      id: 'T1',
    };
    const headers = Object.entries(routing).flatMap(([side, party]) => {
      const [country, id] = party.split('-');
      return [`OCPI-${side}-country-code: ${country}`, `OCPI-${side}-party-id: ${id}`];
    });
    const line = `PUT /ocpi/${version}/receiver/tariffs/SE/OWN/T1`;
    const bytes = request(line, [AUTHORIZATION, 'Content-Type: application/json', ...headers], JSON.stringify(object));
    const answer = await ask({ port }, bytes);
    const json = JSON.parse(answer.body) as { status_code: number; status_message: string };
    const party = (side: string) => {
      const [country, id] = [answer.header(`OCPI-${side}-country-code`), answer.header(`OCPI-${side}-party-id`)];
      return country === undefined ? undefined : `${country}-${id}`;
    };
    return {
      codes: [answer.status, json.status_code],
      message: json.status_message,
      to: party('to'),
      from: party('from'),
    };
  };
  return { put, kept, recorder };
}

const HUB: readonly LinkParty[] = [{ countryCode: 'DE', partyId: 'HUB', role: 'HUB' }];

describe('a message with routing headers', () => {
  it('that a hub broadcasts in its own name is taken for the owner in the URL, and answered to the hub (1.10)', async () => {
    const { put, kept } = await serve({ parties: HUB });
    expect(await put('2.2.1', { to: 'NL-WBX', from: 'DE-HUB' })).toMatchObject({
      codes: [201, 1000],
      to: 'DE-HUB',
      from: 'NL-WBX',
    });
    expect(kept).toHaveLength(1);
    expect(kept[0]).toContain('"OWN"');
  });

  it('through a hub is answered to the party that sent it', async () => {
    const { put } = await serve({ parties: HUB });
    expect(await put('2.2.1', { to: 'nl-wbx', from: 'SE-OWN' })).toMatchObject({
      codes: [201, 1000],
      to: 'SE-OWN',
      from: 'nl-wbx',
    });
  });

  it('without an addressee is open routing, and taken', async () => {
    const { put } = await serve({ parties: HUB });
    expect(await put('2.2.1', { from: 'SE-OWN' })).toMatchObject({ codes: [201, 1000], to: 'SE-OWN', from: undefined });
    expect(await put('2.2.1', {})).toMatchObject({ codes: [201, 1000], to: undefined });
  });

  it.each<readonly [Role, number]>([
    ['EMSP', 2001],
    ['HUB', 4001],
  ])('to somebody else is not taken by a platform that is %s, but answered with %i', async (role, code) => {
    const { put, kept, recorder } = await serve({ roles: ['EMSP', role] });
    const { codes, message } = await put('2.2.1', { to: 'NL-XYZ', from: 'SE-OWN' });
    expect([codes, message]).toEqual([[200, code], 'NL-XYZ, to whom this is addressed, is no party of this platform.']);
    expect(recorder.exchanges[0]?.findings.map(one => one.code)).toContain('request.addressee');
    expect(kept).toEqual([]);
  });

  it('of 2.1.1 is none: the headers are not looked at', async () => {
    const { put } = await serve();
    expect((await put('2.1.1', { to: 'NL-XYZ', from: 'SE-OWN' })).codes).toEqual([201, 1000]);
  });
});
