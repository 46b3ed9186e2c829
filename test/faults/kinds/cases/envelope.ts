import { expect } from 'vitest';
import { bytes } from '../../../support/faulty.ts';
import type { SocketCase } from './case.ts';
import { END, envelope, FIRST_TARIFF, LIST, refused, SENT_TARIFF } from './ground.ts';

const UNLINKED = {
  lines: (lines: readonly string[]) => lines.filter(line => !/^(?:Link|X-Total-Count|X-Limit):/.test(line)),
};
const data = (text: string) => ({ body: () => `{"data":${text},${END}` });
const HTML =
  '<!DOCTYPE html>\r\n<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n' +
  '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const typed = (lines: readonly string[], type: string) =>
  lines.map(line => (line.startsWith('Content-Type:') ? `Content-Type: ${type}` : line));

/** Head of a gzip stream, a block of no type, and garbage. */
function brokenGzip(arrived: string): void {
  expect(arrived).toMatch(/\r\nContent-Encoding: gzip\r\n/);
  expect(arrived).toMatch(/\r\nContent-Length: 75\r\n/);
  const body = arrived.slice(arrived.indexOf('\r\n\r\n') + 4);
  expect(body).toHaveLength(75);
  expect(body.slice(0, 11)).toBe('\x1f\x8b\x08\0\0\0\0\0\0\x03\x07');
}

