import { writeDateTime } from '../../../core/ocpi/date-time.ts';

export const HOUR = 3_600_000;
export const START = Date.UTC(2026, 2, 10, 9, 30);

/** What a charge is made of, as both its session and its CDR tell it. */
export interface Charged {
  readonly id: string;
  readonly start: number;
  readonly hours: number;
  readonly kwh: number;
  readonly cost: number;
  readonly currency: string;
  readonly idle: number;
  readonly location: string;
  readonly evse: string;
  readonly token: string;
  readonly tariff: string;
  readonly party: string;
}

export function charged(id: string, more: Partial<Charged> = {}): Charged {
  return {
    ...{ id, start: START, hours: 2, kwh: 20, cost: 10, currency: 'EUR', idle: 0.5, location: 'LOC1', evse: 'E1' },
    ...{ token: 'TOKEN1', tariff: 'T1', party: 'TNM' },
    ...more,
  };
}

/** A CDR of 2.2.1. */
export function cdrOf(of: Charged, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ country_code: 'NL', party_id: of.party, id: `C-${of.id}`, session_id: `S-${of.id}` },
    start_date_time: writeDateTime(of.start),
    end_date_time: writeDateTime(of.start + of.hours * HOUR),
    cdr_token: { country_code: 'NL', party_id: 'EMP', uid: of.token, type: 'RFID', contract_id: `NL-EMP-${of.token}` },
    auth_method: 'WHITELIST',
    cdr_location: {
      ...{ id: of.location, address: 'Street 1', city: 'Utrecht', country: 'USA' },
      coordinates: { latitude: '52.1', longitude: '5.1' },
      ...{ evse_uid: of.evse, evse_id: `NL*TNM*${of.evse}`, connector_id: '1' },
      ...{ connector_standard: 'IEC_62196_T2', connector_format: 'SOCKET', connector_power_type: 'AC_3_PHASE' },
    },
    currency: of.currency,
    tariffs: [],
    charging_periods: [
      {
        start_date_time: writeDateTime(of.start),
        tariff_id: of.tariff,
        dimensions: [{ type: 'ENERGY', volume: of.kwh }],
      },
    ],
    total_cost: { excl_vat: of.cost, incl_vat: of.cost * 1.2 },
    ...{ total_energy: of.kwh, total_time: of.hours, total_parking_time: of.idle },
    last_updated: writeDateTime(of.start + of.hours * HOUR),
    ...more,
  };
}

/** Its credit CDR: a copy of which only the total is negated (digest 6.3). */
export function creditOf(of: Charged, more: Readonly<Record<string, unknown>> = {}) {
  return cdrOf(of, {
    ...{ id: `C-${of.id}-C`, credit: true, credit_reference_id: `C-${of.id}` },
    total_cost: { excl_vat: -of.cost, incl_vat: of.cost * -1.2 },
    ...more,
  });
}

/** A session of 2.2.1. */
export function sessionOf(of: Charged, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ country_code: 'NL', party_id: of.party, id: `S-${of.id}`, kwh: of.kwh, currency: of.currency },
    start_date_time: writeDateTime(of.start),
    end_date_time: writeDateTime(of.start + of.hours * HOUR),
    cdr_token: { country_code: 'NL', party_id: 'EMP', uid: of.token, type: 'RFID', contract_id: `NL-EMP-${of.token}` },
    auth_method: 'WHITELIST',
    ...{ location_id: of.location, evse_uid: of.evse, connector_id: '1' },
    charging_periods: [
      {
        start_date_time: writeDateTime(of.start),
        tariff_id: of.tariff,
        dimensions: [{ type: 'PARKING_TIME', volume: of.idle }],
      },
    ],
    total_cost: { excl_vat: of.cost, incl_vat: of.cost * 1.2 },
    status: 'COMPLETED',
    last_updated: writeDateTime(of.start + of.hours * HOUR),
    ...more,
  };
}
