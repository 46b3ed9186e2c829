import type { ExchangeView, Resend } from '../../../../core/contract/exchange.ts';

/** A request as it is being edited. Header lines have an id of their own, for they move and repeat. */
export interface EditedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly id: number; readonly name: string; readonly value: string }[];
  /** Empty: no body. */
  readonly body: string;
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

export function editedFrom({ method, url, request }: ExchangeView): EditedRequest {
  return {
    method,
    url,
    headers: request.headers.map(([name, value], id) => ({ id, name, value })),
    body: request.body.text ?? '',
  };
}

export function withHeader(
  edited: EditedRequest,
  id: number,
  change: { name?: string; value?: string },
): EditedRequest {
  return { ...edited, headers: edited.headers.map(line => (line.id === id ? { ...line, ...change } : line)) };
}

export function withoutHeader(edited: EditedRequest, id: number): EditedRequest {
  return { ...edited, headers: edited.headers.filter(line => line.id !== id) };
}

export function withNewHeader(edited: EditedRequest): EditedRequest {
  const id = Math.max(-1, ...edited.headers.map(line => line.id)) + 1;
  return { ...edited, headers: [...edited.headers, { id, name: '', value: '' }] };
}

/** What is sent: lines without a name are none. */
export function sentFrom({ method, url, headers, body }: EditedRequest): NonNullable<Resend['edited']> {
  return {
    method: method.trim(),
    url: url.trim(),
    headers: headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
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
