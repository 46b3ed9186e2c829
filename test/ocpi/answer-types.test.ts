import { describe, expect, it } from 'vitest';
import { answerTypeOf } from '../../core/ocpi/answer-types.ts';
import { catalogue } from '../../core/ocpi/catalogue.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';
import { fixturesOf } from './fixtures.ts';

describe.each(VERSIONS)('the types of answers in %s', version => {
  it('are known of exactly the operations whose answers are checked', () => {
    const checked = catalogue(version).filter(({ response, items }) => response?.[version] ?? items?.[version]);
    const typed = catalogue(version).filter(entry => answerTypeOf(entry, version));
    expect(typed.map(({ id }) => id)).toEqual(checked.map(({ id }) => id));
  });

  it('are those of the objects that these checks accept', () => {
    const fixtures = fixturesOf(version);
    for (const entry of catalogue(version)) {
      const type = answerTypeOf(entry, version);
      const values = fixtures.filter(({ type: name }) => name === type?.name).map(({ value }) => value);
      const isList = entry.items !== undefined || entry.id === 'versions.list';
      for (const value of isList ? [values] : values) {
        const errors = entry.response?.[version]?.(value, { version }).findings.filter(
          found => found.severity === 'error',
        );
        expect(errors, entry.id).toEqual([]);
      }
    }
  });
});
