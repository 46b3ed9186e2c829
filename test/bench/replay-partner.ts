/**
 * A partner as a process of its own that takes whatever it is sent. Sends its port when it listens; a message asks how many
 * writes there were.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

let writes = 0;

const server = createServer(async (request, response) => {
  const sent = await text(request);
  if (request.method !== 'GET') {
    JSON.parse(sent);
    writes++;
  }
  const body = JSON.stringify({ ...dataOf(request.url), status_code: 1000, timestamp: '2026-04-01T00:00:00Z' });
  const ids = ['x-request-id', 'x-correlation-id'].flatMap(name => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...Object.fromEntries(ids),
  });
  response.end(body);
});

function dataOf(url = '') {
  if (url === '/versions') return { data: [{ version: '2.2.1', url: `${origin()}/details` }] };
  if (url !== '/details') return {};
  const endpoints = [
    { identifier: 'credentials', role: 'SENDER', url: `${origin()}/credentials` },
    { identifier: 'sessions', role: 'RECEIVER', url: `${origin()}/sessions` },
  ];
  return { data: { version: '2.2.1', endpoints } };
}

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

process.on('message', () => process.send?.(writes));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
