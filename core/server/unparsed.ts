import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Recorder } from '../http/exchange.ts';
import type { Ended, WireRequest } from '../http/wire.ts';
import { pairHeaders } from '../ocpi/raw-headers.ts';
import type { ServerEvent, ServerLimits } from './options.ts';
import type { Peer } from './peer.ts';
import { refusals } from './refusals.ts';
import type { PlannedReply } from './responder.ts';
import { wireReply, writeLiterally } from './wire-reply.ts';

export interface UnparsedParts {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly onEvent: (event: ServerEvent) => void;
}

/** What Node reports on a connection: a parse error, its own time limits, or a socket error. */
export interface ConnectionError extends Error {
  readonly code?: string;
  readonly reason?: string;
  readonly rawPacket?: Buffer;
}

interface Unparsed {
  readonly request: WireRequest;
  readonly reply: PlannedReply;
  readonly ended: Ended;
}

/** Answers what never became a request, or not one for us: recorded like any other exchange, then answered literally. */
export function createUnparsed({ recorder, clock, limits, onEvent }: UnparsedParts) {
  /** A connection failed. Errors in the middle of a body belong to the request that is being read. */
  const failed = (peer: Peer, error: ConnectionError) => {
    if (peer.closing) return;
    const code = error.code ?? 'unknown';
    const detail = error.reason ?? error.message;
    if (!code.startsWith('HPE_') && code !== 'ERR_HTTP_REQUEST_TIMEOUT') {
      peer.wasReset = true;
      peer.reading?.stop({ how: 'reset' });
      onEvent({ kind: 'connection', code, detail, ...remote(peer) });
      peer.socket.destroy();
      return;
    }
    if (peer.reading !== undefined) {
      if (code === 'ERR_HTTP_REQUEST_TIMEOUT') peer.reading.stop({ how: 'timeout' });
      else if (code === 'HPE_INVALID_EOF_STATE') peer.reading.stop({ how: 'cut' });
      else peer.reading.stop({ how: 'malformed', detail });
      return;
    }
    const raw = peer.unread(error.rawPacket);
    if (raw.length === 0) {
      onEvent({ kind: 'connection', code, detail: 'nothing was sent', ...remote(peer) });
      peer.socket.destroy();
      return;
    }
    const request = { method: '', url: '', headers: [], body: raw };
    peer.closing = true;
    peer.whenIdle(() => answer(peer, { request, ...explain({ code, detail, raw }) }));
  };

  const explain = ({ code, detail, raw }: { code: string; detail: string; raw: Buffer }): Omit<Unparsed, 'request'> => {
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
      const ended = { how: 'timeout', phase: 'request', afterMs: limits.headersTimeoutMs } as const;
      return { reply: refusals.tooSlow(`${raw.length} bytes of a request`), ended };
    }
    if (code === 'HPE_HEADER_OVERFLOW') {
      const ended = { how: 'malformed', detail: `headers of more than ${limits.headerBytes} bytes` } as const;
      return { reply: refusals.headTooLarge(limits.headerBytes), ended };
    }
    if (code === 'HPE_INVALID_EOF_STATE')
      return { reply: refusals.cut(`${raw.length} bytes of a request`), ended: { how: 'cut', received: raw.length } };
    const spoken = looksLikeTls(raw) ? 'a TLS handshake on a port without TLS' : detail;
    return { reply: refusals.unreadable(spoken), ended: { how: 'malformed', detail: spoken } };
  };

  /** CONNECT: we are no proxy. */
  const refuseTunnel = (peer: Peer, request: IncomingMessage) => {
    if (peer.closing) return;
    peer.closing = true;
    const { method = '', url = '', rawHeaders } = request;
    const wire = { method, url, headers: pairHeaders(rawHeaders), body: Buffer.alloc(0) };
    const reply = refusals.wrongMethod(method, ['GET', 'POST', 'PUT', 'DELETE']);
    peer.whenIdle(() => answer(peer, { request: wire, reply, ended: { how: 'answered' } }));
  };

  const answer = (peer: Peer, { request, reply, ended }: Unparsed) => {
    const { socket } = peer;
    const startedAt = clock.now();
    const wire = wireReply(reply, {
      now: startedAt,
      keepAlive: false,
      keepAliveMs: 0,
      requestId: undefined,
      correlationId: undefined,
      routing: undefined,
      headOnly: false,
    });
    const answerable = socket.writable;
    const release = () => {
      if (!answerable || !socket.writable) {
        socket.destroy();
        return;
      }
      peer.lingerOnClose(clock);
      socket.write(writeLiterally(wire));
      socket.destroySoon();
    };
    const record = {
      direction: 'in' as const,
      operation: 'unknown',
      startedAt,
      request,
      ended,
      connection: peer.connection(),
      findings: reply.findings ?? [],
      ...(answerable && { response: wire.response }),
      ...(answerable && wire.ocpiStatus !== undefined && { ocpiStatus: wire.ocpiStatus }),
    };
    // All of these are refusals, which are right whether they could be stored or not.
    recorder.record(record).then(release, (error: unknown) => {
      onEvent({ kind: 'bug', operation: 'record', error });
      release();
    });
  };

  return { failed, refuseTunnel };
}

/** A handshake record of TLS 1.x. */
function looksLikeTls(raw: Buffer): boolean {
  return raw[0] === 0x16 && raw[1] === 0x03;
}

function remote({ socket }: Peer): { readonly remoteAddress?: string } {
  return socket.remoteAddress === undefined ? {} : { remoteAddress: socket.remoteAddress };
}
