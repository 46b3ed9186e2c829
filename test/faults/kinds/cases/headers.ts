import type { SocketCase } from './case.ts';
import { envelope, LIST, refused, SENT_LIST, SENT_TARIFF } from './ground.ts';

const without = (pattern: RegExp) => ({
  lines: (lines: readonly string[]) => lines.filter(line => !pattern.test(line)),
});
const replaced = (name: string, value: string) => ({
  lines: (lines: readonly string[]) => lines.map(line => (line.startsWith(`${name}:`) ? `${name}: ${value}` : line)),
});
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const TOO_MANY = {
  start: '429 Too Many Requests',
  type: 'application/json',
  body: envelope(2000, 'Too Many Requests'),
};

function swapped(lines: readonly string[]): readonly string[] {
  const value = (name: string) => lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return lines.map(line => {
    const [name = ''] = line.split(':');
    const other = name.includes('-to-') ? name.replace('-to-', '-from-') : name.replace('-from-', '-to-');
    return name.startsWith('OCPI-') ? `${name}: ${value(other)}` : line;
  });
}

export const HEADER_CASES: readonly SocketCase[] = [
  { kind: 'headers.ids-missing', on: LIST, becomes: without(/^X-(?:Request|Correlation)-ID/) },
  {
    kind: 'headers.ids-missing',
    how: 'one of them, in what we send',
    parameters: { which: 'correlation' },
    on: SENT_LIST,
    becomes: without(/^X-Correlation-ID/),
  },
  {
    kind: 'headers.ids-missing',
    how: 'of errors alone',
    parameters: { onlyErrors: true },
    on: { ask: 'GET sender/tariffs/NOBODY/HAS/THIS' },
    becomes: without(/^X-(?:Request|Correlation)-ID/),
  },
  {
    kind: 'headers.ids-changed',
    on: LIST,
    arrives: new RegExp(`\\r\\nX-Request-ID: ${UUID}\\r\\nX-Correlation-ID: ${UUID}\\r\\n`),
  },
  { kind: 'headers.routing-missing', on: LIST, becomes: without(/^OCPI-/) },
  {
    kind: 'headers.routing-missing',
    how: 'the addressee, in what we send',
    parameters: { which: 'to' },
    on: SENT_LIST,
    becomes: without(/^OCPI-to-/),
  },
  { kind: 'headers.routing-swapped', on: LIST, becomes: { lines: swapped } },
  { kind: 'headers.routing-swapped', how: 'in what we send', on: SENT_LIST, becomes: { lines: swapped } },
  {
    kind: 'headers.routing-self-addressed',
    on: SENT_LIST,
    becomes: {
      lines: lines => replaced('OCPI-to-country-code', 'NL').lines(replaced('OCPI-to-party-id', 'WBX').lines(lines)),
    },
    did: 'it was addressed to its own sender, NL-WBX',
  },
  { kind: 'headers.content-type', on: LIST, becomes: replaced('Content-Type', 'text/html; charset=utf-8') },
  {
    kind: 'headers.content-type',
    how: 'none at all, in what we send',
    parameters: { value: '' },
    on: SENT_TARIFF,
    becomes: without(/^Content-Type/),
  },
  {
    kind: 'headers.duplicate',
    on: LIST,
    becomes: {
      lines: lines => lines.flatMap(line => (line.startsWith('X-Request-ID') ? [line, line] : [line])),
    },
  },
  {
    kind: 'headers.duplicate',
    how: 'with another value, in what we send',
    parameters: { name: 'authorization', value: 'Token another' },
    on: SENT_LIST,
    becomes: {
      lines: lines =>
        lines.flatMap(line => (line.startsWith('Auth') ? [line, 'Authorization: Token another'] : [line])),
    },
  },
  {
    kind: 'headers.too-many-requests',
    on: LIST,
    arrives: refused({ ...TOO_MANY, lines: ['Retry-After: 30'] }),
  },
  {
    kind: 'headers.too-many-requests',
    how: 'with a date',
    parameters: { as: 'date', retryAfter: 90 },
    on: LIST,
    arrives: refused({ ...TOO_MANY, lines: ['Retry-After: Thu, 15 Jan 2026 12:01:30 GMT'] }),
  },
  {
    kind: 'headers.redirect',
    on: LIST,
    arrives: refused({ start: '302 Found', lines: ['Location: /ocpi/2.2.1/sender/tariffs?limit=2&redirected=1'] }),
  },
  {
    kind: 'headers.redirect',
    how: 'to another host',
    parameters: { status: '307', origin: 'https://www.example.org' },
    on: { ask: 'GET sender/tariffs' },
    arrives: refused({
      start: '307 Temporary Redirect',
      lines: ['Location: https://www.example.org/ocpi/2.2.1/sender/tariffs?redirected=1'],
    }),
  },
  {
    kind: 'headers.redirect',
    how: 'what comes with the marker is answered',
    on: { ask: 'GET sender/tariffs?limit=2&redirected=1' },
    arrives: /^HTTP\/1\.1 200 OK\r\n[\s\S]*"id":"T1"[\s\S]*"id":"T2"/,
  },
];
