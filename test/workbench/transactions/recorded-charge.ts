import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { BEGIN, type LiteralExchange, observed } from '../../support/observed.ts';

/** A literal exchange as the recorder stores it, of a link that is there. */
export function recordOf(literal: LiteralExchange, linkId = 1): ExchangeRecord {
  const one = observed(literal);
  const bytes = (text: string | undefined) => Buffer.from(text ?? '');
  return {
    direction: one.direction,
    linkId,
    operation: one.operation,
    ...(one.version === undefined ? {} : { version: one.version }),
    startedAt: literal.at ?? BEGIN,
    request: { method: one.method, url: one.url, headers: one.request.headers, body: bytes(one.request.text) },
    ...(one.response === undefined
      ? {}
      : {
          response: {
            status: one.response.status,
            statusText: one.response.statusText,
            headers: one.response.headers,
            body: bytes(one.response.text),
          },
        }),
    ended: literal.ended ?? { how: one.direction === 'out' ? 'complete' : 'answered' },
    timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total: 20 },
    ...(one.ocpiStatus === undefined ? {} : { ocpiStatus: one.ocpiStatus }),
    findings: [...one.findings],
  };
}
