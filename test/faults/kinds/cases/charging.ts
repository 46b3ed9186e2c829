import { expect } from 'vitest';
import { fixture } from '../../../ocpi/fixtures.ts';
import type { SocketCase } from './case.ts';
import { FIRST_TARIFF, LIST, refused } from './ground.ts';

const PERIODS =
  '[{"start_date_time":"2026-01-15T10:00:00Z","dimensions":[{"type":"ENERGY","volume":6.50}]},' +
  '{"start_date_time":"2026-01-15T11:00:00Z","dimensions":[{"type":"ENERGY","volume":4},{"type":"TIME","volume":1}]}]';
const SESSION =
  '{"id":"S1", "kwh":10.50, "status":"COMPLETED", "charging_periods":' +
  `${PERIODS}, "last_updated":"2026-01-15T11:30:00Z"}`;
const CDR =
  '{"country_code":"NL","party_id":"WBX","id":"C1", "total_cost":{"excl_vat":3.150,"incl_vat":3.780}, "total_energy":10.50, ' +
  '"total_energy_cost":{"excl_vat":3.15,"incl_vat":3.78}, "tariffs":[{"id":"T1","elements":[{"price_components":' +
  `[{"type":"ENERGY","price":0.30,"vat":20,"step_size":500}]}],"tax_included":"NO"}], "charging_periods":${PERIODS}}`;

const PARAMS = { country_code: 'NL', party_id: 'WBX', session_id: 'S1' } as const;
const PUT = { operation: 'sessions.put', params: PARAMS, body: SESSION } as const;
const PATCH = { ...PUT, operation: 'sessions.patch' } as const;
const POST = { operation: 'cdrs.post', body: CDR } as const;
/** A CDR of the partner that was not sent before. */
const posted = (id: string) => ({
  ask: 'POST receiver/cdrs',
  body: { ...fixture('2.2.1', 'CDR'), country_code: 'SE', party_id: 'VLT', id },
});
const PATCHED = {
  ask: 'PATCH receiver/sessions/SE/VLT/S1',
  body: '{"kwh":1,"last_updated":"2026-01-15T11:30:00Z"}',
} as const;

function text(from: string, to: string) {
  return {
    body: (body: string) => {
      if (body.split(from).length !== 2) throw new Error(`${from} does not stand there once: ${body}`);
      return body.replace(from, () => to);
    },
  };
}

function coded(code: number, message: string): string {
  const body = `{"status_code":${code},"status_message":"${message}","timestamp":"2026-01-15T12:00:00Z"}`;
  return refused({ start: '200 OK', type: 'application/json', body });
}

