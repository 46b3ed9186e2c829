import { contentCodings, decodeBody } from '../../http/bodies.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { SpokenExchange, SpokenMessage } from '../../replay/recording.ts';
import { bytesOf } from '../format/body.ts';
import type { ExchangeLine, LogBody } from '../format/records.ts';

/** An exchange of a log as those who compare messages take it. */
export function spokenOf(line: ExchangeLine): SpokenExchange {
  const { request, response, findings = [] } = line;
  return {
    operation: line.operation,
    method: request.method,
    url: request.url,
    startedAt: line.startedAt,
    durationMs: line.timings?.['total'] ?? null,
    request: messageOf(request.headers, request.body),
    answer: response && {
      ...messageOf(response.headers, response.body),
      status: response.status,
      statusText: response.statusText,
    },
    ended: line.ended,
    fromParty: line.fromParty,
    toParty: line.toParty,
    requestId: line.requestId,
    correlationId: line.correlationId,
    findings: [...new Set(findings.map(({ code }) => code))].sort(),
  };
}

function messageOf(headers: RawHeaders, body: LogBody | undefined): SpokenMessage {
  if (body === undefined) return { headers, text: undefined, length: 0, shortened: false };
  const plain = body.text !== undefined && contentCodings(headers).length === 0;
  const bytes = plain ? undefined : bytesOf(body);
  const text = bytes === undefined ? body.text : decodeBody(bytes, headers).text;
  const kept = bytes?.length ?? Buffer.byteLength(text ?? '');
  const length = body.length ?? kept;
  return { headers, text, length, shortened: body.leftOut !== undefined || length > kept };
}
