import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { IncomingRequest } from './answering.ts';
import { askBeforeHandshake } from './handshake-refusal.ts';
import type { ServerEvent } from './options.ts';
import { Peer } from './peer.ts';
import type { ConnectionError } from './unparsed.ts';

export interface ConnectionParts {
  readonly answer: (incoming: IncomingRequest) => void;
  readonly failed: (peer: Peer, error: ConnectionError) => void;
  readonly refuseTunnel: (peer: Peer, request: IncomingMessage) => void;
  /** Of TLS, before the handshake: true where the connection is taken over and refused. */
  readonly refuseHandshake?: (socket: Socket) => boolean;
  readonly onEvent: (event: ServerEvent) => void;
}

/** All connections of a server that is to close. */
export interface Connections {
  /** Ends each one as soon as no answer is owed on it. */
  closeWhenIdle(): void;
  /** Ends all of them now, those in the middle of a TLS handshake too. */
  cut(): void;
}

/**
 * Connects a `node:http` or `node:https` server with what answers. An `Upgrade` header is ignored, as HTTP allows:
 * clients that offer HTTP/2 this way then go on with HTTP/1.1.
 */
export function watchConnections(
  server: Server,
  { answer, failed, refuseTunnel, refuseHandshake, onEvent }: ConnectionParts,
): Connections {
  const secure = isTls(server);
  const sockets = new Set<Socket>();
  /** With TLS: the bare connections, by where they come from. */
  const bare = new Map<string, Socket>();
  const peers = new Map<Duplex, Peer>();

  const peerOf = (socket: Socket): Peer => {
    const known = peers.get(socket);
    if (known !== undefined) return known;
    const peer = new Peer(socket, bare.get(originOf(socket)));
    peers.set(socket, peer);
    socket.once('close', () => peers.delete(socket));
    // Before Node's parser, so that the bytes of what it refuses are known.
    socket.prependListener('data', (chunk: Buffer) => peer.heard(chunk));
    socket.on('error', ({ code }: ConnectionError) => {
      peer.wasReset ||= code === 'ECONNRESET' || code === 'EPIPE';
    });
    return peer;
  };

  if (secure && refuseHandshake !== undefined) askBeforeHandshake(server, refuseHandshake);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (!secure) peerOf(socket);
    else {
      // Its peer comes with `secureConnection`.
      const origin = originOf(socket);
      bare.set(origin, socket);
      socket.once('close', () => bare.delete(origin));
    }
  });
  server.on('secureConnection', (socket: TLSSocket) => peerOf(socket));
  server.on('request', (request, response) => answer({ peer: peerOf(request.socket), request, response }));
  server.on('checkContinue', (request, response) =>
    answer({ peer: peerOf(request.socket), request, response, expects: 'continue' }),
  );
  server.on('checkExpectation', (request, response) =>
    answer({ peer: peerOf(request.socket), request, response, expects: 'other' }),
  );
  server.on('connect', (request: IncomingMessage) => refuseTunnel(peerOf(request.socket), request));
  server.on('clientError', (error: ConnectionError, socket: Duplex) => {
    const peer = peers.get(socket);
    if (peer !== undefined) {
      failed(peer, error);
      return;
    }
    // The handshake failed, so there never was a connection to answer on.
    const remoteAddress = socket instanceof TLSSocket ? socket.remoteAddress : undefined;
    onEvent({
      kind: 'tls',
      code: error.code ?? 'unknown',
      detail: error.message,
      ...(remoteAddress !== undefined && { remoteAddress }),
    });
    socket.destroy();
  });

  return {
    closeWhenIdle: () => {
      for (const peer of peers.values()) peer.whenIdle(() => peer.socket.destroySoon());
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function originOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function isTls(server: Server): boolean {
  return 'setSecureContext' in server;
}
