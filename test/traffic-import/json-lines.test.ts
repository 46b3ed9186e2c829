import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraffic } from '../../core/traffic-import/read-file.ts';
import { bodyText, tellAll, tellOne } from './telling.ts';

const URL_OF_ONE = 'https://cpo.example/ocpi/2.2.1/locations/LOC1';

describe('exchanges as JSON', () => {
  it('stand one on each line, with only method and url needed', () => {
    const { exchanges, skipped } = tellAll(
      readTraffic(
        [
          JSON.stringify({
            method: 'put',
            url: URL_OF_ONE,
            requestHeaders: { 'X-One': '1', 'X-Two': ['2', '3'] },
            requestBody: { id: 'LOC1' },
            status: 200,
            statusText: 'OK',
            responseHeaders: [['Content-Type', 'application/json']],
            responseBody: '{"status_code":1000}',
            startedAt: '2025-01-02T03:04:05Z',
            durationMs: 12.5,
          }),
          '',
          JSON.stringify({ method: 'GET', url: URL_OF_ONE }),
          '{"method": "GET", "url"',
          '[1, {"method":"GET"}]',
          JSON.stringify({ method: 'GET', url: '/relative' }),
        ].join('\r\n'),
        'auto',
      ),
    );
    expect(exchanges[0]).toMatchObject({
      where: 'line 1',
      direction: 'out',
      request: {
        method: 'PUT',
        headers: [
          ['X-One', '1'],
          ['X-Two', '2'],
          ['X-Two', '3'],
        ],
      },
      response: { status: 200, statusText: 'OK', headers: [['Content-Type', 'application/json']] },
      startedAt: Date.parse('2025-01-02T03:04:05Z'),
      timings: { total: 12.5 },
    });
    expect(bodyText(exchanges[0]?.request)).toBe('{"id":"LOC1"}');
    expect(bodyText(exchanges[0]?.response)).toBe('{"status_code":1000}');
    expect(exchanges[1]).toEqual({
      where: 'line 3',
      direction: 'out',
      request: { method: 'GET', url: URL_OF_ONE },
      known: {},
    });
    expect(skipped).toEqual([
      { where: 'line 4', reason: 'it is no JSON: at column 24 stands the end of the text, expected :' },
      { where: 'line 5', reason: 'it is no object' },
      { where: 'line 5', reason: 'it names no method or no url' },
      { where: 'line 6', reason: '"/relative" is no absolute http or https URL' },
    ]);
  });

  it.each([
    [
      {
        http_method: 'GET',
        request_url: URL_OF_ONE,
        'status-code': '404',
        response_headers: 'A: b\nC: d: e',
        ts: 1735787045,
      },
    ],
    [
      {
        request: { method: 'GET', uri: URL_OF_ONE },
        response: { status: 404, headers: { A: 'b', C: 'd: e' } },
        time: '2025-01-02T03:04:05Z',
      },
    ],
    [
      {
        Verb: 'GET',
        URI: URL_OF_ONE,
        HTTPStatus: 404,
        resHeaders: [
          { name: 'A', value: 'b' },
          { name: 'C', value: 'd: e' },
        ],
        '@timestamp': 1735787045000,
      },
    ],
  ])('may name their parts in the ways of other tools: %j', line => {
    expect(tellOne(readTraffic(JSON.stringify(line), 'auto'))).toMatchObject({
      request: { method: 'GET', url: URL_OF_ONE },
      response: {
        status: 404,
        headers: [
          ['A', 'b'],
          ['C', 'd: e'],
        ],
      },
      startedAt: Date.parse('2025-01-02T03:04:05Z'),
    });
  });

  it('of ours are read back, bytes and ending as well', () => {
    const bytes = Buffer.from([0x1f, 0x8b, 0, 1]);
    const ours = {
      id: 7,
      at: '2025-01-02T03:04:05.678Z',
      direction: 'in',
      link: 'Acme',
      operation: 'locations.put',
      method: 'PUT',
      url: '/ocpi/2.2.1/receiver/locations/NL/TNM/LOC1',
      httpStatus: 200,
      ocpiStatus: 2001,
      ended: 'reset',
      endedDetails: { received: 4 },
      durationMs: 3,
      timings: { queue: 0, dns: null, connect: null, tls: null, firstByte: 2, total: 3 },
      findings: [{ severity: 'warning', code: 'id.mismatch', pointer: '/id', met: 'a', expected: 'b', section: '1.8' }],
      request: {
        headers: [['Host', 'us']],
        body: { text: null, base64: bytes.toString('base64'), length: 4, shortened: false },
      },
      response: {
        status: 200,
        statusText: 'OK',
        headers: [],
        body: { text: 'ab', base64: 'YWI=', length: 9000, shortened: true },
      },
    };
    const told = tellOne(readTraffic(JSON.stringify(ours, null, 2), 'auto'));
    expect(told).toMatchObject({
      direction: 'in',
      startedAt: Date.parse(ours.at),
      request: { url: ours.url, headers: [['Host', 'us']] },
      response: { status: 200, length: 9000 },
      ended: { how: 'reset', received: 4 },
      timings: ours.timings,
      known: { operation: 'locations.put', ocpiStatus: 2001, findings: ours.findings },
    });
    expect(Buffer.from(told.request.body ?? [])).toEqual(bytes);
    const { exchanges } = tellAll(readTraffic(JSON.stringify([ours, ours]), 'auto'));
    expect(exchanges.map(({ where }) => where)).toEqual(['[0]', '[1]']);
  });

  it('of ours keep what faults did to them, without the rules of the database they were in', () => {
    const fault = {
      firings: [
        { rule: 'no data', ruleId: 4, kind: 'envelope.data-null', parameters: {}, hit: 1, did: 'x', applied: true },
      ],
      intended: { start: 'HTTP/1.1 200 OK', headers: [['A', 'b']], body: '{}', length: 2 },
      wire: ['head', 'reset'],
    };
    const told = tellOne(readTraffic(JSON.stringify({ method: 'GET', url: URL_OF_ONE, fault }), 'auto'));
    expect(told.known?.faults).toEqual({
      firings: [{ ...fault.firings[0], ruleId: null }],
      intended: { start: 'HTTP/1.1 200 OK', headers: [['A', 'b']], body: new Uint8Array([0x7b, 0x7d]) },
      wire: fault.wire,
    });
    const other = tellOne(readTraffic(JSON.stringify({ method: 'GET', url: URL_OF_ONE, fault: 'broken' }), 'auto'));
    expect(other.known).toEqual({});
  });

  it('are believed only as far as they can be shown: nested details, raw packets and unknown findings are left out', () => {
    const line = {
      method: 'GET',
      url: URL_OF_ONE,
      ended: 'malformed',
      endedDetails: { detail: 'no HTTP', raw: 'QUJD', nested: { Authorization: 'Token x' } },
      findings: [{ severity: 'error', code: 'made.up', pointer: '', met: '', expected: '', section: '' }],
    };
    const told = tellOne(readTraffic(JSON.stringify(line), 'jsonl'));
    expect(told.ended).toEqual({ how: 'malformed', detail: 'no HTTP' });
    expect(told.known).toEqual({});
    const made = tellOne(readTraffic(JSON.stringify({ ...line, ended: 'constructor' }), 'jsonl'));
    expect(made.ended).toBeUndefined();
  });

  it('never make the reader fail, whatever stands in them', () => {
    const names = fc.constantFrom(
      'method',
      'url',
      'request',
      'response',
      'status',
      'headers',
      'requestBody',
      'timings',
      'ended',
      'findings',
      'at',
    );
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant('GET'), fc.constant(URL_OF_ONE));
    fc.assert(
      fc.property(fc.array(fc.dictionary(names, value), { minLength: 1 }), lines => {
        const { exchanges, skipped } = tellAll(readTraffic(JSON.stringify(lines), 'jsonl'));
        expect(exchanges.length + skipped.length).toBe(lines.length);
      }),
      { numRuns: 300 },
    );
  });
});
