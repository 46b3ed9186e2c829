import type { ExchangeView } from '../../core/contract/exchange.ts';
import { bytesOf } from './hex-dump.ts';

type Message = ExchangeView['request'];

/** What stood on the first line of a request: absolute URLs are called by what follows their host. */
export function requestLine({ method, url }: Pick<ExchangeView, 'method' | 'url'>): string {
  return `${method} ${url.replace(/^https?:\/\/[^/?#]*/, '') || '/'} HTTP/1.1`;
}

export function statusLine({ status, statusText }: NonNullable<ExchangeView['response']>): string {
  return `HTTP/1.1 ${status}${statusText === '' ? '' : ` ${statusText}`}`;
}

/** Start line, headers in their order, a blank line. */
export function headText(startLine: string, headers: Message['headers']): string {
  return [startLine, ...headers.map(([name, value]) => `${name}: ${value}`), ''].join('\n');
}

/** The body as its bytes came, read as UTF-8, where they are text; undefined for anything else. */
export function bodyAsSent({ base64 }: Message['body']): string | undefined {
  if (base64 === null) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(base64));
  } catch {
    return undefined;
  }
}

/** Whether a text is to be read as JSON: what its sender says, or what it looks like. */
export function isJson(text: string, headers: Message['headers']): boolean {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /\bjson\b/i.test(type) || /^\s*[[{]/.test(text);
}
