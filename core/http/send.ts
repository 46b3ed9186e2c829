import type { Clock } from '../clock.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { type Attempt, attempt } from './attempt.ts';
import { proxyOf } from './dial.ts';
import { headBytes, type Played } from './line.ts';
import { LinkAgent } from './link-agent.ts';
import { prepare, targetOf, UnsendableRequest } from './outgoing.ts';
import { HANDSHAKES, PlayedAgent } from './played-agent.ts';
import { lazily, trust } from './trust.ts';
import type {
  Ended,
  OutgoingRequest,
  PlayedSending,
  Send,
  SendResult,
  Timings,
  WireRequest,
  WireSettings,
} from './wire.ts';

/** The way to one link: its connections, proxy and certificates. */
export interface Wire {
  /**
   * Sends one request. The outcome is a value, failures included; only a request that `checkOutgoing` refuses is a
   * caller's bug and throws `UnsendableRequest`. Redirects are not followed here.
   */
  readonly send: Send;
  /**
   * Sends one request as `play` writes it: method, header lines and framing are nobody's but the caller's, only its URL has to
   * be one that `checkOutgoing` takes. The answer is read as ever; without one the exchange ends as the request did.
   */
  readonly sendPlayed: (
    request: OutgoingRequest,
    played: PlayedSending,
    options?: { readonly signal?: AbortSignal },
  ) => Promise<SendResult>;
  /** Ends what is under way as `cancelled` and closes all connections. */
  close(): Promise<void>;
}

const NOTHING_HAPPENED: Timings = { queue: null, dns: null, connect: null, tls: null, firstByte: null, total: 0 };
/** Methods that may be sent again without harm when a kept-alive connection turns out to be closed. */
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Node's HTTP client underneath, not undici: undici writes `host` and `connection` first, in lower case, and
 * Content-Length last, breaks off on an unasked `100 Continue`, and drops the bytes that its parser refuses. Here every
 * line is ours, so the request recorded is the request that left.
 */
export function createWire(settings: WireSettings, { clock }: { readonly clock: Clock }): Wire {
  const proxy = proxyOf(settings);
  const usableProxy = proxy && 'host' in proxy ? proxy : undefined;
  const agent = new LinkAgent({ settings, proxy: usableProxy, clock, secureContext: lazily(() => trust(settings)) });
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  const sendPlayed: Wire['sendPlayed'] = async (outgoing, { play, handshake }, { signal } = {}) => {
    const startedAt = clock.now();
    const began = clock.elapsed();
    const { method, url, headers, body = new Uint8Array() } = outgoing;
    const request: WireRequest = { method, url, headers, body };
    const unsent = (ended: Ended): SendResult => ({ request, ended, timings: NOTHING_HAPPENED, startedAt });
    if (signal?.aborted || closing.signal.aborted) return unsent({ how: 'cancelled' });
    if (proxy && 'problem' in proxy) return unsent({ how: 'proxy', detail: proxy.problem });

    const target = targetOf(url);
    const forwarded = usableProxy !== undefined && !target.secure;
    const requestTarget = forwarded ? `http://${target.authority}${target.path}` : target.path;
    const lines = forwarded ? withLogin(headers, usableProxy.authorization) : headers;
    const over = new AbortController();
    const { context, protocols } = HANDSHAKES[handshake ?? 'usual'];
    const own = new PlayedAgent({
      settings,
      proxy: usableProxy,
      clock,
      secureContext: () => trust(settings, context),
      ...(protocols && { protocols }),
      play,
      head: headBytes(`${method} ${requestTarget} HTTP/1.1`, lines),
      over: over.signal,
    });
    const { stale: _, ...outcome } = await attempt({
      agent: own,
      clock,
      settings,
      target,
      // Heard by nobody: of it only the method counts, by which the answer is read.
      method: method === 'HEAD' ? 'HEAD' : 'GET',
      requestTarget: target.path,
      headers: [['Host', target.authority]],
      body: new Uint8Array(),
      began,
      signals: signal ? [signal, closing.signal] : [closing.signal],
      sent: own.played,
    });
    over.abort();
    own.destroy();
    const played = outcome.connection === undefined ? undefined : await own.played;
    return { request, startedAt, ...outcome, ended: endOfPlayed(outcome, played) };
  };

  const send: Send = async (outgoing, { signal } = {}) => {
    const ready = prepare(outgoing);
    if (ready.problem) throw new UnsendableRequest(ready.problem);
    const { target, headers } = ready;
    const startedAt = clock.now();
    const began = clock.elapsed();
    const request: WireRequest = {
      method: outgoing.method,
      url: outgoing.url,
      headers,
      body: outgoing.body ?? new Uint8Array(),
    };
    const unsent = (ended: Ended): SendResult => ({ request, ended, timings: NOTHING_HAPPENED, startedAt });
    if (signal?.aborted || closing.signal.aborted) return unsent({ how: 'cancelled' });
    if (proxy && 'problem' in proxy) return unsent({ how: 'proxy', detail: proxy.problem });

    const forwarded = usableProxy !== undefined && !target.secure;
    const once = () =>
      attempt({
        agent,
        clock,
        settings,
        target,
        method: request.method,
        requestTarget: forwarded ? `http://${target.authority}${target.path}` : target.path,
        headers: forwarded ? withLogin(headers, usableProxy.authorization) : headers,
        body: request.body,
        began,
        signals: signal ? [signal, closing.signal] : [closing.signal],
      });
    let result = await once();
    if (result.stale && SAFE.has(request.method)) {
      agent.dropIdle(target);
      result = await once();
    }
    const { stale: _, ...outcome } = result;
    return { request, startedAt, ...outcome, ended: forwarded ? refusedByProxy(outcome) : outcome.ended };
  };

  const watched = (sending: Promise<SendResult>): Promise<SendResult> => {
    const settled: Promise<unknown> = sending.then(
      () => underWay.delete(settled),
      () => underWay.delete(settled),
    );
    underWay.add(settled);
    return sending;
  };

  return {
    send: (outgoing, options) => watched(send(outgoing, options)),
    sendPlayed: (outgoing, played, options) => watched(sendPlayed(outgoing, played, options)),
    close: async () => {
      closing.abort();
      await Promise.all(underWay);
      agent.destroy();
    },
  };
}

/** An answer counts, and what kept the request from leaving; else it ended as it was made to. */
function endOfPlayed({ ended, response }: Pick<Attempt, 'ended' | 'response'>, played: Played | undefined): Ended {
  if (played === undefined || response !== undefined || ended.how === 'cancelled') return ended;
  const { how, sent } = played;
  return how === 'ended' || how === 'gone' ? ended : { how: 'broken-off', by: how, sent };
}

/** For the proxy alone: it never stands in what is recorded. */
function withLogin(headers: RawHeaders, authorization: string | undefined): RawHeaders {
  return authorization === undefined ? headers : [...headers, ['Proxy-Authorization', authorization]];
}

/** On the way without a tunnel only 407 is surely the proxy's own word. */
function refusedByProxy({ ended, response }: Pick<Attempt, 'ended' | 'response'>): Ended {
  if (ended.how !== 'complete' || response?.status !== 407) return ended;
  return {
    how: 'proxy',
    detail: 'The proxy answered 407: it asks for a user name and password, or for others.',
  };
}
