import { bytes } from '../../../support/faulty.ts';
import type { SocketCase } from './case.ts';
import { FIRST_TARIFF, LIST } from './ground.ts';

/** A location with what is easily spoiled; sent as it stands here. */
const LOCATION =
  '{"country_code":"NL", "party_id":"WBX", "id":"Loc1", "publish":true, "name":"Å", "coordinates":{"latitude":"52.379189","longitude":"4.899431"},' +
  ' "evses":[{"uid":"Evse1","evse_id":"NL*WBX*E1","status":"AVAILABLE","last_updated":"2026-01-02T03:04:05Z"}], "last_updated":"2026-01-02T03:04:05Z"}';

const PUT = {
  operation: 'locations.put',
  params: { country_code: 'NL', party_id: 'WBX', location_id: 'Loc1' },
  body: LOCATION,
} as const;

/** The text that becomes another one in the only place where it stands. */
function text(from: string, to: string) {
  return {
    body: (body: string) => {
      if (body.split(bytes(from)).length !== 2) throw new Error(`${from} does not stand there once: ${body}`);
      return body.replace(bytes(from), () => bytes(to));
    },
  };
}

function start(from: string, to: string) {
  return (plain: { readonly start: string }) => ({ start: plain.start.replace(from, to) });
}

const OWN_DATE = '"last_updated":"2026-01-02T03:04:05Z"}]';
const OWN_DATE_FIELD = { field: 'evses.last_updated' } as const;

