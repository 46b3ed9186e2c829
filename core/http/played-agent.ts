import type { ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import { type Line, type Muted, mute, type Play, type Played } from './line.ts';
import { type JourneyRequest, LinkAgent, type LinkAgentOptions } from './link-agent.ts';
import type { PlayedSending } from './wire.ts';

interface Handshake {
  readonly context?: SecureContextOptions;
  readonly protocols?: readonly string[];
}

/** What a client offers; but for the usual one nobody should take any of it. */
export const HANDSHAKES: Readonly<Record<'usual' | NonNullable<PlayedSending['handshake']>, Handshake>> = {
  usual: {},
  version: { context: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } },
  cipher: { context: { maxVersion: 'TLSv1.2', ciphers: 'eNULL:@SECLEVEL=0' } },
  alpn: { protocols: ['nobody/1'] },
};

export interface PlayedAgentOptions extends LinkAgentOptions {
  readonly play: Play;
  /** Start line and header lines as they are to cross. */
  readonly head: Uint8Array;
  /** Aborts when nobody waits for the answer any more. */
  readonly over: AbortSignal;
}

/**
 * One connection for one request that is written byte by byte. Node's client believes to write it as well, and is not heard;
 * it reads the answer.
 */
export class PlayedAgent extends LinkAgent {
  readonly #options: PlayedAgentOptions;
  readonly #played = Promise.withResolvers<Played | undefined>();

  constructor(options: PlayedAgentOptions) {
    super(options);
    this.#options = options;
  }

  /** Resolves when all was written that is to be; undefined where there never was a connection. */
  get played(): Promise<Played | undefined> {
    return this.#played.promise;
  }

  override createConnection(
    options: ClientRequestArgs,
    connected?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    super.createConnection(options, (error, duplex) => {
      if (error !== null) {
        this.#played.resolve(undefined);
        connected?.(error, duplex);
        return;
      }
      const socket = duplex as Socket;
      const bare = (options as JourneyRequest).journey.dialled?.bare ?? socket;
      const line = new RequestLine(socket, { bare, over: this.#options.over });
      connected?.(null, duplex);
      void this.#options.play(line, this.#options.head).then(this.#played.resolve);
    });
  }
}

class RequestLine implements Line {
  readonly gone: AbortSignal;
  readonly #socket: Socket;
  readonly #bare: Socket;
  readonly #muted: Muted;

  constructor(socket: Socket, { bare, over }: { readonly bare: Socket; readonly over: AbortSignal }) {
    const closed = new AbortController();
    socket.once('close', () => closed.abort());
    this.gone = AbortSignal.any([closed.signal, over]);
    this.#socket = socket;
    this.#bare = bare;
    this.#muted = mute(socket);
  }

  write(bytes: Uint8Array): Promise<boolean> {
    return this.#muted.write(bytes);
  }

  /** The connection has no other request: it is closed behind the answer. */
  end(): void {}

  close(): void {
    this.#socket.end();
  }

  reset(): void {
    if (!this.#bare.destroyed) this.#bare.resetAndDestroy();
  }
}
