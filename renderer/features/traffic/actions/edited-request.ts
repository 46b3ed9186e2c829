import type { ExchangeView, Resend } from '../../../../core/contract/exchange.ts';
import { type HeaderLine, sentHeaders } from '../../../exchange/header-lines.ts';

/** A request as it is being edited. */
export interface EditedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  /** Empty: no body. */
  readonly body: string;
}

export function editedFrom({ method, url, request }: ExchangeView): EditedRequest {
  return {
    method,
    url,
    headers: request.headers.map(([name, value], id) => ({ id, name, value })),
    body: request.body.text ?? '',
  };
}

/** What is sent: lines without a name are none. */
export function sentFrom({ method, url, headers, body }: EditedRequest): NonNullable<Resend['edited']> {
  return {
    method: method.trim(),
    url: url.trim(),
    headers: sentHeaders(headers),
    body: body === '' ? null : body,
  };
}

/** The request as text, with what is written anew at each sending left as it is. */
export function previewOf(edited: EditedRequest): string {
  const { method, url, headers, body } = sentFrom(edited);
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), ''];
  return body === null ? lines.join('\n') : [...lines, body].join('\n');
}
