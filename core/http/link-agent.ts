import type { ClientRequestArgs, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import { Agent } from '../node-http.ts';
import { type DialTimings, dial, type LinkProxy } from './dial.ts';
import type { Target } from './outgoing.ts';
import type { Ended, WireSettings } from './wire.ts';

/** What one request wants of its connection, and what it learns about it. */
export interface Journey {
  readonly target: Target;
  readonly signal: AbortSignal;
  /** Set when a connection was opened for this request; a kept-alive one leaves it empty. */
  dialled?: { readonly at: number; timings?: DialTimings; bare?: Socket };
}

export interface JourneyRequest extends RequestOptions {
  readonly journey: Journey;
}

/** Carries the reason through Node's agent, which hands on errors only. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  readonly ended: Ended;

  constructor(ended: Ended) {
    super(ended.how);
    this.ended = ended;
  }
}

export interface LinkAgentOptions {
  readonly settings: WireSettings;
  readonly proxy: LinkProxy | undefined;
  readonly clock: Clock;
  secureContext(): SecureContext;
  /** What is offered with ALPN; HTTP/1.1 unless said. */
  readonly protocols?: readonly string[];
}

/** Below the five seconds after which Node's servers close, so that a request seldom meets a closing connection. */
const IDLE_MS = 4000;

/** Keeps the connections of one link alive between requests, and opens them with every step timed. */
export class LinkAgent extends Agent {
  readonly #options: LinkAgentOptions;

  constructor(options: LinkAgentOptions) {
    // No limit of connections: Node would not keep it while connections are being opened. Who asks for much limits itself.
    super({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' });
    this.#options = options;
  }

  /** Node asks with the options of the request, the journey among them. */
  override getName(options?: RequestOptions): string {
    return (options as JourneyRequest | undefined)?.journey.target.origin ?? '';
  }

  override createConnection(
    options: ClientRequestArgs,
    connected?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { journey } = options as JourneyRequest;
    const { clock, proxy, settings, secureContext, protocols } = this.#options;
    journey.dialled = { at: clock.elapsed() };
    const { target, signal } = journey;
    const wanted = { target, settings, clock, signal, secureContext, ...(protocols && { protocols }) };
    void dial(proxy ? { ...wanted, proxy } : wanted).then(dialled => {
      if (journey.dialled) {
        journey.dialled.timings = dialled.timings;
        if (dialled.ok) journey.dialled.bare = dialled.bare;
      }
      if (dialled.ok) connected?.(null, dialled.socket);
      // Node passes the error on and looks at no socket then.
      else (connected as ((error: Error) => void) | undefined)?.(new NotConnected(dialled.ended));
    });
    return undefined;
  }

  /** Closes the idle connections to an origin, so that the next request opens a fresh one. */
  dropIdle(target: Target): void {
    for (const socket of this.freeSockets[target.origin] ?? []) socket.destroy();
  }
}
