import { describe, expect, it } from 'vitest';
import { bodyTypeOf } from '../../core/ocpi/body-types.ts';
import { catalogue } from '../../core/ocpi/catalogue.ts';
import { exampleOf } from '../../core/ocpi/example.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

let made = 0;
const context = {
  now: Date.parse('2026-05-01T12:00:00Z'),
  newId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
  party: { countryCode: 'NL', partyId: 'WBX' },
};

describe('the body of an operation', () => {
  it.each(VERSIONS)('has a type wherever the catalogue of %s checks one, and nowhere else', version => {
    const typed = catalogue(version).filter(entry => bodyTypeOf(entry, version) !== undefined);
    const checked = catalogue(version).filter(({ request }) => request?.[version] !== undefined);
    expect(typed.map(({ id }) => id)).toEqual(checked.map(({ id }) => id));
  });

  const entries = VERSIONS.flatMap(version =>
    catalogue(version)
      .filter(({ request, method }) => request?.[version] !== undefined && method !== 'PATCH')
      .map(entry => ({ id: entry.id, version, entry })),
  );
  it.each(entries)('$id of $version has an example with nothing to complain about', ({ entry, version }) => {
    const type = bodyTypeOf(entry, version);
    if (type === undefined) throw new Error('it has a type');
    const example = exampleOf(type.schema, context);
    const { view, findings } = entry.request?.[version]?.(example, { version }) ?? { findings: [] };
    expect(findings).toEqual([]);
    expect(view).toBeDefined();
  });
});