export const ENVELOPE_CASES: readonly SocketCase[] = [
  {
    kind: 'envelope.status-code-missing',
    on: LIST,
    becomes: { body: body => body.replace('"status_code":1000,', '') },
  },
  {
    kind: 'envelope.timestamp-missing',
    on: LIST,
    becomes: { body: body => body.replace(',"timestamp":"2026-01-15T12:00:00Z"', '') },
  },
  { kind: 'envelope.data-missing', on: LIST, becomes: { body: () => `{${END}` } },
  { kind: 'envelope.status-code-text', on: LIST, becomes: { body: body => body.replace(':1000,', ':"1000",') } },
  { kind: 'envelope.data-null', on: LIST, becomes: data('null'), did: 'data was replaced with null' },
  { kind: 'envelope.data-empty-list', on: LIST, becomes: data('[]') },
  { kind: 'envelope.data-object', on: LIST, becomes: data(FIRST_TARIFF) },
  {
    kind: 'envelope.bare-data',
    on: { ask: 'GET sender/tariffs?limit=1' },
    becomes: { body: () => `[${FIRST_TARIFF}]` },
  },
  {
    kind: 'envelope.error-with-empty-list',
    on: LIST,
    becomes: {
      ...UNLINKED,
      body: () =>
        `{"data":[],"status_code":3000,"status_message":"Generic server error","timestamp":"2026-01-15T12:00:00Z"}`,
    },
  },
  {
    kind: 'envelope.no-content',
    on: LIST,
    becomes: {
      start: 'HTTP/1.1 204 No Content',
      lines: lines => UNLINKED.lines(lines).filter(line => !/^Content-/.test(line)),
      body: () => '',
    },
  },
  {
    kind: 'envelope.no-content',
    how: 'HTTP 200 without a body',
    parameters: { status: '200' },
    on: LIST,
    becomes: { lines: lines => UNLINKED.lines(lines).filter(line => !/^Content-Type/.test(line)), body: () => '' },
  },
  { kind: 'envelope.byte-order-mark', on: LIST, becomes: { body: body => bytes('\ufeff') + body } },
  {
    kind: 'envelope.byte-order-mark',
    how: 'in what we send',
    on: SENT_TARIFF,
    becomes: { body: body => bytes('\ufeff') + body },
  },
  { kind: 'envelope.corrupt-gzip', on: LIST, arrives: brokenGzip },
  { kind: 'envelope.corrupt-gzip', how: 'in what we send', on: SENT_TARIFF, arrives: brokenGzip },
  { kind: 'envelope.invalid-json', on: LIST, becomes: { body: body => `${body.slice(0, -1)},}` } },
  {
    kind: 'envelope.invalid-json',
    how: 'single quotes in what we send',
    parameters: { how: 'single-quotes' },
    on: SENT_TARIFF,
    becomes: { body: () => "{'id':'T1', 'price':0.10}" },
  },
  {
    kind: 'envelope.invalid-json',
    how: 'twice',
    parameters: { how: 'twice' },
    on: SENT_TARIFF,
    becomes: { body: body => body + body },
  },
  {
    kind: 'envelope.invalid-json',
    how: 'a comment',
    parameters: { how: 'comment' },
    on: LIST,
    becomes: { body: body => `${body} // generated` },
  },
  {
    kind: 'envelope.cut-json',
    on: SENT_TARIFF,
    becomes: { body: body => body.slice(0, 12) },
    did: 'the body was cut behind 12 of 25 characters',
  },
  {
    kind: 'envelope.cut-json',
    how: 'an answer, near its end',
    parameters: { share: 0.999 },
    on: LIST,
    becomes: { body: body => body.slice(0, -1) },
  },
  { kind: 'envelope.empty-body', on: SENT_TARIFF, becomes: { body: () => '' } },
  {
    kind: 'envelope.html-page',
    on: LIST,
    arrives: refused({ start: '502 Bad Gateway', type: 'text/html; charset=utf-8', body: HTML }),
  },
  {
    kind: 'envelope.html-page',
    how: 'behind what was done',
    parameters: { status: 200, carriedOut: true },
    on: LIST,
    becomes: ({ lines }) => ({
      lines: same => UNLINKED.lines(typed(same, 'text/html; charset=utf-8')).slice(0, lines.length),
      body: () => HTML.replaceAll('502 Bad Gateway', '200 OK'),
    }),
  },
  {
    kind: 'envelope.framework-body',
    on: LIST,
    arrives: refused({
      start: '422 Unprocessable Entity',
      type: 'application/json',
      body: '{"detail":"Unprocessable Entity"}',
    }),
  },
  {
    kind: 'envelope.http-status',
    on: LIST,
    arrives: refused({
      start: '500 Internal Server Error',
      type: 'application/json',
      body: envelope(3000, 'Internal Server Error'),
    }),
  },
  {
    kind: 'envelope.http-status',
    how: 'with the right body',
    parameters: { status: 206, body: 'kept' },
    on: LIST,
    becomes: { start: 'HTTP/1.1 206 Partial Content' },
  },
  {
    kind: 'envelope.http-status',
    how: 'without a body, and done',
    parameters: { status: 503, body: 'none', carriedOut: true },
    on: LIST,
    becomes: {
      start: 'HTTP/1.1 503 Service Unavailable',
      lines: lines => UNLINKED.lines(lines).filter(line => !/^Content-Type/.test(line)),
      body: () => '',
    },
  },
  {
    kind: 'envelope.ocpi-status',
    on: LIST,
    arrives: refused({ start: '200 OK', type: 'application/json', body: envelope(2001, 'Refused on purpose') }),
  },
  {
    kind: 'envelope.ocpi-status',
    how: 'with the right data',
    parameters: { code: 1901, message: 'Own success', data: 'kept', status: 201 },
    on: LIST,
    becomes: {
      start: 'HTTP/1.1 201 Created',
      body: body => body.replace(':1000,"status_message":"Success"', ':1901,"status_message":"Own success"'),
    },
  },
  {
    kind: 'envelope.statuses-disagree',
    on: LIST,
    arrives: refused({ start: '404 Not Found', type: 'application/json', body: envelope(2003, 'Refused on purpose') }),
  },
  {
    kind: 'envelope.http-500-for-2xxx',
    how: 'an answer that says success',
    on: LIST,
    becomes: {
      start: 'HTTP/1.1 500 Internal Server Error',
      ...UNLINKED,
      body: () => envelope(2001, 'Refused on purpose'),
    },
  },
  {
    kind: 'envelope.http-500-for-2xxx',
    how: 'a real 2xxx',
    parameters: { every: false },
    on: { ask: 'PUT receiver/locations/SE/VLT/LOC1', body: {} },
    becomes: { start: 'HTTP/1.1 500 Internal Server Error' },
  },
];
