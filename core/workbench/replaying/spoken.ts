import { decodeBody } from '../../http/bodies.ts';
import type { ExchangeRecord } from '../../http/exchange.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { SpokenExchange, SpokenMessage } from '../../replay/recording.ts';

/** What was said in an exchange, by what is recorded of it: the source of a replay and what came of it alike. */
export function spokenOf(record: ExchangeRecord): SpokenExchange {
  const { operation, request, response, startedAt, timings, ended, findings } = record;
  return {
    operation,
    method: request.method,
    url: request.url,
    startedAt,
    durationMs: timings?.total ?? null,
    request: messageOf(request),
    answer:
      response === undefined
        ? undefined
        : { ...messageOf(response), status: response.status, statusText: response.statusText },
    ended,
    fromParty: record.fromParty,
    toParty: record.toParty,
    requestId: record.requestId,
    correlationId: record.correlationId,
    findings: [...new Set(findings.map(({ code }) => code))].sort(),
  };
}

function messageOf(message: {
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
  readonly length?: number;
}): SpokenMessage {
  const { headers, body, length = body.length } = message;
  const text = body.length === 0 ? undefined : decodeBody(body, headers).text;
  return { headers, text, length, shortened: body.length < length };
}
