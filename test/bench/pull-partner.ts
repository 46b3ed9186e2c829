/**
 * A partner as a process of its own that serves prepared pages of locations, so that making them costs nobody anything
 * who is measured. Takes the number of pages as its argument, sends its port when it listens; every message it gets is the
 * version of the objects it serves from then on.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocationPages, PAGE_SIZE } from './location-pages.ts';

/** More are made when they are asked for: they would not fit into memory. */
const MOST_PREPARED = 100;

const count = Number(process.argv[2]);
const pages = createLocationPages();
let prepared: readonly Buffer[] = [];
let version = 0;

function prepare() {
  prepared = Array.from({ length: Math.min(count, MOST_PREPARED) }, (_, number) => pages.page(number, version));
}
prepare();

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', origin());
  if (pathname === '/versions') return void response.end(envelope([{ version: '2.2.1', url: `${origin()}/details` }]));
  if (pathname === '/details') {
    const endpoints = [
      { identifier: 'credentials', role: 'SENDER', url: `${origin()}/credentials` },
      { identifier: 'locations', role: 'SENDER', url: `${origin()}/locations` },
    ];
    return void response.end(envelope({ version: '2.2.1', endpoints }));
  }
  const number = Math.floor(Number(searchParams.get('offset') ?? 0) / PAGE_SIZE);
  const body = prepared[number] ?? pages.page(number, version);
  const next = `${origin()}/locations?offset=${(number + 1) * PAGE_SIZE}&limit=${PAGE_SIZE}`;
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'X-Total-Count': count * PAGE_SIZE,
    'X-Limit': PAGE_SIZE,
    ...(number + 1 < count ? { Link: `<${next}>; rel="next"` } : {}),
  });
  response.end(body);
});

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function envelope(data: unknown): string {
  return JSON.stringify({ data, status_code: 1000, timestamp: '2026-04-01T00:00:00Z' });
}

process.on('message', message => {
  version = Number(message);
  prepare();
  process.send?.('prepared');
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
