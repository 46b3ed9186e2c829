import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CatalogueEntry, catalogue, entryById, isPlaceholder } from '../../core/ocpi/catalogue.ts';
import { isFunctional, moduleOf, modulesOf } from '../../core/ocpi/modules.ts';
import { findType } from '../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixture } from './fixtures.ts';

interface ModelEndpoint {
  readonly versions: readonly Version[];
  readonly module: string;
  readonly interface: string;
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly responseData: string;
}

/** The specification's endpoint tables as data, beside a checkout of the project where they are at hand. */
const endpointsFile = new URL('../../../shared/ocpi/model/endpoints.json', import.meta.url);

const GIVEN_URLS = ['{response_url}', '{URL from the Location header of the POST}'];
const commandTypes = (version: Version) => (findType(version, 'CommandType') === undefined ? [] : COMMANDS);
const COMMANDS = ['START_SESSION', 'STOP_SESSION', 'RESERVE_NOW', 'CANCEL_RESERVATION', 'UNLOCK_CONNECTOR'];

/** A line of the table, in the words both sides can be brought into. */
function modelLine({ module, interface: side, method, path }: ModelEndpoint): string {
  const shape = path
    .replace(/\[?\?.*$/, '')
    .replace(/^\{(?:E|versions_url|version_details_url)\}\/?/, '')
    .replaceAll(/\{[^}]*\}/g, '{}');
  const role = side === 'SENDER' || side === 'RECEIVER' ? side : 'NONE';
  return `${module} ${role} ${method} ${GIVEN_URLS.includes(path) ? '(given)' : shape}`;
}

function entryLine(version: Version, { module, interface: side, method, path, base }: CatalogueEntry): string {
  const shape = path
    .map(segment => (isPlaceholder(segment) || commandTypes(version).includes(segment) ? '{}' : segment))
    .join('/');
  return `${module} ${side} ${method} ${base === 'given-url' ? '(given)' : shape}`;
}

