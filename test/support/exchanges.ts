import type { ExchangeRecord } from '../../core/http/exchange.ts';

/** A small recorded GET as the server hands it over: a JSON answer, ids of its own, headers of the usual number. */
export function versionsExchange(number: number, more: Partial<ExchangeRecord> = {}): ExchangeRecord {
  const requestId = `1f2e3d4c-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    direction: 'in',
    operation: 'versions.list',
    startedAt: 1_790_000_000_000 + number,
    request: {
      method: 'GET',
      url: '/ocpi/versions',
      headers: [
        ['Host', '127.0.0.1:40123'],
        ['Authorization', 'Token {token:0a1b2c3d4e5f:base64:48}'],
        ['Accept', 'application/json'],
        ['X-Request-ID', requestId],
        ['X-Correlation-ID', requestId],
        ['Connection', 'keep-alive'],
      ],
      body: NO_BODY,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [
        ['Date', 'Mon, 21 Sep 2026 13:33:20 GMT'],
        ['Content-Type', 'application/json'],
        ['Content-Length', '269'],
        ['X-Request-ID', requestId],
        ['X-Correlation-ID', requestId],
        ['Connection', 'keep-alive'],
      ],
      body: VERSIONS_BODY,
    },
    ended: { how: 'answered' },
    timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total: 0.4 },
    connection: CONNECTION,
    ocpiStatus: 1000,
    requestId,
    correlationId: requestId,
    findings: [],
    ...more,
  };
}

const NO_BODY = new Uint8Array();
const CONNECTION = { remoteAddress: '127.0.0.1', remotePort: 50_123, reused: true };
const VERSIONS_BODY = Buffer.from(
  JSON.stringify({
    data: [
      { version: '2.1.1', url: 'https://workbench.example/ocpi/2.1.1' },
      { version: '2.2.1', url: 'https://workbench.example/ocpi/2.2.1' },
      { version: '2.3.0', url: 'https://workbench.example/ocpi/2.3.0' },
    ],
    status_code: 1000,
    status_message: 'Success',
    timestamp: '2026-09-21T13:33:20Z',
  }),
);
