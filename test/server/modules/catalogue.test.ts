import { beforeAll, describe, expect, it } from 'vitest';
import { type CatalogueEntry, catalogue, isPlaceholder } from '../../../core/ocpi/catalogue.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { endOf, newName, register, sharedPlatform, type TestPlatform } from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';
import { inRoles, type Meeting, meet } from '../../support/registered-partner.ts';
import {
  allowedMethods,
  before,
  bodyOf,
  type CatalogueCall,
  OWN,
  paramsOf,
  pathOf,
  withUnknownValue,
} from './catalogue-calls.ts';

// Every endpoint of the catalogue, in every version that has it, as a partner meets it on the wire.

const ours = sharedPlatform({ parties: inRoles('WBX', ['CPO', 'EMSP', 'PTP', 'HUB', 'NSP', 'SCSP']) });
const theirs = sharedPlatform({ parties: inRoles('ABC', ['CPO', 'EMSP']) });
let partner: Meeting;

beforeAll(async () => {
  const us = await ours();
  const own = (module: Parameters<typeof us.client.own.import>[0]['module'], object: unknown, more: object = {}) =>
    us.client.own.import({ module, text: JSON.stringify(object), party: 'NL-WBX', unchecked: true, ...more });
  const location = fixture('2.2.1', 'Location');
  const capable = (location['evses'] as object[]).map(evse => ({
    ...evse,
    capabilities: [
      'CHARGING_PREFERENCES_CAPABLE',
      'CHARGING_PROFILE_CAPABLE',
      'REMOTE_START_STOP_CAPABLE',
      'RESERVABLE',
    ],
  }));
  const session = { location_id: OWN['location_id'], evse_uid: OWN['evse_uid'], status: 'ACTIVE' };
  const terminal = { ...fixture('2.3.0', 'Terminal'), country_code: 'NL', party_id: 'ABC' };
  const v221 = { version: '2.2.1' } as const;
  for (const written of [
    await own('locations', { ...location, evses: capable }, v221),
    await own('sessions', { ...fixture('2.2.1', 'Session'), ...session }, v221),
    await own('cdrs', fixture('2.2.1', 'CDR'), v221),
    await own('tariffs', fixture('2.2.1', 'Tariff'), v221),
    await own('tokens', { ...fixture('2.2.1', 'Token'), type: 'RFID', valid: true }, v221),
    await own('hubclientinfo', fixture('2.2.1', 'ClientInfo'), v221),
    await own('invoicereconciliation', fixture('2.3.0', 'InvoiceReconciliationRecord')),
    await own('payments', { ...terminal, terminal_id: OWN['terminal_id'] }, { list: 'terminals' }),
    await own('payments', fixture('2.3.0', 'FinancialAdviceConfirmation'), { list: 'financial-advice-confirmations' }),
    await own('bookings', fixture('2.3.0', 'BookingLocation'), { list: 'booking_locations' }),
    await own('bookings', fixture('2.3.0', 'Booking')),
  ]) {
    if (!written.ok) throw new Error(`${written.module}: ${JSON.stringify(written.findings[0])}`);
  }
  partner = await meet(us, await theirs());
  await acceptEverything(us, partner.name);
});

/** What is asked is granted, and nothing follows unless said. */
async function acceptEverything({ client }: TestPlatform, name: string, later = 'none') {
  const accept = { answer: 'accept' } as const;
  for (const line of await client.decisions.policies({ name })) {
    const isAsked =
      ['commands', 'chargingprofiles'].includes(line.module) || line.operation === 'sessions.put-preferences';
    if (!isAsked) continue;
    const follows = line.later.length > 0 ? { later } : {};
    await client.decisions.setPolicy({ name, operation: line.operation, policy: { ...accept, ...follows } });
  }
}

/** They change a registration, or are told at a URL that has to be given first: see the flows at the end. */
const BY_FLOW: ReadonlySet<string> = new Set([
  'credentials.post',
  'credentials.put',
  'credentials.delete',
  'commands.result',
  'chargingprofiles.result',
]);

const ENTRIES = VERSIONS.flatMap(version => catalogue(version).map(entry => ({ entry, version, id: entry.id })));
const DIRECT = ENTRIES.filter(({ id }) => !BY_FLOW.has(id));

let numbers = 0;
const call = ({ entry, version }: { entry: CatalogueEntry; version: Version }): CatalogueCall => ({
  entry,
  version,
  id: `X${++numbers}`,
});

async function prepared(of: CatalogueCall): Promise<void> {
  for (const [method, path, body] of before(of)) {
    const { codes } = await partner.send(method, path, body);
    if (codes[1] !== 1000) throw new Error(`${method} ${path} was answered ${codes.join(' ')}`);
  }
}

