import { describe, expect, it } from 'vitest';
import type { ImportOwn, OwnModuleName } from '../../core/contract/own.ts';
import type { OwnParty, VersionName } from '../../core/contract/platform.ts';
import { compileItemsChecker } from '../../core/ocpi/check.ts';
import { findType } from '../../core/ocpi/types.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { endOf, failureOf, openPlatform, register, type TestPlatform } from '../support/platform.ts';
import { ask, request } from '../support/raw-client.ts';

const TYPE = {
  locations: 'Location',
  sessions: 'Session',
  cdrs: 'CDR',
  tariffs: 'Tariff',
  tokens: 'Token',
} as const satisfies Partial<Record<OwnModuleName, string>>;
type EveryVersions = keyof typeof TYPE;
const MODULES = Object.keys(TYPE) as EveryVersions[];
const VERSIONS = ['2.1.1', '2.2.1', '2.3.0'] as const satisfies readonly VersionName[];

const party = (partyId: string, role: OwnParty['role']): OwnParty => ({
  countryCode: 'NL',
  partyId,
  role,
  name: partyId,
});

/** Two workbenches that are registered with each other: the partner's link to us is named `us`. */
async function met({ parties, version }: { parties?: readonly OwnParty[]; version?: VersionName } = {}) {
  const us = await openPlatform(parties === undefined ? {} : { parties });
  const partner = await openPlatform({ parties: [party('ABC', 'EMSP'), party('ABC', 'CPO')] });
  const { token, versionsUrl } = await us.client.links.invite({ name: 'partner' });
  await partner.client.links.add({ name: 'us', versionsUrl, token });
  const run = await register(partner, { name: 'us', ...(version === undefined ? {} : { version }) });
  expect(run.state).toBe('done');
  return { us, partner, get: getter(us, partner) };
}

/** Raw requests to us with the token the partner has. */
async function tokenFor({ client }: TestPlatform): Promise<string> {
  const { tokens } = await client.links.get({ name: 'us' });
  const active = tokens.findLast(({ direction, state }) => direction === 'outgoing' && state === 'active');
  return (await client.links.reveal({ name: 'us', tokenId: active?.id ?? '' })).token;
}

function getter(us: TestPlatform, partner: TestPlatform) {
  const port = Number(new URL(us.versionsUrl).port);
  return async (path: string) => {
    const token = Buffer.from(await tokenFor(partner)).toString('base64');
    const answer = await ask({ port }, request(`GET ${path}`, [`Authorization: Token ${token}`]));
    return { ...answer, json: JSON.parse(answer.body) as { data: Record<string, unknown>[]; status_code: number } };
  };
}

const textIn = (module: EveryVersions, version: VersionName) => JSON.stringify(fixture(version, TYPE[module]));
const importing = ({ client }: TestPlatform, input: ImportOwn) => client.own.import(input);

