import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import type { FaultStamp } from '../../../../core/contract/fault.ts';
import { bytesOf, hexDump } from '../../../exchange/hex-dump.ts';
import { bodyAsSent, headText, statusLine } from '../../../exchange/wire-text.ts';

export interface StampedTexts {
  readonly intended: string;
  readonly sent: string;
  /** Of a body only its beginning is kept. */
  readonly shortened: boolean;
}

/** Bytes laid out of a body that is no text. */
const MOST_BYTES = 4096;

/**
 * Our message as it would have crossed the wire, and as it did: our answer where we were asked, our request where we
 * asked. Undefined where nothing would have been sent.
 */
export function intendedAndSent(exchange: ExchangeView, { intended }: FaultStamp): StampedTexts | undefined {
  if (intended === null) return undefined;
  const { direction, method, url, request, response } = exchange;
  const message = direction === 'in' ? response : request;
  const start = direction === 'in' ? response && statusLine(response) : `${method} ${url}`;
  return {
    intended: `${headText(intended.start, intended.headers)}\n${intended.body ?? `(${intended.length} B)`}`,
    sent: message === null || start === null ? '' : `${headText(start, message.headers)}\n${bodyText(message.body)}`,
    shortened: message?.body.shortened ?? false,
  };
}

function bodyText(body: ExchangeView['request']['body']): string {
  // Decoded where it was compressed: it is compared with a body that is not.
  return body.text ?? bodyAsSent(body) ?? hexDump(bytesOf(body.base64 ?? '').subarray(0, MOST_BYTES));
}
