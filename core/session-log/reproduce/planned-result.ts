import type { OutgoingRequest } from '../../http/wire.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import type { ExchangeLine } from '../format/records.ts';
import { changedBody } from './line-body.ts';
import { type AnswerParts, MESSAGE_IDS, replaced } from './planned-answer.ts';

/** Lines that belong to one connection, or are written anew with the body. */
const OF_THE_CONNECTION = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'expect',
]);

export interface ResultParts extends Pick<AnswerParts, 'written' | 'instead' | 'messageIds'> {
  /** Where whoever is served wants to have it. */
  readonly url: string;
  /** The recorded request that brought it about. */
  readonly command: ExchangeLine;
}

/** What the recorded side told later, as it leaves now: with the tokens and ids of now. */
export function planResult({ request }: ExchangeLine, parts: ResultParts): OutgoingRequest {
  const { written, messageIds, command, url } = parts;
  const headers = request.headers
    .filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()))
    .map(([name, value]): readonly [string, string] => {
      const key = name.toLowerCase();
      const now = MESSAGE_IDS.some(id => id === key) ? messageIds.get(key) : undefined;
      return [name, now !== undefined && headerValue(command.request.headers, key) === value ? now : written(value)];
    });
  const body = changedBody(request.headers, request.body, text => written(replaced(text, parts)));
  return { method: request.method, url, headers, body };
}
