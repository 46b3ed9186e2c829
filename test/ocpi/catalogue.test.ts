import { describe, expect, it } from 'vitest';
import { allowedMethods, catalogue, entryById, isPlaceholder } from '../../core/ocpi/catalogue.ts';
import { isFunctional, moduleOf, modulesOf } from '../../core/ocpi/modules.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

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
        expect(entry.words).toMatch(/^[a-z]+, /);
        expect(entry.id).toMatch(/^[a-z]+\.[a-z-]+$/);
      }
    }
    expect(entryById('unknown')).toBeUndefined();
  });

  it('the methods of a path are told for the Allow header', () => {
    const [list] = catalogue('2.2.1');
    const post = entryById('credentials.post');
    expect(list && allowedMethods('2.2.1', list)).toEqual(['GET', 'HEAD']);
    expect(post && allowedMethods('2.2.1', post)).toEqual(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']);
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
