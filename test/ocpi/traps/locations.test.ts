import { describe, expect, it } from 'vitest';
import type { Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../fixtures.ts';
import { changed, check, type Json } from './checking.ts';

describe('addresses', () => {
  it('a country of two letters is a warning (T16)', () => {
    expect(changed('2.2.1', 'Location', { country: 'SE' }).findings).toEqual(['warning country.code /country']);
    expect(changed('2.1.1', 'Location', { country: 'SE' }).findings).toEqual(['warning country.code /country']);
    expect(changed('2.2.1', 'Location', { country: '#NA' }).findings).toEqual([]);
  });

  const coordinates = (version: Version, latitude: unknown, longitude: unknown = '17.638927') =>
    changed(version, 'Location', { coordinates: { latitude, longitude } });

  it('2.1.1 wants six decimals, 2.2 and later five to seven (T16)', () => {
    const miss = ['warning coordinates.spelling /coordinates/latitude'];
    expect(coordinates('2.1.1', '59.85856').findings).toEqual(miss);
    expect(coordinates('2.1.1', '59.858562').findings).toEqual([]);
    expect(coordinates('2.2.1', '59.85856').findings).toEqual([]);
    expect(coordinates('2.2.1', '59.8586').findings).toEqual(miss);
    expect(coordinates('2.2.1', 'north').findings).toEqual(miss);
  });

  it('coordinates that are numbers are read as their digits', () => {
    const { view, findings } = coordinates('2.2.1', 59.85856);
    expect(findings).toEqual(['warning type.number-for-string /coordinates/latitude']);
    expect(view?.['coordinates']).toEqual({ latitude: '59.85856', longitude: '17.638927' });
  });

  it('coordinates outside the globe are a warning, well spelled or not', () => {
    expect(coordinates('2.2.1', '95.00000').findings).toEqual(['warning coordinates.range /coordinates/latitude']);
    expect(coordinates('2.2.1', '59.85856', '-181').findings).toEqual([
      'warning coordinates.spelling /coordinates/longitude',
      'warning coordinates.range /coordinates/longitude',
    ]);
  });

  it('texts longer than before the errata are fine where they grew, a warning where not (T23)', () => {
    const address = 'x'.repeat(60);
    expect(changed('2.2.1', 'Location', { address }).findings).toEqual([]);
    expect(changed('2.1.1', 'Location', { address }).findings).toEqual(['warning text.too-long /address']);
    const cdr = fixture('2.2.1', 'CDR');
    const cdr_location = { ...(cdr['cdr_location'] as Json), address };
    expect(check('2.2.1', 'CDR', { ...cdr, cdr_location })).toMatchObject({
      view: { cdr_location: { address } },
      findings: ['warning text.too-long /cdr_location/address'],
    });
  });
});

describe('opening hours', () => {
  const period = (begin: string, end: string) => ({
    twentyfourseven: false,
    regular_hours: [{ weekday: 2, period_begin: begin, period_end: end }],
  });

  it('until midnight and overnight are fine, 24:00 is a warning (T24)', () => {
    expect(check('2.2.1', 'Hours', period('22:00', '02:00')).findings).toEqual([]);
    expect(check('2.2.1', 'Hours', period('06:00', '00:00')).findings).toEqual([]);
    expect(check('2.2.1', 'Hours', period('06:00', '24:00')).findings).toEqual([
      'warning time.twenty-four /regular_hours/0/period_end',
    ]);
    expect(check('2.2.1', 'Hours', period('6:00', '25:00')).findings).toEqual([
      'warning time.spelling /regular_hours/0/period_begin',
      'warning time.spelling /regular_hours/0/period_end',
    ]);
  });

  it('2.1.1 does not need twentyfourseven, later versions do (T28a)', () => {
    const { regular_hours } = period('06:00', '22:00');
    expect(check('2.1.1', 'Hours', { regular_hours }).findings).toEqual([]);
    expect(check('2.1.1', 'Hours', {}).findings).toEqual(['warning hours.regular-missing ']);
    expect(check('2.2.1', 'Hours', { regular_hours }).findings).toEqual(['error field.missing /twentyfourseven']);
  });

  it('a place that is never open, or that has hours it does not need, is noticed', () => {
    expect(check('2.2.1', 'Hours', { twentyfourseven: false }).findings).toEqual(['warning hours.regular-missing ']);
    expect(check('2.2.1', 'Hours', { twentyfourseven: true, regular_hours: [] }).findings).toEqual([]);
    expect(check('2.2.1', 'Hours', { ...period('06:00', '22:00'), twentyfourseven: true }).findings).toEqual([
      'note hours.regular-unexpected /regular_hours',
    ]);
  });

  it('Sunday is 7', () => {
    const hours = {
      twentyfourseven: false,
      regular_hours: [{ weekday: 0, period_begin: '06:00', period_end: '22:00' }],
    };
    expect(check('2.2.1', 'Hours', hours).findings).toEqual(['warning hours.weekday /regular_hours/0/weekday']);
  });
});

describe('EVSEs and locations', () => {
  it('an EVSE that is gone may be without connectors, any other may not (T28)', () => {
    expect(changed('2.2.1', 'EVSE', { status: 'REMOVED', connectors: [] }).findings).toEqual([]);
    expect(changed('2.2.1', 'EVSE', { status: 'AVAILABLE', connectors: [] }).findings).toEqual([
      'warning list.empty /connectors',
    ]);
  });

  it('numbers for short texts are read as their digits (T20)', () => {
    expect(changed('2.1.1', 'EVSE', { floor_level: -1, physical_reference: 3 })).toMatchObject({
      view: { floor_level: '-1', physical_reference: '3' },
      findings: ['warning type.number-for-string /floor_level', 'warning type.number-for-string /physical_reference'],
    });
  });

  it("the format of EVSE ids is nobody's business (T26)", () => {
    expect(changed('2.2.1', 'EVSE', { evse_id: 'whatever' }).findings).toEqual([]);
  });

  it('parking places listed as texts are read as their ids (T30)', () => {
    const { view, findings } = changed('2.3.0', 'EVSE', { parking: ['1', { parking_id: '2' }] });
    expect(findings).toEqual(['warning evse-parking.text /parking/0']);
    expect(view?.['parking']).toEqual([{ parking_id: '1' }, { parking_id: '2' }]);
  });

  it('who a location is shown to has to be tellable', () => {
    const allowed = [{ uid: 'A' }, {}, { visual_number: 'A', issuer: 'B' }, { group_id: 'g' }];
    expect(changed('2.2.1', 'Location', { publish_allowed_to: allowed }).findings).toEqual([
      'warning publish-token.incomplete /publish_allowed_to/0',
      'warning publish-token.incomplete /publish_allowed_to/1',
    ]);
  });

  it('energy sources that do not add up are noted', () => {
    const energy_mix = { is_green_energy: true, energy_sources: [{ source: 'WIND', percentage: 80 }] };
    expect(changed('2.2.1', 'Location', { energy_mix }).findings).toEqual([
      'note energy-mix.sum /energy_mix/energy_sources',
    ]);
  });

  it('values of newer versions are kept with a warning, in open enums without one (T30a)', () => {
    expect(changed('2.2.1', 'Connector', { standard: 'MCS' })).toMatchObject({
      view: { standard: 'MCS' },
      findings: ['warning enum.unknown /standard'],
    });
    expect(changed('2.3.0', 'Connector', { standard: 'NACS_V9' }).findings).toEqual([]);
    expect(changed('2.3.0', 'Connector', { power_type: 'AC_6_PHASE' }).findings).toEqual([
      'warning enum.unknown /power_type',
    ]);
  });

  it('fields of other versions are notes before 2.3.0 and nothing there', () => {
    expect(changed('2.2.1', 'EVSE', { floor: -2 }).findings).toEqual(['note field.unknown /floor']);
    expect(changed('2.3.0', 'EVSE', { floor: -2 }).findings).toEqual([]);
  });
});
