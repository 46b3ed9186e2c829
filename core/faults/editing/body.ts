import { headerValue } from '../../ocpi/raw-headers.ts';
import type { Draft, Message } from '../draft.ts';
import { dropHeaders, setHeader } from './headers.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The body as text; undefined where there is none, where it is content-encoded, and where it is no UTF-8. */
export function bodyText({ headers, body }: Pick<Message, 'headers' | 'body'>): string | undefined {
  if (body.length === 0 || isEncoded(headers)) return undefined;
  try {
    return strict.decode(body);
  } catch {
    return undefined;
  }
}

function isEncoded(headers: Message['headers']): boolean {
  const coding = headerValue(headers, 'Content-Encoding')?.trim().toLowerCase() ?? '';
  return coding !== '' && coding !== 'identity';
}

/**
 * The draft with another body, Content-Length with it. Whoever changes the kind of content sets Content-Type besides;
 * a Content-Encoding or Transfer-Encoding of the body before goes.
 */
export function withBody(draft: Draft, body: string | Uint8Array): Draft {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const plain = dropHeaders(draft.message.headers, 'Content-Encoding', 'Transfer-Encoding');
  const headers = setHeader(plain, 'Content-Length', String(bytes.length));
  return { ...draft, message: { ...draft.message, headers, body: bytes } };
}

/** The draft with another body of another type. */
export function withContent(draft: Draft, body: string | Uint8Array, contentType: string): Draft {
  const written = withBody(draft, body);
  return {
    ...written,
    message: { ...written.message, headers: setHeader(written.message.headers, 'Content-Type', contentType) },
  };
}

/** Bytes one behind the other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
