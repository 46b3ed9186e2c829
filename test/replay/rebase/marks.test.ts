import { describe, expect, it } from 'vitest';
import type { Version } from '../../../core/ocpi/versions.ts';
import { marksOf, requestMarks } from '../../../core/replay/rebase/message-marks.ts';
import { mappedAs } from '../../../core/replay/rebase/value-now.ts';
import { said } from '../support/recorded.ts';

function told(version: Version, operation: string, { path = '', body }: { path?: string; body?: unknown }): string[] {
  const exchange = said({ operation, version, path, ...(body !== undefined && { body }) });
  return requestMarks(marksOf(exchange, version)).map(mark => `${mark.pointer} ${mark.kind} ${mappedAs(mark)}`);
}

describe('what stands in a message is told by its place', () => {
  it.each<[string, Version, string, { path?: string; body?: unknown }, string[]]>([
    [
      'a session of 2.1.1 holds a whole location',
      '2.1.1',
      'sessions.patch',
      {
        path: '/NL/OUR/1',
        body: {
          auth_id: 'C1',
          location: { id: '1', evses: [{ connectors: [{ id: '1', tariff_id: '1' }], uid: '1' }] },
        },
      },
      [
        'url party NL-OUR',
        'url party NL-OUR',
        'url session 1',
        '/auth_id contract C1',
        '/location/id location 1',
        '/location/evses/0/connectors/0/id connector 1/1',
        '/location/evses/0/connectors/0/tariff_id tariff 1',
        '/location/evses/0/uid evse 1',
      ],
    ],
    [
      'a CDR of 2.2.1',
      '2.2.1',
      'cdrs.post',
      {
        body: {
          id: 'C',
          credit_reference_id: 'B',
          invoice_reference_id: 'I',
          cdr_location: { evse_id: 'NL*E1', evse_uid: 'E1', connector_id: '2', id: 'L' },
          tariffs: [{ id: 'T', party_id: 'OUR', country_code: 'NL' }],
          charging_periods: [{ tariff_id: 'T', start_date_time: '2025-05-01T10:00:00Z' }],
        },
      },
      [
        '/id cdr C',
        '/credit_reference_id cdr B',
        '/cdr_location/evse_id evse NL*E1',
        '/cdr_location/evse_uid evse E1',
        '/cdr_location/connector_id connector E1/2',
        '/cdr_location/id location L',
        '/tariffs/0/id tariff T',
        '/tariffs/0/party_id party NL-OUR',
        '/tariffs/0/country_code party NL-OUR',
        '/charging_periods/0/tariff_id tariff T',
        '/charging_periods/0/start_date_time time 2025-05-01T10:00:00Z',
      ],
    ],
    [
      'a connector has its EVSE in the URL',
      '2.2.1',
      'locations.put-connector',
      { path: '/NL/OUR/L/E9/1', body: { id: '1', tariff_ids: ['T1', 'T2'] } },
      [
        'url party NL-OUR',
        'url party NL-OUR',
        'url location L',
        'url evse E9',
        'url connector E9/1',
        '/id connector E9/1',
        '/tariff_ids/0 tariff T1',
        '/tariff_ids/1 tariff T2',
      ],
    ],
    [
      'references of an authorization, and the token in its path',
      '2.2.1',
      'tokens.authorize',
      { path: '/A%20B/authorize?type=RFID', body: { location_id: 'L', evse_uids: ['E1', 'E2'] } },
      ['url token A B', '/location_id location L', '/evse_uids/0 evse E1', '/evse_uids/1 evse E2'],
    ],
    [
      'what a profile is asked with in the query',
      '2.2.1',
      'chargingprofiles.get',
      { path: '/S1?duration=60&response_url=https%3A%2F%2Fus.then%2Fr%3Fk%3D1' },
      ['url session S1', 'url response_url /r?k=1'],
    ],
    [
      'a response_url that was not encoded takes the rest of the query',
      '2.2.1',
      'chargingprofiles.clear',
      { path: '/S1?response_url=https://us.then/r?k=1&l=2' },
      ['url session S1', 'url response_url /r?k=1&l=2'],
    ],
    [
      'the times a list is asked for',
      '2.2.1',
      'sessions.list',
      { path: '?date_from=2025-05-01T10%3A00%3A00Z&limit=5' },
      ['url time 2025-05-01T10:00:00Z'],
    ],
    [
      'a confirmation of 2.3.0',
      '2.3.0',
      'payments.post-confirmation',
      { body: { id: 'F', authorization_reference: 'R', eft_data: ['R'] } },
      ['/id confirmation F', '/authorization_reference authorization_reference R'],
    ],
    [
      'a reservation of 2.1.1, which is a number',
      '2.1.1',
      'commands.reserve-now',
      { path: '/RESERVE_NOW', body: { reservation_id: 12, location_id: '12', evse_uid: '#NA' } },
      ['/reservation_id reservation 12', '/location_id location 12'],
    ],
    [
      'fields no table has: only what is wholly a time is one',
      '2.2.1',
      'sessions.patch',
      {
        path: '/NL/OUR/A',
        body: {
          id: '2025-05-01T10:00:00Z',
          my_id: 'S1',
          x: { id: 'S1', session_id: 'S1', at: '2025-05-01T10:00:00+02:00', text: 'at 2025-05-01T10:00:00Z' },
          constructor: 'S1',
        },
      },
      [
        ...['url party NL-OUR', 'url party NL-OUR', 'url session A'],
        '/id session 2025-05-01T10:00:00Z',
        '/x/at time 2025-05-01T10:00:00+02:00',
      ],
    ],
  ])('%s', (_what, version, operation, message, marks) => {
    expect(told(version, operation, message)).toEqual(marks);
  });

  it('in an answer by the type of its data, in lists that of what they hold', () => {
    const exchange = said({ operation: 'locations.list', data: [{ id: 'L1', evses: [{ uid: 'E1' }] }, { id: 'L2' }] });
    const { answer, lists } = marksOf(exchange, '2.2.1');
    expect(lists).toBe(true);
    expect(answer.map(({ pointer, kind }) => `${pointer} ${kind}`)).toEqual([
      '/data/0/id location',
      '/data/0/evses/0/uid evse',
      '/data/1/id location',
      '/timestamp time',
    ]);
  });
});
