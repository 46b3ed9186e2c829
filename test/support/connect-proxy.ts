import * as http from 'node:http';
import * as net from 'node:net';

export interface ConnectProxy {
  readonly port: number;
  /** Request lines it was asked with: `CONNECT host:port`, `GET http://host/path`. */
  readonly asked: readonly string[];
  /** Header lines of every request it was asked with, flat as Node gives them. */
  readonly headers: readonly (readonly string[])[];
  stop(): Promise<void>;
}

export interface ConnectProxyOptions {
  /** `user:password` it demands; none unless given. */
  readonly login?: string;
  /** A status with which it refuses everything. */
  readonly refuseWith?: number;
}

/** A forward proxy for tests: tunnels with CONNECT, relays absolute-form requests. Imports nothing of the workbench. */
export async function startConnectProxy({ login, refuseWith }: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const headers: string[][] = [];
  const sockets = new Set<net.Socket>();
  const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
  const note = (request: http.IncomingMessage): number => {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.rawHeaders);
    if (refuseWith !== undefined) return refuseWith;
    return wanted !== undefined && request.headers['proxy-authorization'] !== wanted ? 407 : 200;
  };

  const server = http.createServer((request, response) => {
    const status = note(request);
    if (status !== 200) return void response.writeHead(status).end();
    const { 'proxy-authorization': _, ...passed } = request.headers;
    const onward = http.request(request.url ?? '', { method: request.method, headers: passed }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
    return undefined;
  });
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    socket.on('error', () => {});
    const status = note(request);
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    return undefined;
  });
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    asked,
    headers,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