export const PUSH_CASES: readonly SocketCase[] = [
  {
    kind: 'push.patch-undated',
    on: PATCH,
    becomes: text(', "last_updated":"2026-01-15T11:30:00Z"', ''),
    did: 'last_updated was left out',
  },
  {
    kind: 'push.patch-list',
    on: {
      operation: 'locations.patch-evse',
      params: { country_code: 'NL', party_id: 'WBX', location_id: 'L1', evse_uid: 'E/1' },
      body: '{"status":"CHARGING", "last_updated":"2026-01-15T11:30:00Z"}',
    },
    becomes: ({ start }) => ({
      start: start.replace('/L1/E%2F1 ', '/L1 '),
      body: body => `{"evses":[${body.replace(/\}$/, ',"uid":"E/1"}')}],"last_updated":"2026-01-15T11:30:00Z"}`,
    }),
  },
  {
    kind: 'push.periods-again',
    on: PATCH,
    becomes: { body: body => body.replace(PERIODS, `[${PERIODS.slice(1, -1)},${PERIODS.slice(1, -1)}]`) },
  },
  {
    kind: 'push.periods-newest',
    on: PUT,
    becomes: { body: body => body.replace(/\[\{"start_date_time":"2026-01-15T10.*?\]\},/, '[') },
    did: '1 of 2 charging periods were left out',
  },
  {
    kind: 'push.unknown-until-put',
    on: PATCHED,
    arrives: refused({
      start: '404 Not Found',
      type: 'application/json',
      body: '{"status_code":2000,"status_message":"unknown object","timestamp":"2026-01-15T12:00:00Z"}',
    }),
  },
  {
    kind: 'push.slow-success',
    parameters: { ms: 60 },
    on: { ask: 'PUT receiver/tariffs/SE/VLT/T1', body: FIRST_TARIFF.replaceAll('NL', 'SE').replaceAll('WBX', 'VLT') },
    arrives: /^HTTP\/1\.1 20[01] /,
    did: 'the good answer was held back for 60 ms',
  },
];

export const ASYNC_CASES: readonly SocketCase[] = [
  {
    kind: 'async.deadline-short',
    parameters: { seconds: 2 },
    on: {
      ask: 'POST receiver/commands/STOP_SESSION',
      body: { response_url: 'http://127.0.0.1:1/results/2', session_id: 'S1' },
    },
    arrives: /"timeout":2[,}]/,
  },
  {
    kind: 'async.whitelist-contradicts',
    on: {
      operation: 'tokens.put',
      params: { country_code: 'NL', party_id: 'WBX', token_uid: 'K1' },
      body: '{"uid":"K1", "valid":true, "whitelist":"NEVER"}',
    },
    becomes: { body: body => body.replace('true', 'false').replace('NEVER', 'ALWAYS') },
  },
];

export const MONEY_CASES: readonly SocketCase[] = [
  {
    kind: 'money.kwh-falls',
    parameters: { to: 0.2 },
    on: PUT,
    becomes: text('"kwh":10.50', '"kwh":2.1'),
    did: 'kwh of the object fell',
  },
  {
    kind: 'money.total-off',
    parameters: { by: -0.15 },
    on: POST,
    becomes: text('"total_cost":{"excl_vat":3.150,"incl_vat":3.780}', '"total_cost":{"excl_vat":3,"incl_vat":3.6}'),
  },
  {
    kind: 'money.total-off',
    how: 'of the energy',
    parameters: { total: 'energy', by: 1 },
    on: POST,
    becomes: text('"total_energy":10.50', '"total_energy":11.5'),
  },
  {
    kind: 'money.step-size',
    on: POST,
    // 500 Wh at 0.30 a kWh.
    becomes: {
      body: body =>
        body
          .replace('3.150,"incl_vat":3.780', '3.3,"incl_vat":3.96')
          .replace('3.15,"incl_vat":3.78', '3.3,"incl_vat":3.96'),
    },
  },
  {
    kind: 'money.vat-missing',
    on: POST,
    becomes: { body: body => body.replace(/,"incl_vat":[\d.]+/g, '').replace(',"vat":20', '') },
  },
  { kind: 'money.tax-included-missing', on: { ...POST, version: '2.3.0' }, becomes: text(',"tax_included":"NO"', '') },
  {
    kind: 'money.number-for-price',
    on: POST,
    becomes: {
      body: body =>
        body
          .replace('{"excl_vat":3.150,"incl_vat":3.780}', '3.150')
          .replace('{"excl_vat":3.15,"incl_vat":3.78}', '3.15'),
    },
  },
  {
    kind: 'money.watt-hours',
    on: POST,
    becomes: { body: body => body.replace('"volume":6.50', '"volume":6500').replace('"volume":4', '"volume":4000') },
  },
  {
    kind: 'money.credit-unreferenced',
    on: POST,
    becomes: {
      body: body =>
        body
          .replace('"id":"C1"', '"id":"C1-C"')
          .replace('3.150,"incl_vat":3.780', '-3.15,"incl_vat":-3.78')
          .replace(/\}$/, ',"credit":true}'),
    },
  },
  {
    kind: 'money.periods-overlap',
    parameters: { seconds: 60 },
    on: POST,
    becomes: text('"2026-01-15T11:00:00Z"', '"2026-01-15T09:59:00Z"'),
  },
  {
    kind: 'money.cdr-url-in-body',
    on: posted('C1'),
    arrives: arrived => {
      expect(arrived).not.toMatch(/\r\nLocation: /);
      expect(arrived).toMatch(/,"data":"http:\/\/[^"]+\/cdrs\/[^"]*C1"\}$/);
    },
  },
  {
    kind: 'money.cdr-without-location',
    on: posted('C2'),
    arrives: arrived => expect(arrived).not.toMatch(/\r\nLocation: |"data"/),
  },
];

export const HUB_CASES: readonly SocketCase[] = [
  { kind: 'hub.unknown-receiver', on: LIST, arrives: coded(4001, 'unknown receiver') },
  { kind: 'hub.receiver-timeout', on: LIST, arrives: coded(4002, 'timeout on the forwarded request') },
  { kind: 'hub.receiver-not-connected', on: LIST, arrives: coded(4003, 'receiver not connected') },
  {
    kind: 'hub.broken-party',
    parameters: { fields: 10 },
    on: LIST,
    // Whose they are and which they are stays to be seen.
    becomes: {
      body: body =>
        body.replace(/"currency":"EUR",/g, '').replace(/,"elements":\[.*?\}\]\}\],"last_updated":"[^"]*"/g, ''),
    },
    did: 'required fields of 2 objects were left out',
  },
  { kind: 'hub.party-errors', parameters: { party: 'nl-wbx' }, on: LIST, arrives: coded(3000, 'the party failed') },
  {
    kind: 'hub.page-cap',
    parameters: { others: 1 },
    on: LIST,
    arrives: arrived => {
      expect(arrived).toContain('"id":"T1"');
      expect(arrived).not.toContain('"id":"T2"');
    },
  },
];