/** Of a call that is right in every respect. */
function goodOf({ entry }: CatalogueCall): readonly [http: number, ocpi: number] {
  const { id, method, interface: side } = entry;
  const creates = ['bookings.post', 'payments.activate-terminal'].includes(id);
  const isNew =
    side === 'RECEIVER' && (method === 'POST' || (method === 'PUT' && entry.path.length <= 4 && !isPart(entry)));
  if (entry.module === 'commands' || entry.module === 'chargingprofiles') return [200, 1000];
  return creates || (isNew && id !== 'hubclientinfo.put') ? [201, 1000] : [200, 1000];
}

function isPart({ path }: CatalogueEntry): boolean {
  return path.includes('{evse_uid}') || path.includes('{calendar_id}');
}

describe('every entry of the catalogue', () => {
  it.each(DIRECT)('$id of $version answers well what is right', async of => {
    const one = call(of);
    await prepared(one);
    const answer = await partner.send(one.entry.method, pathOf(one), bodyOf(one));
    expect([...answer.codes, answer.json.status_message]).toEqual([...goodOf(one), 'Success']);
    const checked = one.entry.response?.[one.version];
    const findings = checked?.(answer.json.data, { version: one.version }).findings ?? [];
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const exchanges = await partner.us.client.exchanges.list({ link: partner.name, direction: 'in', limit: 1 });
    expect(exchanges[0]?.operation).toBe(one.entry.id);
  });

  it.each(VERSIONS)('of %s allows its methods and no other', async version => {
    const calls = DIRECT.filter(of => of.version === version && of.entry.base !== 'given-url').map(call);
    const answers = calls.map(async one => {
      const allowed = allowedMethods(one);
      const wrong = ['DELETE', 'PATCH', 'PUT', 'POST', 'GET'].find(method => !allowed.includes(method)) ?? 'OPTIONS';
      const { status, header } = await partner.send(wrong, pathOf(one), wrong === 'GET' ? undefined : {});
      return [one.entry.id, status, header('Allow')?.split(', ').sort()];
    });
    expect(await Promise.all(answers)).toEqual(calls.map(one => [one.entry.id, 405, allowedMethods(one).sort()]));
  });

  it.each(VERSIONS)('of %s is for nobody without a token', async version => {
    const calls = DIRECT.filter(of => of.version === version).map(call);
    const answers = calls.map(async one => {
      const { status } = await ask({ port: partner.port }, request(`${one.entry.method} ${pathOf(one)}`));
      return [one.entry.id, status];
    });
    expect(await Promise.all(answers)).toEqual(calls.map(({ entry }) => [entry.id, 401]));
  });
});

describe('what is sent with a call', () => {
  const WITH_BODY = DIRECT.filter(({ entry, version }) => entry.request?.[version] !== undefined);

  it.each(VERSIONS)('has to be JSON, and an object, in %s', async version => {
    const calls = WITH_BODY.filter(of => of.version === version).map(call);
    const answers = calls.map(async one => {
      const { status } = await partner.send(one.entry.method, pathOf(one), '{"id":');
      const { codes } = await partner.send(one.entry.method, pathOf(one), '[]');
      return [one.entry.id, status, ...codes];
    });
    expect(await Promise.all(answers)).toEqual(calls.map(({ entry }) => [entry.id, 400, 200, 2001]));
  });

  const WITH_ENUM = WITH_BODY.flatMap(of => {
    const unknown = withUnknownValue({ ...of, id: 'X' });
    return unknown === undefined ? [] : [{ ...of, decisive: unknown.decisive }];
  });
  it.each(WITH_ENUM)('may hold a value that nobody knows, but for what decides: $id of $version', async of => {
    const one = call(of);
    await prepared(one);
    const { codes } = await partner.send(one.entry.method, pathOf(one), withUnknownValue(one)?.body);
    expect(codes).toEqual(of.decisive ? [200, 2001] : goodOf(one));
    expect((await partner.found()).some(code => code.startsWith('enum.'))).toBe(true);
  });

  const PATCHES = WITH_BODY.filter(({ entry, version }) => entry.method === 'PATCH' && version !== '2.1.1');
  it.each(PATCHES)('should hold last_updated: $id of $version', async of => {
    const one = call(of);
    await prepared(one);
    expect((await partner.send('PATCH', pathOf(one), {})).codes).toEqual([200, 1000]);
    expect(await partner.found()).toContain('patch.last-updated-missing');
  });

  const OWNED = DIRECT.filter(({ entry }) => entry.interface === 'RECEIVER' && entry.path.includes('{party_id}'));
  it.each(OWNED)('has to be of a party that the caller announced: $id of $version', async of => {
    const one = call(of);
    await prepared(one);
    const body = bodyOf(one);
    // A hub tells of others; there URL and body have to agree.
    const isHub = one.entry.module === 'hubclientinfo';
    const foreign = body && { ...body, ...('party_id' in body && !isHub && { party_id: 'XYZ' }) };
    const { codes } = await partner.send(one.entry.method, pathOf(one, { party_id: 'XYZ' }), foreign);
    expect(codes).toEqual(isHub && body !== undefined ? [200, 2001] : [404, 2001]);
  });

  const POSTED = WITH_BODY.filter(({ entry, version }) => {
    const body = bodyOf({ entry, version, id: 'X' });
    return (
      entry.method === 'POST' &&
      (entry.module !== 'payments' || entry.interface === 'SENDER') &&
      entry.module !== 'commands' &&
      body &&
      'party_id' in body
    );
  });
  it.each(POSTED)('has to be of such a party where only the body tells: $id of $version', async of => {
    const one = call(of);
    expect((await partner.send('POST', pathOf(one), { ...bodyOf(one), party_id: 'XYZ' })).codes).toEqual([200, 2001]);
    expect(await partner.found()).toContain('party.not-announced');
  });
});

