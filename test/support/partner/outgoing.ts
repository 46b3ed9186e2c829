import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { HeaderLines, Operation } from './action.ts';

/** PEM texts for the partner's own calls over HTTPS. */
export interface TlsTrust {
  ca?: string;
  clientKey?: string;
  clientCert?: string;
}

/** A request as literal text; `Host` and `Content-Length` are added unless the lines bring them. */
export interface OutgoingRequest {
  method: string;
  url: string;
  headers: HeaderLines;
  body?: string | Uint8Array;
}

export interface CallAnswer {
  status: number;
  reason: string;
  headers: HeaderLines;
  body: Uint8Array;
  text: string;
  /** False when the connection ended before the announced end. */
  complete: boolean;
}

/** A call the partner made. `at` and `endedAt` are monotonic milliseconds, comparable with those of received requests. */
export interface Call {
  operation: Operation;
  version: string | undefined;
  request: OutgoingRequest;
  at: number;
  endedAt: number;
  /** As much of an answer as came; absent when not even its head did. */
  answer?: CallAnswer;
  /** Why there is none, or no whole one: `ECONNREFUSED`, `timeout`, ... */
  failure?: string;
}

/** Sends one request on a connection of its own; follows nothing, decodes nothing, never throws for what the peer does. */
export function sendRequest(
  request: OutgoingRequest,
  settings: { timeoutMs: number; trust?: TlsTrust | undefined },
): Promise<Pick<Call, 'answer' | 'failure'>> {
  return new Promise(resolve => {
    const url = new URL(request.url);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const chunks: Buffer[] = [];
    let response: IncomingMessage | undefined;
    // What came before a failure is kept beside it; only the first call counts.
    const settle = (failure?: string) => {
      clearTimeout(timer);
      resolve({
        ...(response === undefined ? {} : { answer: answerOf(response, Buffer.concat(chunks)) }),
        ...(failure === undefined ? {} : { failure }),
      });
    };
    const sent = send(
      url,
      { method: request.method, headers: completeHeaders(request, url), agent: false, ...tlsOptions(settings.trust) },
      incoming => {
        response = incoming;
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
        incoming.on('close', () => settle(incoming.complete ? undefined : 'the answer was cut'));
      },
    );
    // The partner imports nothing of core, so it has no Clock; its time is the real one.
    const timer = setTimeout(() => {
      settle('timeout');
      sent.destroy();
    }, settings.timeoutMs);
    sent.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    sent.end(request.body);
  });
}

function answerOf(response: IncomingMessage, body: Buffer): CallAnswer {
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: pairs(response.rawHeaders),
    body,
    text: body.toString('utf8'),
    complete: response.complete,
  };
}

function tlsOptions(trust: TlsTrust | undefined) {
  return {
    ...(trust?.ca === undefined ? {} : { ca: trust.ca }),
    ...(trust?.clientKey === undefined ? {} : { key: trust.clientKey }),
    ...(trust?.clientCert === undefined ? {} : { cert: trust.clientCert }),
  };
}

/** Pairs from Node's flat raw header list. */
export function pairs(flat: readonly string[]): [string, string][] {
  const lines: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) lines.push([flat[at] ?? '', flat[at + 1] ?? '']);
  return lines;
}

/** A flat list: Node then writes the lines in this order and case, doubled ones included. */
function completeHeaders(request: OutgoingRequest, url: URL): string[] {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const lines: (readonly [string, string])[] = [];
  if (!names.has('host')) lines.push(['Host', url.host]);
  lines.push(...request.headers);
  if (request.body !== undefined && !names.has('content-length') && !names.has('transfer-encoding')) {
    lines.push(['Content-Length', String(Buffer.byteLength(request.body))]);
  }
  if (!names.has('connection')) lines.push(['Connection', 'close']);
  return lines.flat();
}
