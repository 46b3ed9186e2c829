import { describe, expect, it } from 'vitest';
import { unknownField } from '../../core/ocpi/field-path.ts';

describe('the path of a field', () => {
  it('is known where the tables of any version have it, through lists and optional fields', () => {
    expect(unknownField('Location', 'evses.status')).toBeUndefined();
    expect(unknownField('Location', 'evses.connectors.power_type')).toBeUndefined();
    // Only in 2.1.1, and only from 2.2 on.
    expect(unknownField('Location', 'type')).toBeUndefined();
    expect(unknownField('Location', 'party_id')).toBeUndefined();
  });

  it('is told apart where it leaves the tables, with what stands there', () => {
    expect(unknownField('Location', 'evse.status')).toMatchObject({
      within: '',
      known: expect.arrayContaining(['evses']),
    });
    expect(unknownField('Location', 'evses.colour')).toMatchObject({
      within: 'evses',
      known: expect.arrayContaining(['status', 'uid']),
    });
    expect(unknownField('Location', 'city.name')).toEqual({ within: 'city', known: [] });
  });
});
