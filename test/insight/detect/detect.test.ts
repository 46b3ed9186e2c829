import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../../core/insight/detect/detect.ts';
import { createFlowDetection } from '../../../core/insight/flows/flow-detection.ts';
import type { Observed } from '../../../core/insight/observed.ts';
import { catalogue } from '../../../core/ocpi/catalogue.ts';
import { FINDING_CODES } from '../../../core/ocpi/finding-codes.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { observed } from '../../support/observed.ts';
import { answer, IDS, JSON_TYPE, list, location, TO_US, theySend, weRead } from '../cases/messages.ts';

const operations = [...new Set(VERSIONS.flatMap(version => catalogue(version).map(({ id }) => id))), 'unknown'];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.json().map(json => `{"data":${json},"status_code":1000,"timestamp":"2026-01-31T12:00:00Z"}`),
  fc.constant(`{"data":[${location()}],"status_code":1000}`),
);
const headers = fc.array(
  fc.tuple(
    fc.constantFrom(
      'Authorization',
      'Link',
      'X-Limit',
      'X-Total-Count',
      'Location',
      'Content-Type',
      'Host',
      'OCPI-to-party-id',
      'X-Request-ID',
    ),
    fc.oneof(
      fc.string(),
      fc.constantFrom('Token {token:abc:base64+lf:12}', '<https://x/?offset=1>; rel="next"', '/x/', 'http://[', '1'),
    ),
  ),
);
const message = fc.record({
  headers,
  text: fc.option(text, { nil: undefined }),
  length: fc.nat(),
  shortened: fc.boolean(),
});
const anything: fc.Arbitrary<Observed> = fc.record({
  id: fc.nat(),
  direction: fc.constantFrom('in' as const, 'out' as const),
  linkId: fc.option(fc.nat(3)),
  link: fc.option(fc.string()),
  runId: fc.option(fc.nat()),
  operation: fc.constantFrom(...operations),
  version: fc.option(fc.constantFrom(...VERSIONS), { nil: undefined }),
  startedAt: fc.nat(),
  durationMs: fc.option(fc.nat()),
  method: fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'odd'),
  url: fc.oneof(fc.webUrl(), fc.webPath(), fc.string({ unit: 'binary' })),
  request: message,
  response: fc.option(
    fc
      .tuple(message, fc.constantFrom(200, 201, 301, 400, 401, 403, 404, 500, 0))
      .map(([head, status]) => ({ ...head, status, statusText: '' })),
    { nil: undefined },
  ),
  ended: fc.constantFrom({ how: 'complete' }, { how: 'answered' }, { how: 'timeout' }, { how: 'cut' }, { how: 'odd' }),
  ocpiStatus: fc.option(fc.nat(), { nil: undefined }),
  requestId: fc.option(fc.string(), { nil: undefined }),
  correlationId: fc.option(fc.string(), { nil: undefined }),
  fromParty: fc.constant(undefined),
  toParty: fc.constant(undefined),
  findings: fc.constant([]),
  faults: fc.constant([]),
});

describe('the detectors', () => {
  it('never throw, whatever was recorded, and say only what is known', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), exchanges => {
        const flows = createFlowDetection();
        const found = exchanges.flatMap(one => [...detect(one), ...flows.see(one).map(({ finding }) => finding)]);
        found.push(...flows.tick(Number.MAX_SAFE_INTEGER).map(({ finding }) => finding));
        expect(found.filter(({ code }) => !(code in FINDING_CODES))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('say nothing of an exchange that is as it should be', () => {
    const read = weRead('/ocpi/2.2.1/locations', answer(list(location()), { more: 'X-Total-Count: 1\nX-Limit: 50' }));
    const pushed = theySend(
      { method: 'PUT', path: '/ocpi/2.2.1/locations/NL/TNM/LOC1', body: location() },
      { operation: 'locations.put' },
    );
    expect([read, pushed].flatMap(one => detect(observed(one)))).toEqual([]);
  });

  it('judge what is there of a body that was shortened, and nothing of what is gone', () => {
    const whole = observed(weRead('/ocpi/2.2.1/locations', `HTTP/1.1 200 OK\n${JSON_TYPE}\n${TO_US}\n\n{"data":[`));
    expect(detect(whole).map(({ code }) => code)).toContain('body.json');
    const { response } = whole;
    const shortened: Observed = {
      ...whole,
      ...(response && { response: { ...response, length: 5000, shortened: true } }),
    };
    expect(new Set(detect(shortened).map(({ code }) => code))).toEqual(new Set(['message-id.missing']));
  });

  it('tell a request without a token, and nothing of what is no OCPI', () => {
    const request = `GET /favicon.ico HTTP/1.1\nHost: us.example\n\n`;
    const stray = {
      operation: 'unknown',
      direction: 'in' as const,
      request,
      response: `HTTP/1.1 404 Not Found\n${IDS}\n\n{"status_code":2000,"timestamp":"2026-01-31T12:00:00Z"}`,
    };
    expect(detect(observed(stray))).toEqual([]);
    const list = { ...stray, operation: 'tariffs.list', version: '2.2.1' as const };
    expect(detect(observed(list)).map(({ code }) => code)).toContain('authorization.missing');
  });
});
