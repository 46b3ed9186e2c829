import { describe, expect, it } from 'vitest';
import type { ExchangeView } from '../../../core/contract/exchange.ts';
import { suggestRules } from '../../../core/workbench/faulting/suggesting.ts';

const NOTHING = { text: null, base64: null, length: 0, shortened: false };

function exchange(more: Partial<ExchangeView>): ExchangeView {
  return {
    id: 1,
    at: '2026-01-01T00:00:00.000Z',
    direction: 'out',
    link: 'volta',
    operation: 'locations.list',
    method: 'GET',
    url: 'https://volta.example/ocpi/2.2.1/locations',
    httpStatus: null,
    ocpiStatus: null,
    ended: 'complete',
    durationMs: 12,
    requestId: null,
    correlationId: null,
    module: 'locations',
    version: '2.2.1',
    runId: null,
    fromParty: null,
    toParty: null,
    note: null,
    pinned: false,
    findings: [],
    faults: [],
    endedDetails: {},
    timings: null,
    request: { headers: [], body: NOTHING },
    response: null,
    fault: null,
    ...more,
  };
}

function answered(httpStatus: number, ocpiStatus: number | null, text = ''): Partial<ExchangeView> {
  const body = { text, base64: null, length: text.length, shortened: false };
  return { httpStatus, ocpiStatus, response: { status: httpStatus, statusText: '', headers: [], body } };
}

function found(code: string): Partial<ExchangeView> {
  const finding = { severity: 'error', code, pointer: '', met: 'x', expected: 'y', section: '1.6' } as const;
  return { ...answered(200, 1000), findings: [finding] };
}

describe('a fault like an exchange that went wrong', () => {
  const cases: readonly [string, Partial<ExchangeView>, string, object?][] = [
    ['a time that ran out', { ended: 'timeout' }, 'transport.hang'],
    ['a cut answer', { ended: 'cut', endedDetails: { received: 345 } }, 'transport.cut', { at: 345 }],
    ['a reset', { ended: 'reset', endedDetails: { received: 7 } }, 'transport.reset'],
    ['a refused connection', { ended: 'refused' }, 'transport.close'],
    ['a TLS handshake', { ended: 'tls' }, 'transport.tls-refused'],
    ['what no parser accepts', { ended: 'malformed' }, 'transport.noise'],
    ['HTTP 500', answered(500, null), 'envelope.http-status', { status: 500 }],
    ['HTTP 401', answered(401, 2000), 'auth.unauthorized'],
    ['HTTP 429', answered(429, null), 'headers.too-many-requests'],
    ['an HTML page', answered(502, null, '<html>'), 'envelope.html-page', { status: 502 }],
    ['the body of a framework', answered(422, null, '{"detail":"no"}'), 'envelope.framework-body', { status: 422 }],
    ['OCPI 2001', answered(200, 2001, '{}'), 'envelope.ocpi-status', { code: 2001, status: 200 }],
    ['OCPI 4002', answered(200, 4002, '{}'), 'hub.receiver-timeout'],
    ['a redirect', answered(307, null), 'discovery.slash-redirect', { status: '307' }],
  ];

  it.each(cases)('is made of %s', (...[, more, kind, parameters = {}]) => {
    const [first] = suggestRules(exchange(more));
    expect(first).toMatchObject({
      kind,
      parameters,
      scope: { direction: 'answer', operation: 'locations.list', version: '2.2.1' },
    });
    // We would be the one who answers so: not to the partner who did.
    expect(first?.scope.link).toBeUndefined();
  });

  it('is the rule that was at work, where one was', () => {
    const firing = {
      rule: 'r',
      ruleId: 1,
      kind: 'envelope.data-null',
      parameters: {},
      hit: 3,
      did: 'x',
      applied: true,
    };
    const fault = { firings: [firing], intended: null, wire: [] };
    const [first] = suggestRules(exchange({ direction: 'in', fault, ...answered(200, 1000) }));
    expect(first).toMatchObject({ kind: 'envelope.data-null', scope: { direction: 'answer', link: 'volta' } });
  });

  it('imitates what its findings show: in answers where a partner answered, in requests where a partner asked', () => {
    const [answer] = suggestRules(exchange(found('paging.offset-ignored')));
    expect(answer?.kind).toMatch(/^paging\./);
    const [request] = suggestRules(exchange({ direction: 'in', ...found('authorization.line-feed') }));
    expect(request).toMatchObject({
      kind: 'auth.base64-line-feed',
      scope: { direction: 'send', operation: 'locations.list' },
    });
    expect(request?.scope.link).toBeUndefined();
  });

  it('is nothing where nothing was wrong', () => {
    expect(suggestRules(exchange(answered(200, 1000)))).toEqual([]);
    expect(suggestRules(exchange({ ...answered(200, 1000), operation: 'unknown' }))).toEqual([]);
  });
});
