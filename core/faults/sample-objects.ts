import { writeDateTime } from '../ocpi/date-time.ts';
import { type ExampleContext, exampleOf } from '../ocpi/example.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';
import { modulesOf } from '../ocpi/modules.ts';
import type { OcpiType } from '../ocpi/types.ts';
import { VERSIONS, type Version } from '../ocpi/versions.ts';

const HOUR_MS = 3_600_000;
const ENERGY = [6, 4.5];
const PER_KWH = 0.3;
const TAX_PERCENT = 20;

export interface SampleContext extends ExampleContext {
  /** Of whoever serves it. */
  readonly versionsUrl: string;
}

/** An object of a type that a partner could have sent: as core/ocpi/example.ts, with what faults are shown on. */
export function sampleObject(type: OcpiType, context: SampleContext): unknown {
  const { version, name } = type;
  if (name === 'VersionDetails') return versionDetails(version, context);
  const example = exampleOf(type.schema, context);
  if (!isJsonObject(example)) return example;
  switch (name) {
    case 'CDR':
      return { ...example, ...billed(version, context), ...priced(version, context) };
    case 'Session':
      return { ...example, ...charged(version, context), total_cost: price(version, total()), status: 'COMPLETED' };
    case 'Tariff':
      return { ...example, elements: elements(version) };
    case 'Location':
      return {
        ...example,
        name: 'Station',
        time_zone: 'Europe/Amsterdam',
        ...(version !== '2.1.1' && { publish: true }),
      };
    case 'AuthorizationInfo':
      return { ...example, allowed: 'BLOCKED' };
    case 'Credentials':
      return { ...example, token: `a-token-of-the-sample-${context.newId()}`, url: context.versionsUrl };
    default:
      return example;
  }
}

/** What a list of versions says. */
export function sampleVersions({ versionsUrl }: Pick<SampleContext, 'versionsUrl'>): JsonObject[] {
  return VERSIONS.map(version => ({ version, url: `${versionsUrl.replace(/\/versions$/, '')}/${version}` }));
}

function versionDetails(version: Version, { versionsUrl }: SampleContext): JsonObject {
  const base = `${versionsUrl.replace(/\/versions$/, '')}/${version}`;
  const modules = modulesOf(version).filter(module => module !== 'versions');
  const endpoints = modules.flatMap((identifier): JsonObject[] => {
    if (version === '2.1.1') return [{ identifier, url: `${base}/${identifier}` }];
    if (identifier === 'credentials') return [{ identifier, role: 'SENDER', url: `${base}/${identifier}` }];
    return ['SENDER', 'RECEIVER'].map(role => ({
      identifier,
      role,
      url: `${base}/${role.toLowerCase()}/${identifier}`,
    }));
  });
  return { version, endpoints };
}

/** Two periods of an hour in all, the last of which ended just now. */
function charged(version: Version, { now }: SampleContext): JsonObject {
  const begin = now - HOUR_MS;
  const periods = ENERGY.map((volume, at) => ({
    start_date_time: writeDateTime(begin + (at * HOUR_MS) / ENERGY.length),
    dimensions: [{ type: 'ENERGY', volume }],
  }));
  const [from, to] =
    version === '2.1.1'
      ? (['start_datetime', 'end_datetime'] as const)
      : (['start_date_time', 'end_date_time'] as const);
  return { [from]: writeDateTime(begin), [to]: writeDateTime(now), kwh: sum(ENERGY), charging_periods: periods };
}

function billed(version: Version, context: SampleContext): JsonObject {
  const { charging_periods: periods = null } = charged(version, context);
  return {
    start_date_time: writeDateTime(context.now - HOUR_MS),
    [version === '2.1.1' ? 'stop_date_time' : 'end_date_time']: writeDateTime(context.now),
    charging_periods: periods,
    total_energy: sum(ENERGY),
    total_time: 1,
  };
}

/** Costs that are what the tariff gives. */
function priced(version: Version, context: SampleContext): JsonObject {
  const owner = { country_code: context.party.countryCode, party_id: context.party.partyId };
  const tariff = {
    ...(version !== '2.1.1' && owner),
    id: context.newId(),
    currency: 'EUR',
    elements: elements(version),
    last_updated: writeDateTime(context.now - HOUR_MS),
    ...(version === '2.3.0' && { tax_included: 'NO' }),
  };
  const cost = price(version, total());
  return { tariffs: [tariff], total_cost: cost, ...(version !== '2.1.1' && { total_energy_cost: cost }) };
}

function elements(version: Version): JsonObject[] {
  const tax = version === '2.2.1' ? { vat: TAX_PERCENT } : {};
  return [{ price_components: [{ type: 'ENERGY', price: PER_KWH, ...tax, step_size: 1 }] }];
}

function price(version: Version, net: number): JsonObject[string] {
  const tax = cents((net * TAX_PERCENT) / 100);
  if (version === '2.1.1') return net;
  if (version === '2.2.1') return { excl_vat: net, incl_vat: cents(net + tax) };
  return { before_taxes: net, taxes: [{ name: 'VAT', percentage: TAX_PERCENT, amount: tax }] };
}

function total(): number {
  return cents(sum(ENERGY) * PER_KWH);
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function sum(volumes: readonly number[]): number {
  return volumes.reduce((left, right) => left + right, 0);
}
