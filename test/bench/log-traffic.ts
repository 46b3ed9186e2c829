import type { ExchangeRecord } from '../../core/http/exchange.ts';

const BEGAN = Date.UTC(2026, 0, 15, 12);
const LINKS = 8;
const DRIVERS = 5000;

/** The same for the same number: what differs between real exchanges (ids, meters, times) differs here too. */
function draws(number: number): () => number {
  let state = (number * 2_654_435_761 + 12_345) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

const hex = (draw: () => number, digits: number): string => {
  let text = '';
  while (text.length < digits) text += draw().toString(16).padStart(8, '0');
  return text.slice(0, digits);
};

const uuid = (draw: () => number): string =>
  `${hex(draw, 8)}-${hex(draw, 4)}-4${hex(draw, 3)}-8${hex(draw, 3)}-${hex(draw, 12)}`;

/** A session of about 1 kB that a partner put, and our answer. */
export function pushedSession(number: number): ExchangeRecord {
  const draw = draws(number);
  const driver = draws(1 + (draw() % DRIVERS));
  const startedAt = BEGAN + number * 800;
  const at = new Date(startedAt).toISOString();
  const [requestId, correlationId, id] = [uuid(draw), uuid(draw), uuid(draw)];
  const session = {
    country_code: 'DE',
    party_id: 'ALF',
    id,
    start_date_time: at,
    kwh: (draw() % 60_000) / 1000,
    cdr_token: {
      country_code: 'DE',
      party_id: 'BET',
      uid: hex(driver, 14).toUpperCase(),
      type: 'RFID',
      contract_id: `DE-BET-C${String(driver() % 100_000_000).padStart(8, '0')}-X`,
    },
    auth_method: 'WHITELIST',
    authorization_reference: uuid(draw),
    location_id: `LOC${draw() % 20_000}`,
    evse_uid: `${draw() % 90_000}`,
    connector_id: `${1 + (draw() % 2)}`,
    meter_id: hex(draw, 12),
    currency: 'EUR',
    charging_periods: Array.from({ length: 3 }, (_, period) => ({
      start_date_time: new Date(startedAt - period * 900_000).toISOString(),
      dimensions: [
        { type: 'ENERGY', volume: (draw() % 9000) / 1000 },
        { type: 'TIME', volume: (draw() % 900) / 3600 },
      ],
      tariff_id: `${draw() % 300}`,
    })),
    total_cost: { excl_vat: (draw() % 4000) / 100, incl_vat: (draw() % 4800) / 100 },
    status: 'ACTIVE',
    last_updated: at,
  };
  const body = Buffer.from(JSON.stringify(session));
  const ids: readonly (readonly [string, string])[] = [
    ['X-Request-ID', requestId],
    ['X-Correlation-ID', correlationId],
  ];
  return {
    direction: 'in',
    linkId: 1 + (number % LINKS),
    operation: 'sessions.put',
    version: '2.2.1',
    startedAt,
    request: {
      method: 'PUT',
      url: `/ocpi/2.2.1/receiver/sessions/DE/ALF/${id}`,
      headers: [
        ['Host', 'workbench.example'],
        ['Authorization', 'Token {token:0a1b2c3d4e5f:base64:48}'],
        ['Content-Type', 'application/json'],
        ['Content-Length', String(body.length)],
        ...ids,
        ['OCPI-from-country-code', 'DE'],
        ['OCPI-from-party-id', 'ALF'],
        ['OCPI-to-country-code', 'DE'],
        ['OCPI-to-party-id', 'BET'],
      ],
      body,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['Date', new Date(startedAt).toUTCString()], ['Content-Type', 'application/json'], ...ids],
      body: Buffer.from(`{"status_code":1000,"status_message":"Success","timestamp":"${at}"}`),
    },
    ended: { how: 'answered' },
    timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total: (draw() % 3000) / 1000 },
    ocpiStatus: 1000,
    requestId,
    correlationId,
    fromParty: 'DE-ALF',
    toParty: 'DE-BET',
    findings: [],
  };
}
