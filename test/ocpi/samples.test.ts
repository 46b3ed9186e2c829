import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { compileChecker, compileItemsChecker, compilePatchChecker, listChecker } from '../../core/ocpi/check.ts';
import { readEnvelope } from '../../core/ocpi/envelope.ts';
import { findType } from '../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';

/** The samples of the specification, beside a checkout of the project where they are at hand; never part of it. */
const folder = new URL('../../../shared/ocpi/examples/', import.meta.url);
const index = new URL('index.json', folder);

interface Sample {
  readonly file: string;
  readonly version: Version;
  /** `Token[]` for lists, `envelope` for whole answers. */
  readonly type: string;
  readonly kind: 'object' | 'request' | 'partial' | 'response';
  /** Of an envelope's data. */
  readonly dataType?: string;
}

/**
 * What is found in samples besides notes. Errors stand only where the digest (8.10) says that the sample contradicts the
 * table, and no trap asks for leniency; fragments of objects lack last_updated because they are fragments.
 */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '2.1.1/cdrs/example_of_a_cdr.json': [
    'warning country.code /location/country',
    'warning type.string-for-number /tariffs/0/elements/0/price_components/0/price',
  ],
  '2.1.1/sessions/simple_session_example_of_a_just_starting_session.json': ['warning country.code /location/country'],
  '2.1.1/sessions/simple_session_example_of_a_short_finished_session.json': [
    'warning country.code /location/country',
    'warning energy.watt-hours /charging_periods',
  ],
  '2.1.1/tariffs/example_new_tariff_2_euro_per_hour.json': ['warning last-updated.missing /last_updated'],
  '2.2.1/locations/location_energymix_example_energy_provider.json': [
    'warning patch.last-updated-missing /last_updated',
  ],
  '2.2.1/locations/location_regularhours_example.json': ['warning patch.last-updated-missing /last_updated'],
  '2.2.1/tariffs/tariff_put_example.json': ['warning last-updated.missing /last_updated'],
  '2.3.0/bookings/booking_location_example.json': [
    'warning list.single /booking_option/evse_position',
    'warning date-time.unusable /calendars/0/end_before',
    'warning date-time.unusable /calendars/0/available_timeslots/0/end_date_time',
    'warning date-time.unusable /calendars/1/end_before',
    'warning date-time.unusable /calendars/1/available_timeslots/0/end_date_time',
  ],
  '2.3.0/bookings/booking_location_patch_example_calendar.json': [
    'warning field.missing /available_timeslots/0/start_date_time',
    'warning field.missing /available_timeslots/0/end_date_time',
  ],
  '2.3.0/bookings/booking_request_patch_example_tokens.json': ['warning patch.children /tokens'],
  '2.3.0/cdrs/cdr_example.json': ['warning tariff.tax-included-missing /tariffs/0/tax_included'],
  '2.3.0/locations/location_energymix_example_complete.json': ['warning patch.last-updated-missing /last_updated'],
  '2.3.0/locations/location_energymix_example_energy_provider.json': [
    'warning patch.last-updated-missing /last_updated',
  ],
  '2.3.0/locations/location_energymix_example_simple.json': ['warning patch.last-updated-missing /last_updated'],
  '2.3.0/locations/location_put_example_add_evse.json': [
    'error field.missing /connectors/0/power_type',
    'error field.missing /connectors/0/max_voltage',
    'error field.missing /connectors/0/max_amperage',
    'error field.missing /connectors/0/last_updated',
    'warning type.number-for-string /physical_reference',
  ],
  '2.3.0/locations/location_regularhours_example.json': ['warning patch.last-updated-missing /last_updated'],
  '2.3.0/payments/payment_financial_advice_confirmation_create.json': ['warning price.other-shape /total_costs'],
  '2.3.0/payments/payment_financial_advice_confirmation_example_success.json': [
    'warning price.other-shape /total_costs',
  ],
  '2.3.0/payments/payment_terminal_create_minimal.json': ['warning last-updated.missing /last_updated'],
  '2.3.0/payments/payment_terminal_location_assignment.json': ['warning patch.last-updated-missing /last_updated'],
  '2.3.0/payments/payment_terminal_put_update.json': [
    'error field.missing /terminal_id',
    'warning url.unusable /invoice_base_url',
  ],
  '2.3.0/sessions/session_example_2_short_finished.json': ['warning energy.watt-hours /charging_periods'],
  '2.3.0/tariffs/tariff_put_example.json': ['warning last-updated.missing /last_updated'],
};

function schemaOf(version: Version, name: string): z.ZodType {
  const type = findType(version, name);
  if (type === undefined) throw new Error(`no type ${name} in ${version}`);
  return type.schema;
}

function checkData(version: Version, name: string, json: unknown, kind: Sample['kind'], pointer = '') {
  if (name.endsWith('[]')) {
    return listChecker(compileItemsChecker(schemaOf(version, name.slice(0, -2))))(json, { version, pointer });
  }
  const schema = schemaOf(version, name);
  const checker = kind === 'partial' ? compilePatchChecker(schema as z.ZodObject) : compileChecker(schema);
  return checker(json, { version, pointer });
}

function findingsOf({ version, type, kind, dataType }: Sample, text: string): string[] {
  const json: unknown = JSON.parse(text);
  const { view: envelope, findings } = readEnvelope(text, version);
  const found =
    type !== 'envelope'
      ? checkData(version, type, json, kind).findings
      : dataType === undefined
        ? findings
        : [...findings, ...checkData(version, dataType, envelope?.data, kind, '/data').findings];
  return found
    .filter(({ severity }) => severity !== 'note')
    .map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
}

describe('the samples of the specification', () => {
  it.skipIf(!existsSync(index)).each(VERSIONS)('of %s have no findings but the known ones', version => {
    const samples = (JSON.parse(readFileSync(index, 'utf8')) as Sample[]).filter(sample => sample.version === version);
    expect(samples.length).toBeGreaterThan(10);
    for (const sample of samples) {
      const text = readFileSync(new URL(sample.file, folder), 'utf8');
      expect({ file: sample.file, findings: findingsOf(sample, text) }).toEqual({
        file: sample.file,
        findings: EXPECTED[sample.file] ?? [],
      });
    }
  });
});
