import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { bytesOf, hexDump } from '../../../exchange/hex-dump.ts';
import { headText, isJson, statusLine } from '../../../exchange/wire-text.ts';
import { prettyJson } from '../../../ui/editor/pretty-json.ts';

export type ComparedSide = 'request' | 'response';

/** One message laid out so that two of them compare line by line. */
export interface ComparedText {
  /** Start line and headers in their order. */
  readonly head: string;
  /** JSON with a member a line. Empty: there is none. */
  readonly body: string;
}

/** Bytes laid out of a body that is no text. */
const MOST_BYTES = 4096;

export function comparedText(exchange: ExchangeView, side: ComparedSide): ComparedText {
  const message = side === 'request' ? exchange.request : exchange.response;
  if (message === null) return { head: '', body: '' };
  const first =
    side === 'response' && exchange.response !== null
      ? statusLine(exchange.response)
      : `${exchange.method} ${exchange.url}`;
  return { head: headText(first, message.headers).trimEnd(), body: bodyText(message) };
}

function bodyText({ body, headers }: ExchangeView['request']): string {
  if (body.text !== null) return isJson(body.text, headers) ? prettyJson(body.text) : body.text;
  return body.base64 === null ? '' : hexDump(bytesOf(body.base64).subarray(0, MOST_BYTES));
}