describe('an object that is not there', () => {
  beforeAll(async () => {
    const { client } = await ours();
    for (const operation of ['commands', 'sessions']) {
      await client.decisions.setPolicy({ name: partner.name, operation, policy: null });
    }
  });

  const NAMED = DIRECT.filter(({ entry }) => {
    const last = entry.path.filter(isPlaceholder).at(-1);
    const known = last !== undefined && last !== '{party_id}' && entry.module !== 'chargingprofiles';
    return known && (entry.method !== 'PUT' || isPart(entry) || entry.interface === 'SENDER');
  });
  it.each(NAMED)('is answered with 404 and its code: $id of $version', async of => {
    const one = call(of);
    const names = one.entry.path.filter(isPlaceholder).map(segment => segment.slice(1, -1));
    const first = names.find(name => name !== 'country_code' && name !== 'party_id') ?? '';
    const body = bodyOf(one);
    const nothing = { ...paramsOf(one), [first]: 'NONE' };
    const { codes } = await partner.send(one.entry.method, pathOf(one, nothing), body && withoutId(body, one));
    const token = one.version === '2.1.1' ? 2001 : 2004;
    const code = { locations: 2003, tokens: token }[one.entry.module as string] ?? 2001;
    expect(codes).toEqual([404, code]);
  });
});

describe('a command for a location that is not there', () => {
  const PLACED = DIRECT.filter(
    of => 'location_id' in (bodyOf({ ...of, id: 'X' }) ?? {}) && of.entry.module === 'commands',
  );
  it.each(PLACED)('is answered with 2003: $id of $version', async of => {
    const one = call(of);
    const body = { ...bodyOf(one), location_id: 'NONE' };
    expect((await partner.send('POST', pathOf(one), body)).codes).toEqual([200, 2003]);
  });
});

/** A whole object that is put under another id would be refused for that. */
function withoutId(body: Record<string, unknown>, { entry }: CatalogueCall): Record<string, unknown> {
  if (isPart(entry) || entry.method !== 'PUT') return body;
  const { id: _, uid: __, terminal_id: ___, ...rest } = body;
  return rest;
}

describe.each(VERSIONS)('what only a flow reaches in %s', version => {
  it('is answered well: registration, its update and end, and what came of commands and profiles', async () => {
    const [us, they] = [await ours(), await theirs()];
    const name = newName();
    const { token, versionsUrl } = await us.client.links.invite({ name });
    await they.client.links.add({ name, versionsUrl, token });
    expect((await register(they, { name, version })).state).toBe('done');
    await acceptEverything(they, name, 'ACCEPTED');
    const stop = await us.client.sending.command({ name, command: 'STOP_SESSION', session: 'S1', wait: 5 });
    await endOf(us, stop);
    if (version !== '2.1.1') {
      await endOf(us, await us.client.sending.profile({ name, what: 'clear', session: 'S1', wait: 5 }));
    }
    await endOf(they, await they.client.runs.rotate({ name }));
    await endOf(they, await they.client.runs.unregister({ name }));
    const exchanges = await us.client.exchanges.list({ link: name, direction: 'in', limit: 100 });
    const told = exchanges.filter(({ operation }) => BY_FLOW.has(operation)).toReversed();
    expect(new Set(told.map(({ operation }) => operation))).toEqual(
      new Set(ENTRIES.filter(of => of.version === version && BY_FLOW.has(of.id)).map(({ id }) => id)),
    );
    const results = version === '2.1.1' ? ['commands.result'] : ['commands.result', 'chargingprofiles.result'];
    expect(told.map(({ operation, httpStatus, ocpiStatus }) => [operation, httpStatus, ocpiStatus])).toEqual(
      ['credentials.post', ...results, 'credentials.put', 'credentials.delete'].map(operation => [
        operation,
        200,
        1000,
      ]),
    );
  });

  it('is nothing where nobody asked for it', async () => {
    for (const module of version === '2.1.1' ? ['commands'] : ['commands', 'chargingprofiles']) {
      const path = `/ocpi/${version}/sender/${module}/STOP_SESSION/1/nothing`;
      expect((await partner.send('POST', path, { result: 'ACCEPTED' })).codes).toEqual([404, 2001]);
    }
  });
});