export const OBJECT_CASES: readonly SocketCase[] = [
  {
    kind: 'object.required-missing',
    parameters: { object: 'first', field: 'currency' },
    on: LIST,
    becomes: { body: body => body.replace('"currency":"EUR",', '') },
    did: 'currency of object 1 was left out',
  },
  {
    kind: 'object.required-missing',
    how: 'in what we push',
    parameters: { field: 'coordinates.longitude' },
    on: PUT,
    becomes: text(',"longitude":"4.899431"', ''),
    did: 'coordinates.longitude was left out',
  },
  { kind: 'object.optional-null', parameters: { field: 'name' }, on: PUT, becomes: text('"Å"', 'null') },
  {
    kind: 'object.optional-null',
    how: 'of a field that was not there',
    parameters: { field: 'parking_type' },
    on: PUT,
    becomes: { body: body => body.replace(/\}$/, ',"parking_type":null}') },
  },
  {
    kind: 'object.unknown-enum',
    parameters: { field: 'status', value: 'FLYING' },
    on: PUT,
    becomes: text('"AVAILABLE"', '"FLYING"'),
    did: 'evses.0.status was set to FLYING',
  },
  {
    kind: 'object.number-as-text',
    parameters: { object: 'first', field: 'vat' },
    on: LIST,
    becomes: { body: body => body.replace('2.50e1', '"2.50e1"') },
  },
  {
    kind: 'object.text-too-long',
    parameters: { field: 'name', by: 2 },
    on: PUT,
    becomes: text('"Å"', `"Å${'x'.repeat(256)}"`),
  },
  { kind: 'object.id-case', parameters: { field: 'id', to: 'upper' }, on: PUT, becomes: text('"Loc1"', '"LOC1"') },
  {
    kind: 'object.id-case',
    how: 'every id, lower-cased as frameworks do',
    parameters: { object: 'all', every: true, to: 'lower' },
    on: LIST,
    becomes: { body: body => body.replace('"T1"', '"t1"').replace('"T2"', '"t2"') },
  },
  { kind: 'object.id-case-url', on: PUT, becomes: start('/NL/WBX/Loc1 ', '/NL/WBX/loc1 ') },
  {
    kind: 'object.party-body',
    parameters: { party: 'SE-ABC' },
    on: PUT,
    becomes: text('"country_code":"NL", "party_id":"WBX"', '"country_code":"SE", "party_id":"ABC"'),
  },
  { kind: 'object.party-url', on: PUT, becomes: start('/NL/WBX/', '/ZZ/ZZZ/'), did: 'the URL was made to name ZZ-ZZZ' },
  {
    kind: 'object.party-header',
    on: PUT,
    becomes: {
      lines: lines =>
        lines.map(line =>
          line
            .replace('from-party-id: WBX', 'from-party-id: ZZZ')
            .replace('from-country-code: NL', 'from-country-code: ZZ'),
        ),
    },
  },
  {
    kind: 'object.coordinate-decimals',
    on: PUT,
    becomes: text('"latitude":"52.379189","longitude":"4.899431"', '"latitude":"52.3791","longitude":"4.8994"'),
  },
  { kind: 'object.evse-id-format', on: PUT, becomes: text('NL*WBX*E1', 'NL-WBX-E1') },
  {
    kind: 'object.date-with-offset',
    parameters: OWN_DATE_FIELD,
    on: PUT,
    becomes: text(OWN_DATE, OWN_DATE.replace('Z', '+00:00')),
  },
  {
    kind: 'object.date-without-zone',
    parameters: OWN_DATE_FIELD,
    on: PUT,
    becomes: text(OWN_DATE, OWN_DATE.replace('Z', '')),
  },
  {
    kind: 'object.date-with-fraction',
    parameters: { ...OWN_DATE_FIELD, digits: 3 },
    on: PUT,
    becomes: text(OWN_DATE, OWN_DATE.replace('05Z', '05.123Z')),
  },
  {
    kind: 'object.date-impossible',
    parameters: OWN_DATE_FIELD,
    on: PUT,
    becomes: text(OWN_DATE, OWN_DATE.replace('05Z', '66Z')),
  },
  {
    kind: 'object.last-updated-stale',
    parameters: { seconds: 3600 },
    on: PUT,
    becomes: text('], "last_updated":"2026-01-02T03:04:05Z"}', '], "last_updated":"2026-01-02T02:04:05Z"}'),
  },
  {
    kind: 'object.last-updated-ahead',
    parameters: { seconds: 60 },
    on: PUT,
    becomes: text('], "last_updated":"2026-01-02T03:04:05Z"}', '], "last_updated":"2026-01-15T12:01:00Z"}'),
  },
  {
    kind: 'object.last-updated-touched',
    on: LIST,
    becomes: {
      body: body => body.replace(/"last_updated":"2026-01-0\dT00:00:00Z"/g, '"last_updated":"2026-01-15T12:00:00Z"'),
    },
    did: 'last_updated of 2 objects was set to this moment',
  },
  {
    kind: 'object.parent-not-updated',
    parameters: { seconds: 5 },
    on: PUT,
    becomes: text('], "last_updated":"2026-01-02T03:04:05Z"}', '], "last_updated":"2026-01-02T03:04:00Z"}'),
  },
  {
    kind: 'object.unknown-property',
    parameters: { name: 'x~y', value: 'å' },
    on: PUT,
    becomes: { body: body => body.replace(/\}$/, () => bytes(',"x~y":"å"}')) },
  },
  {
    kind: 'object.unusable',
    parameters: { object: 'first' },
    on: LIST,
    becomes: { body: body => body.replace('"T1"', 'null') },
    did: 'the id of object 1 of 2 became null',
  },
  {
    kind: 'object.unusable',
    how: 'a text in place of an object',
    parameters: { object: 'first', how: 'text' },
    on: LIST,
    becomes: { body: body => body.replace(FIRST_TARIFF, '"T1"') },
  },
  {
    kind: 'object.vanished',
    parameters: { share: 1 },
    on: LIST,
    becomes: {
      lines: lines => lines.map(line => line.replace('X-Total-Count: 3', 'X-Total-Count: 1')),
      body: body => body.replace(/"data":\[.*\],"status_code"/, '"data":[],"status_code"'),
    },
    did: '2 objects of 2 vanished',
  },
];