describe.each(MODULES)('%s of ours', module => {
  it.each(VERSIONS)('written in %s are served in every version, right in each', async written => {
    const { us, get } = await met();
    const text = textIn(module, written);
    const result = await importing(us, { module, text, version: written, party: 'NL-WBX' });
    expect(result).toMatchObject({ ok: true, objects: 1, added: 1 });
    for (const version of VERSIONS) {
      const { status, json } = await get(`/ocpi/${version}/sender/${module}?date_from=2000-01-01T00:00:00Z`);
      expect([status, json.status_code, json.data.length]).toEqual([200, 1000, 1]);
      const schema = findType(version, TYPE[module])?.schema;
      if (schema === undefined) throw new Error('no such type');
      const { items } = compileItemsChecker(schema)(json.data, { version });
      expect(items.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'))).toEqual([]);
      if (version !== '2.1.1') expect(json.data[0]).toMatchObject({ country_code: 'NL', party_id: 'WBX' });
    }
  });
});

describe('everything of ours', () => {
  it.each(VERSIONS)('is pulled whole by another workbench on %s, which can own it in turn', async version => {
    const { us, partner } = await met({ version });
    for (const module of MODULES) {
      await us.client.own.generate({ module, count: 25, seed: 'own' });
      const started = await partner.client.pulls.start({ name: 'us', module, full: true, pageSize: 10 });
      await endOf(partner, started);
      const result = await partner.client.pulls.result(started);
      expect(result).toMatchObject({ ok: true, objects: 25, added: 25 });
      expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(await partner.client.own.copy({ module, link: 'us' })).toMatchObject({ ok: true, added: 25 });
      const { total, objects } = await partner.client.own.list({ module, limit: 5 });
      expect([total, objects.length, objects[0]?.party]).toEqual([25, 5, 'NL-ABC']);
    }
  });
});

describe('what is brought in', () => {
  it('is refused as a whole where one object has errors, unless unchecked, and then served as it is', async () => {
    const { us, get } = await met();
    const bad = JSON.stringify({ ...fixture('2.2.1', 'Location'), id: 'BAD', coordinates: null });
    const text = `[${textIn('locations', '2.2.1')},${bad}]`;
    const input: ImportOwn = { module: 'locations', text, version: '2.2.1', party: 'NL-WBX' };
    const refused = await importing(us, input);
    expect(refused).toMatchObject({ ok: false, objects: 2, added: 0 });
    expect(refused.findings[0]).toMatchObject({ severity: 'error', pointer: '/1/coordinates' });
    expect((await us.client.own.list({ module: 'locations' })).total).toBe(0);
    expect(await importing(us, { ...input, unchecked: true })).toMatchObject({ ok: true, added: 2 });
    for (const version of VERSIONS) {
      const { json } = await get(`/ocpi/${version}/sender/locations/bad`);
      expect(json.data).toMatchObject({ id: 'BAD', coordinates: null });
    }
  });

  it('keeps the spelling of numbers, and its owner is changed in the text alone', async () => {
    const { us, get } = await met();
    const tariff =
      '{"country_code":"DE","party_id":"ALL", "id":"T1","currency":"EUR","tax_included":"NO","elements":[{"price_components":[{"type":"ENERGY","price":0.2500,"step_size":1}]}],"last_updated":"2026-01-01T00:00:00Z"}';
    const foreign = await failureOf(importing(us, { module: 'tariffs', text: tariff, version: '2.3.0' }));
    expect(foreign).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('DE-ALL') });
    await importing(us, { module: 'tariffs', text: tariff, version: '2.3.0', party: 'nl*wbx' });
    const { body } = await get('/ocpi/2.3.0/sender/tariffs');
    expect(body).toContain(`{"data":[${tariff.replace('DE', 'NL').replace('ALL', 'WBX')}],`);
  });

  it.each([
    ['no JSON', 'hello', 'not JSON'],
    ['objects without an id', '[{"name":"x"}]', 'no id'],
  ])('has to be objects with ids: %s is refused', async (_, text, why) => {
    const us = await openPlatform({ serve: false });
    const failure = await failureOf(importing(us, { module: 'locations', text, unchecked: true }));
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(why) });
  });

  it('is replaced by set, which wants the id, and gone after remove', async () => {
    const { us, get } = await met();
    await us.client.own.generate({ module: 'locations', count: 3, seed: 'x' });
    const [object] = (await us.client.own.list({ module: 'locations' })).objects;
    const id = object?.id ?? '';
    const text = JSON.stringify({ ...(object?.object as object), name: 'Renamed' });
    const other = await failureOf(us.client.own.set({ module: 'locations', id: 'OTHER', text }));
    expect(other.message).toContain(id);
    expect(await us.client.own.set({ module: 'locations', id: id.toLowerCase(), text })).toMatchObject({ changed: 1 });
    expect((await get(`/ocpi/2.2.1/sender/locations/${id}`)).json.data).toMatchObject({ name: 'Renamed' });
    expect(await us.client.own.remove({ module: 'locations', id: id.toLowerCase() })).toEqual({ removed: 1 });
    expect((await get(`/ocpi/2.2.1/sender/locations/${id}`)).status).toBe(404);
    expect((await failureOf(us.client.own.remove({ module: 'locations', id }))).code).toBe('NOT_FOUND');
  });

  it('is the same for the same seed', async () => {
    const clock = { ...(await import('../../core/clock.ts')).systemClock, now: () => Date.UTC(2026, 0, 1) };
    const us = await openPlatform({ serve: false, clock });
    await us.client.own.generate({ module: 'cdrs', count: 20, seed: 'x' });
    expect(await us.client.own.generate({ module: 'cdrs', count: 20, seed: 'x' })).toMatchObject({ unchanged: 20 });
    expect(await us.client.own.generate({ module: 'cdrs', count: 20, seed: 'y' })).toMatchObject({ changed: 20 });
  });
});

