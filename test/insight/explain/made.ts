import type { Observed } from '../../../core/insight/observed.ts';
import type { FindingCode } from '../../../core/ocpi/finding-codes.ts';
import { type Finding, type FindingDetails, finding } from '../../../core/ocpi/findings.ts';
import type { RawHeaders } from '../../../core/ocpi/raw-headers.ts';

export interface Made extends Partial<Omit<Observed, 'request' | 'response'>> {
  /** Of the answer; absent: none. */
  readonly status?: number;
  readonly body?: string;
  readonly headers?: RawHeaders;
  readonly requestHeaders?: RawHeaders;
  readonly requestBody?: string;
}

/** Token of ours as it stands in a recorded request. */
export function tokenHeader(form: string): RawHeaders {
  return [['Authorization', `Token {token:0a1b2c3d4e5f:${form}:48}`]];
}

export function envelope(code: number, message?: string): string {
  return JSON.stringify({
    status_code: code,
    ...(message === undefined ? {} : { status_message: message }),
    timestamp: '2026-09-21T13:33:20Z',
  });
}

export function found(code: FindingCode, details: FindingDetails): Finding {
  return finding(code, details);
}

/** A call of ours to the link volta on 2.2.1, answered with success unless said. */
export function observed(made: Made = {}): Observed {
  const { status, body, headers = [], requestHeaders = tokenHeader('base64'), requestBody, ...more } = made;
  const out = (more.direction ?? 'out') === 'out';
  return {
    id: 1,
    direction: 'out',
    linkId: 1,
    link: 'volta',
    runId: null,
    operation: 'locations.list',
    version: '2.2.1',
    startedAt: 1_790_000_000_000,
    durationMs: 12,
    method: 'GET',
    url: out ? 'https://volta.example/ocpi/2.2.1/locations?limit=50' : '/ocpi/2.2.1/sender/locations?limit=50',
    request: {
      headers: requestHeaders,
      text: requestBody,
      length: requestBody === undefined ? 0 : Buffer.byteLength(requestBody),
      shortened: false,
    },
    response:
      status === undefined
        ? undefined
        : {
            status,
            statusText: '',
            headers,
            text: body,
            length: body === undefined ? 0 : Buffer.byteLength(body),
            shortened: false,
          },
    ended: { how: out ? 'complete' : 'answered' },
    ocpiStatus: undefined,
    requestId: undefined,
    correlationId: undefined,
    fromParty: undefined,
    toParty: undefined,
    findings: [],
    faults: [],
    ...more,
  };
}
