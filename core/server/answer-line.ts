import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { type Line, mute, writeAll } from '../http/line.ts';
import type { Call } from './call.ts';

export interface AnswerLineParts {
  readonly call: Pick<Call, 'response' | 'peer' | 'signal'>;
  readonly clock: Clock;
  /** Whether the connection lives on behind the answer. */
  readonly keepAlive: boolean;
  readonly hurry: AbortSignal;
}

/** The connection one answer leaves on, written to past Node's HTTP, which goes on with it where the answer has an end. */
export class AnswerLine implements Line {
  readonly gone: AbortSignal;
  readonly hurry: AbortSignal;
  readonly #parts: AnswerLineParts;

  constructor(parts: AnswerLineParts) {
    this.#parts = parts;
    this.gone = parts.call.signal;
    this.hurry = parts.hurry;
  }

  /** Answers leave in the order of their requests: resolves when it is this one's turn; false where it never is. */
  turn(): Promise<boolean> {
    const { response } = this.#parts.call;
    if (this.gone.aborted) return Promise.resolve(false);
    if (response.socket !== null) return Promise.resolve(true);
    return new Promise(resolve => {
      response.once('socket', () => resolve(true));
      this.gone.addEventListener('abort', () => resolve(false), { once: true });
    });
  }

  write(bytes: Uint8Array): Promise<boolean> {
    const socket = this.#socket();
    return socket === undefined ? Promise.resolve(false) : writeAll(socket, bytes);
  }

  end(): void {
    const { call, keepAlive } = this.#parts;
    const socket = this.#socket();
    if (socket === undefined) return;
    // Node's own answer crosses nowhere; with its end the next request has its turn, or the connection is closed.
    const muted = mute(socket);
    call.response.sendDate = false;
    call.response.writeHead(200, ['Content-Length', '0', 'Connection', keepAlive ? 'keep-alive' : 'close']);
    call.response.end();
    muted.restore();
  }

  close(): void {
    const { call, clock } = this.#parts;
    call.peer.lingerOnClose(clock);
    call.peer.socket.destroySoon();
  }

  reset(): void {
    const { peer } = this.#parts.call;
    peer.closing = true;
    peer.reset();
  }

  #socket(): Socket | undefined {
    return this.gone.aborted ? undefined : (this.#parts.call.response.socket ?? undefined);
  }
}
