import type { Json } from '../../support/registered-partner.ts';

/** Ten euro-cents a Wh-block: 0.50 a kWh in blocks of 500 Wh, before 21 % of VAT. */
export const tariff = (changes: Json = {}): Json => ({
  country_code: 'NL',
  party_id: 'ABC',
  id: 'T1',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.5, vat: 21, step_size: 500 }] }],
  last_updated: '2026-01-01T00:00:00Z',
  ...changes,
});

const TOKEN: Json = { country_code: 'NL', party_id: 'EMP', uid: 'CARD1', type: 'RFID', contract_id: 'NL-EMP-C1' };

/** 10 kWh in an hour at noon: 5.00 before, 6.05 with VAT. */
export const cdr = (changes: Json = {}): Json => ({
  country_code: 'NL',
  party_id: 'ABC',
  id: 'D1',
  start_date_time: '2026-11-02T12:00:00Z',
  end_date_time: '2026-11-02T13:00:00Z',
  session_id: 'S1',
  cdr_token: TOKEN,
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'L1',
    address: 'Dam 1',
    city: 'Amsterdam',
    country: 'NLD',
    coordinates: { latitude: '52.37', longitude: '4.89' },
    evse_uid: 'E1',
    evse_id: 'NL*ABC*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  tariffs: [tariff()],
  charging_periods: [
    {
      start_date_time: '2026-11-02T12:00:00Z',
      dimensions: [
        { type: 'ENERGY', volume: 10 },
        { type: 'TIME', volume: 1 },
      ],
      tariff_id: 'T1',
    },
  ],
  total_cost: { before_taxes: 5, taxes: [{ name: 'VAT', percentage: 21, amount: 1.05 }] },
  total_energy: 10,
  total_time: 1,
  last_updated: '2026-11-02T13:00:00Z',
  ...changes,
});

export const session = (changes: Json = {}): Json => ({
  country_code: 'NL',
  party_id: 'ABC',
  id: 'S1',
  start_date_time: '2026-11-02T12:00:00Z',
  end_date_time: '2026-11-02T13:00:00Z',
  kwh: 10,
  cdr_token: TOKEN,
  auth_method: 'WHITELIST',
  location_id: 'L1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: cdr()['charging_periods'],
  total_cost: { before_taxes: 5, taxes: [{ name: 'VAT', percentage: 21, amount: 1.05 }] },
  status: 'COMPLETED',
  last_updated: '2026-11-02T13:00:00Z',
  ...changes,
});

/** Where the tariff is that of the only connector. */
export const location = (changes: Json = {}): Json => ({
  country_code: 'NL',
  party_id: 'ABC',
  id: 'L1',
  publish: true,
  address: 'Dam 1',
  city: 'Amsterdam',
  country: 'NLD',
  coordinates: { latitude: '52.37', longitude: '4.89' },
  evses: [
    {
      uid: 'E1',
      status: 'AVAILABLE',
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 400,
          max_amperage: 32,
          tariff_ids: ['T1'],
          last_updated: '2026-01-01T00:00:00Z',
        },
      ],
      last_updated: '2026-01-01T00:00:00Z',
    },
  ],
  time_zone: 'Europe/Amsterdam',
  last_updated: '2026-01-01T00:00:00Z',
  ...changes,
});
