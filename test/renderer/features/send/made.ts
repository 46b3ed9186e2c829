import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import type { SendableOperation } from '../../../../core/contract/sending.ts';

export const PUT_LOCATION: SendableOperation = {
  operation: 'locations.put',
  words: 'location, put',
  module: 'locations',
  side: 'RECEIVER',
  method: 'PUT',
  endpoint: 'https://ocpi.volta.example/2.2.1/locations',
  path: '{country_code}/{party_id}/{location_id}',
  params: ['country_code', 'party_id', 'location_id'],
  query: [],
  body: { type: 'Location', partial: false },
  writes: true,
};

export const LIST_LOCATIONS: SendableOperation = {
  ...PUT_LOCATION,
  operation: 'locations.list',
  side: 'SENDER',
  method: 'GET',
  path: '',
  params: [],
  query: ['date_from', 'limit'],
  body: null,
  writes: false,
};

interface Sent {
  readonly method: string;
  readonly operation: string;
  readonly url: string;
  readonly body?: string | null;
  readonly headers?: ExchangeView['request']['headers'];
  readonly direction?: 'in' | 'out';
  readonly link?: string | null;
}

/** An exchange with volta. */
export function exchange({
  body = null,
  headers = [],
  direction = 'out',
  link = 'volta',
  ...sent
}: Sent): ExchangeView {
  return {
    id: 12,
    at: '2026-11-22T10:42:00.000Z',
    direction,
    link,
    httpStatus: 200,
    ocpiStatus: 1000,
    ended: 'complete',
    durationMs: 12,
    requestId: null,
    correlationId: null,
    module: 'locations',
    version: '2.2.1',
    runId: null,
    fromParty: 'NL-WBX',
    toParty: 'NL-VOL',
    note: null,
    pinned: false,
    findings: [],
    faults: [],
    fault: null,
    endedDetails: {},
    timings: null,
    request: { headers, body: { text: body, base64: null, length: body?.length ?? 0, shortened: false } },
    response: null,
    ...sent,
  };
}
