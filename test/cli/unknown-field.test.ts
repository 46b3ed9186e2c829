import { describe, expect, it } from 'vitest';
import { unknownFieldLines } from '../../core/cli/unknown-field.ts';
import { PulledModule } from '../../core/contract/objects.ts';

const OWN_FIELDS = "Fields of a partner's own are looked through as well.";

describe('a condition that nothing fits', () => {
  it('says nothing of fields that some version has', () => {
    expect(unknownFieldLines('locations', ['evses.status=CHARGING', 'city=Oslo', 'type=ON_STREET'])).toEqual([]);
    expect(unknownFieldLines('locations')).toEqual([]);
  });

  it('names the fields there are where it was looked for', () => {
    const [line, ...rest] = unknownFieldLines('locations', ['evses.colour=red', 'evses.status=CHARGING']);
    expect(line).toMatch(
      /^Location has no field evses\.colour in any version \(known there: .*\bstatus\b.*\buid\b.*\)\.$/,
    );
    expect(rest).toEqual([OWN_FIELDS]);
  });

  it('says where there are no fields at all', () => {
    expect(unknownFieldLines('locations', ['city.name=Oslo'])).toEqual([
      'Location has no field city.name in any version (city has no fields).',
      OWN_FIELDS,
    ]);
  });

  it('looks through every kind of object a module has', () => {
    expect(unknownFieldLines('payments', ['capture_status_code=SUCCESS'])).toEqual([]);
    expect(unknownFieldLines('payments', ['colour=red']).map(line => line.split(' ', 1)[0])).toEqual([
      'Terminal',
      'FinancialAdviceConfirmation',
      'Fields',
    ]);
  });

  it('names fields for the objects of every module', () => {
    for (const module of PulledModule.options) {
      const [line = ''] = unknownFieldLines(module, ['no_such_field=1']);
      expect(line, module).toMatch(/ has no field no_such_field in any version \(known there: \w+, /);
    }
  });
});