describe('the catalogue', () => {
  it.each(VERSIONS)('%s has versions and credentials, each id once', version => {
    const ids = catalogue(version).map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'versions.list',
        'versions.details',
        'credentials.get',
        'credentials.post',
        'credentials.put',
        'credentials.delete',
      ]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('every entry is found by its id, belongs to a module of its versions and is worded', () => {
    for (const version of VERSIONS) {
      for (const entry of catalogue(version)) {
        expect(entryById(entry.id)).toBe(entry);
        expect(modulesOf(version)).toContain(entry.module);
        expect(entry.functional).toBe(isFunctional(entry.module));
        expect(entry.words).toMatch(/^[a-z][a-z ]*, [a-z ]+$/);
        expect(entry.id).toMatch(/^[a-z]+\.[a-z-]+$/);
      }
    }
    expect(entryById('unknown')).toBeUndefined();
  });

  it('answers can be checked against the type of their version', () => {
    const checker = entryById('versions.details')?.response?.['2.2.1'];
    const json = { version: '2.2.1', endpoints: [{ identifier: 'credentials', url: 'https://a.example' }] };
    expect(checker?.(json, { version: '2.2.1' }).findings).toMatchObject([
      { code: 'field.missing', pointer: '/endpoints/0/role' },
    ]);
    const list = entryById('versions.list')?.response?.['2.1.1'];
    expect(list?.([{ version: '1.9', url: 'https://a.example' }], { version: '2.1.1' }).findings).toEqual([]);
    expect(list?.(null, { version: '2.1.1' }).view).toBeUndefined();
  });

  it('placeholders are told from fixed segments', () => {
    expect(isPlaceholder('{location_id}')).toBe(true);
    expect(isPlaceholder('terminals')).toBe(false);
  });
});

describe('the endpoints of the specification', () => {
  const absent = !existsSync(endpointsFile);

  it.skipIf(absent).each([
    ['2.1.1', 38],
    ['2.2.1', 46],
    ['2.3.0', 77],
  ] as const)('%s has %i of them, and the catalogue has each and no other', (version, count) => {
    const model = (JSON.parse(readFileSync(endpointsFile, 'utf8')) as ModelEndpoint[]).filter(({ versions }) =>
      versions.includes(version),
    );
    expect(model).toHaveLength(count);
    // A version list and a version are two lines of the table with nothing behind their URLs.
    const lines = [...new Set(catalogue(version).map(entry => entryLine(version, entry)))].sort();
    expect(lines).toEqual([...new Set(model.map(modelLine))].sort());
  });

  it.skipIf(absent)('that carry an object have a checker for it, those that do not have none', () => {
    const model = JSON.parse(readFileSync(endpointsFile, 'utf8')) as ModelEndpoint[];
    for (const version of VERSIONS) {
      for (const line of model.filter(({ versions }) => versions.includes(version))) {
        const isDetails = line.path === '{version_details_url}';
        const entries = catalogue(version).filter(
          entry => entryLine(version, entry) === modelLine(line) && (entry.base === 'version-url') === isDetails,
        );
        const carried = entries.map(({ id, request, response, items }) => ({
          id,
          request: request?.[version] !== undefined,
          response: response?.[version] !== undefined,
          items: items?.[version] !== undefined,
        }));
        const due = {
          request: !/^(-|\(none)/.test(line.request),
          response: !/^(\(|envelope)/.test(line.responseData),
          items: line.responseData.endsWith('[] (*)'),
        };
        expect(carried).toEqual(entries.map(({ id }) => ({ id, ...due })));
        expect(carried.length).toBeGreaterThan(0);
      }
    }
  });

  it('has an entry for each command', () => {
    const commands = (version: Version) =>
      catalogue(version).flatMap(({ module, path }) => (module === 'commands' && path[0] ? [path[0]] : []));
    expect(commands('2.1.1').sort()).toEqual(COMMANDS.filter(name => name !== 'CANCEL_RESERVATION').sort());
    expect(commands('2.2.1').sort()).toEqual([...COMMANDS].sort());
  });
});

describe('checking what goes through an endpoint', () => {
  const request = (id: string, version: Version, body: unknown) => {
    const { view, findings } = entryById(id)?.request?.[version]?.(body, { version }) ?? { findings: [] };
    return { view, codes: findings.map(({ code, pointer }) => `${code} ${pointer}`) };
  };

  it('a PATCH may hold a part, a PUT may not', () => {
    const part = { status: 'CHARGING', last_updated: '2026-03-14T08:15:00Z' };
    expect(request('locations.patch-evse', '2.2.1', part)).toEqual({ view: part, codes: [] });
    expect(request('locations.put-evse', '2.2.1', part).view).toBeUndefined();
  });

  it('a page is checked object by object', () => {
    const items = entryById('locations.list')?.items?.['2.2.1'];
    const checked = items?.([{}, fixture('2.2.1', 'Location')], { version: '2.2.1' });
    expect(checked?.items.map(({ view }) => view !== undefined)).toEqual([false, true]);
  });

  it('each command has its own body', () => {
    const start = fixture('2.2.1', 'StartSession');
    expect(request('commands.start-session', '2.2.1', start).codes).toEqual([]);
    expect(request('commands.stop-session', '2.2.1', start).codes).toContain('field.missing /session_id');
  });

  it('a terminal needs no id to be activated, and misses it where its URL has one (T32)', () => {
    const { terminal_id: _, ...terminal } = fixture('2.3.0', 'Terminal');
    expect(request('payments.activate-terminal', '2.3.0', terminal).codes).toEqual([]);
    expect(request('payments.put-terminal', '2.3.0', terminal).codes).toEqual(['terminal.id-missing /terminal_id']);
    expect(request('payments.post-terminal', '2.3.0', terminal).codes).toEqual(['field.missing /terminal_id']);
  });

  it('the result of a charging profile may be any of the three', () => {
    for (const type of ['ActiveChargingProfileResult', 'ChargingProfileResult', 'ClearProfileResult']) {
      expect(request('chargingprofiles.result', '2.2.1', fixture('2.2.1', type)).codes).toEqual([]);
    }
  });
});

describe('modules', () => {
  it('identifiers are matched in any case, and bookings under both of its names', () => {
    expect(moduleOf('Locations')).toBe('locations');
    expect(moduleOf('Booking')).toBe('bookings');
    expect(moduleOf('bookings')).toBe('bookings');
    expect(moduleOf('nltnm-tokens')).toBeUndefined();
  });

  it('versions, credentials and hubclientinfo are configuration, all others are routed', () => {
    expect(['versions', 'credentials', 'HubClientInfo'].some(isFunctional)).toBe(false);
    expect(['locations', 'nltnm-tokens'].every(isFunctional)).toBe(true);
  });

  it('newer versions have more modules', () => {
    expect(modulesOf('2.1.1')).toHaveLength(8);
    expect(modulesOf('2.2.1')).toHaveLength(10);
    expect(modulesOf('2.3.0')).toHaveLength(13);
  });
});