describe('which party owns what', () => {
  it.each(VERSIONS)(
    'follows the roles in %s: a CPO serves its data and receives tokens, an EMSP the opposite',
    async version => {
      const endpoints = async (get: Awaited<ReturnType<typeof met>>['get']) => {
        const { data } = (await get(`/ocpi/${version}`)).json as unknown as { data: { endpoints: { url: string }[] } };
        return data.endpoints.map(({ url }) => url.split(`/${version}/`)[1]).sort();
      };
      const of = (side: string, ...modules: string[]) => modules.map(module => `${side}/${module}`);
      const data = ['cdrs', 'locations', 'sessions', 'tariffs'];
      const from = (since: VersionName, ...modules: string[]) => (version >= since ? modules : []);
      const invoices = from('2.3.0', 'invoicereconciliation');
      const asCpo = await met({ parties: [party('CPO', 'CPO')] });
      expect(await endpoints(asCpo.get)).toEqual(
        [
          'credentials',
          ...of('receiver', 'tokens', 'commands', ...from('2.2.1', 'chargingprofiles', 'hubclientinfo')),
          ...of('receiver', ...invoices, ...from('2.3.0', 'payments')),
          ...of('sender', ...data, ...invoices, ...from('2.3.0', 'bookings')),
        ].sort(),
      );
      const asEmsp = await met({ parties: [party('MSP', 'EMSP')] });
      expect(await endpoints(asEmsp.get)).toEqual(
        [
          'credentials',
          ...of('receiver', ...data, ...from('2.2.1', 'hubclientinfo'), ...invoices, ...from('2.3.0', 'bookings')),
          ...of('sender', 'tokens', ...from('2.2.1', 'commands', 'chargingprofiles'), ...invoices),
        ].sort(),
      );
      const failure = await failureOf(asEmsp.us.client.own.generate({ module: 'locations' }));
      expect(failure).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('CPO') });
    },
  );

  it('a 2.1.1 partner sees the objects of the one party of ours it knows, a later one those of all', async () => {
    const parties = [party('ONE', 'CPO'), party('TWO', 'CPO')];
    const { us, get } = await met({ parties });
    for (const [owner, id] of [
      ['NL-ONE', 'first'],
      ['NL-TWO', 'second'],
    ] as const) {
      const text = JSON.stringify({ ...fixture('2.2.1', 'Location'), id });
      await importing(us, { module: 'locations', text, version: '2.2.1', party: owner });
    }
    const ids = async (version: VersionName) =>
      (await get(`/ocpi/${version}/sender/locations`)).json.data.map(({ id }) => id);
    expect(await ids('2.2.1')).toEqual(['first', 'second']);
    expect(await ids('2.1.1')).toEqual(['first']);
    await us.client.links.set({ name: 'partner', settings: { ownParty: 'NL-TWO' } });
    expect(await ids('2.1.1')).toEqual(['second']);
  });

  it('a session is served to 2.1.1 with the location that we own, reduced to what was used', async () => {
    const { us, get } = await met();
    await us.client.own.generate({ module: 'sessions', count: 5, seed: 'x', version: '2.2.1' });
    await us.client.own.generate({ module: 'locations', count: 1, seed: 'x', version: '2.3.0' });
    const { json } = await get('/ocpi/2.1.1/sender/sessions?date_from=2000-01-01T00:00:00Z');
    const locations = json.data.map(({ location }) => location as { address: string; evses: unknown[] });
    expect(locations).toHaveLength(5);
    expect(locations.every(({ address, evses }) => address !== '#NA' && evses.length === 1)).toBe(true);
  });
});
