import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { prettyJson } from '../../../ui/pretty-json.ts';
import { bytesOf, hexDump } from '../detail/hex-dump.ts';
import { headText, isJson, statusLine } from '../detail/wire-text.ts';

export type ComparedSide = 'request' | 'response';

/** Bytes laid out of a body that is no text. */
const MOST_BYTES = 4096;

/** One message laid out so that two of them compare line by line: JSON with a member a line. Empty: there is none. */
export function comparedText(exchange: ExchangeView, side: ComparedSide): string {
  const message = side === 'request' ? exchange.request : exchange.response;
  if (message === null) return '';
  const first =
    side === 'response' && exchange.response !== null
      ? statusLine(exchange.response)
      : `${exchange.method} ${exchange.url}`;
  return `${headText(first, message.headers)}\n${bodyText(message)}`;
}

function bodyText({ body, headers }: ExchangeView['request']): string {
  if (body.text !== null) return isJson(body.text, headers) ? prettyJson(body.text) : body.text;
  return body.base64 === null ? '' : hexDump(bytesOf(body.base64).subarray(0, MOST_BYTES));
}
