import type { Clock } from '../clock.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { type Attempt, attempt } from './attempt.ts';
import { proxyOf } from './dial.ts';
import { LinkAgent } from './link-agent.ts';
import { checkOutgoing, completeHeaders, targetOf, UnsendableRequest } from './outgoing.ts';
import { lazily, trust } from './trust.ts';
import type { Ended, Send, SendResult, Timings, WireRequest, WireSettings } from './wire.ts';

/** The way to one link: its connections, proxy and certificates. */
export interface Wire {
  /**
   * Sends one request. The outcome is a value, failures included; only a request that `checkOutgoing` refuses is a
   * caller's bug and throws `UnsendableRequest`. Redirects are not followed here.
   */
  readonly send: Send;
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

  const send: Send = async (outgoing, { signal } = {}) => {
    const unsendable = checkOutgoing(outgoing);
    if (unsendable) throw new UnsendableRequest(unsendable);
    const startedAt = clock.now();
    const began = clock.elapsed();
    const target = targetOf(outgoing.url);
    const headers = completeHeaders(outgoing, target);
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
        signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal,
      });
    let result = await once();
    if (result.stale && SAFE.has(request.method)) {
      agent.dropIdle(target);
      result = await once();
    }
    const { stale: _, ...outcome } = result;
    return { request, startedAt, ...outcome, ended: forwarded ? refusedByProxy(outcome) : outcome.ended };
  };

  return {
    send: (outgoing, options) => {
      const sending = send(outgoing, options);
      const settled: Promise<unknown> = sending.then(
        () => underWay.delete(settled),
        () => underWay.delete(settled),
      );
      underWay.add(settled);
      return sending;
    },
    close: async () => {
      closing.abort();
      await Promise.all(underWay);
      agent.destroy();
    },
  };
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
