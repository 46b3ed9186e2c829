import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Recorder } from '../http/exchange.ts';
import type { RefusedHandshake, ServerFaults } from './faulting.ts';
import type { ServerEvent } from './options.ts';
import { NO_BYTES } from './request-body.ts';

export interface RefusalParts {
  readonly faults: ServerFaults;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly onEvent: (event: ServerEvent) => void;
}

/** A TLS alert record: fatal, handshake_failure (RFC 8446, 6). */
const HANDSHAKE_FAILURE = Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28);
/** How long a peer that says nothing, or does not hang up, is waited for. Milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Refuses TLS handshakes on purpose. `refuseHandshake` says whether a connection is refused; it then is, once its first bytes
 * have come, and recorded: nobody ever knows what would have been asked on it.
 */
export function refusing({ faults, recorder, clock, onEvent }: RefusalParts) {
  const refuse = (socket: Socket, { by, faults: done }: RefusedHandshake) => {
    const startedAt = clock.now();
    const began = clock.elapsed();
    const { remoteAddress, remotePort } = socket;
    const late = clock.deadline(PATIENCE_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('close', () => late.cancel());
    socket.once('data', () => {
      const leave = () => {
        if (by === 'reset') socket.resetAndDestroy();
        else if (by === 'close') socket.end();
        else socket.end(HANDSHAKE_FAILURE);
        socket.resume();
      };
      recorder
        .record({
          direction: 'in',
          operation: 'unknown',
          startedAt,
          request: { method: '', url: '', headers: [], body: NO_BYTES },
          ended: { how: 'broken-off', by: by === 'reset' ? 'reset' : 'close', sent: 0 },
          timings: {
            queue: null,
            dns: null,
            connect: null,
            tls: null,
            firstByte: null,
            total: clock.elapsed() - began,
          },
          connection: {
            ...(remoteAddress === undefined ? {} : { remoteAddress }),
            ...(remotePort === undefined ? {} : { remotePort }),
            reused: false,
          },
          findings: [],
          faults: done,
        })
        .then(leave, (error: unknown) => {
          onEvent({ kind: 'bug', operation: 'record', error });
          leave();
        });
    });
  };

  /** True where the connection was taken over. */
  const refuseHandshake = (socket: Socket): boolean => {
    const refused = faults.connect();
    if (refused !== undefined) refuse(socket, refused);
    return refused !== undefined;
  };

  return { refuseHandshake };
}

/** Asks before Node begins a handshake on a connection to a TLS server. */
export function askBeforeHandshake(server: Server, refused: (socket: Socket) => boolean): void {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    if (refused(socket)) return;
    for (const listener of listeners) listener.call(server, socket);
  });
}
