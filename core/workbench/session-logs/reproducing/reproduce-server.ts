import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../clock.ts';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import { headBytes } from '../../../http/line.ts';
import { createServer } from '../../../node-http.ts';
import { pairHeaders } from '../../../ocpi/raw-headers.ts';
import { localUrlOf } from '../../../server/addresses.ts';
import { AnswerLine } from '../../../server/answer-line.ts';
import { watchConnections } from '../../../server/connections.ts';
import { listen, type NotStarted } from '../../../server/listening.ts';
import type { Peer } from '../../../server/peer.ts';
import { readRequestBody } from '../../../server/request-body.ts';
import type { ReproductionAnswer, ReproductionAsked } from './reproduce-answering.ts';

/** The server of one reproduction. */
export interface ReproductionServer {
  /** `http://127.0.0.1:8080`. */
  readonly localUrl: string;
  close(): Promise<void>;
}

export interface ReproductionServerParts {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly answer: (asked: ReproductionAsked) => Promise<ReproductionAnswer>;
  /** What came was no HTTP, or no whole request. */
  readonly onUnreadable: (what: string) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

const BODY_LIMIT = 64 * 1024 * 1024;
const HEADER_LIMIT = 64 * 1024;
const CLOSE_DEADLINE_MS = 500;

/** Listens; every byte of an answer is the recording's, none is added by a library. */
export async function startReproductionServer(parts: ReproductionServerParts): Promise<Outcome<ReproductionServer>> {
  const { host, port, clock, onUnreadable, onTrouble } = parts;
  const http = createServer({ maxHeaderSize: HEADER_LIMIT, requireHostHeader: false });
  http.maxHeadersCount = 0;
  const listening = await listen(http, { host, port });
  if (!listening.ok) return notListening(listening);
  const closing = new AbortController();

  const answer = async (peer: Peer, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    let finished = false;
    peer.requestBegan();
    response.on('finish', () => {
      finished = true;
    });
    response.on('close', () => {
      if (!finished) gone.abort(new Error('the peer has gone'));
      peer.callEnded();
    });
    const reading = readRequestBody(request, BODY_LIMIT);
    peer.reading = reading;
    const { bytes, end } = await reading.done;
    peer.reading = undefined;
    const { method = '', url = '' } = request;
    if (end.how !== 'whole') {
      onUnreadable(`${method} came without a whole body (${end.how})`);
      peer.reset();
      return;
    }
    const reply = await parts.answer({ method, url, headers: pairHeaders(request.rawHeaders), body: bytes });
    await reply.ready;
    const keepAlive = reply.keepAlive && response.shouldKeepAlive && !closing.signal.aborted;
    const call = { response, peer, signal: gone.signal };
    const line = new AnswerLine({ call, clock, keepAlive, hurry: closing.signal });
    if (!(await line.turn())) return;
    await reply.play(line, headBytes(`HTTP/1.1 ${reply.status} ${reply.statusText}`, reply.headers));
  };

  const connections = watchConnections(http, {
    answer: ({ peer, request, response, expects }) => {
      if (expects === 'continue') response.writeContinue();
      answer(peer, request, response).catch((error: unknown) => {
        onTrouble('answering for a reproduction', error);
        peer.reset();
      });
    },
    failed: (peer, error) => {
      if (peer.reading !== undefined) peer.reading.stop({ how: 'malformed', detail: error.message });
      else if (error.code?.startsWith('HPE_')) onUnreadable(`what came is no HTTP: ${error.reason ?? error.message}`);
      peer.socket.destroy();
    },
    refuseTunnel: peer => peer.reset(),
    onEvent: () => {},
  });

  return done({
    localUrl: localUrlOf({ host, port: listening.port, tls: false }),
    close: async () => {
      closing.abort();
      const closed = new Promise<void>(resolve => http.close(() => resolve()));
      connections.closeWhenIdle();
      const cut = clock.deadline(CLOSE_DEADLINE_MS, connections.cut);
      await closed;
      cut.cancel();
    },
  });
}

function notListening({ code, message, advice }: NotStarted): Outcome<never> {
  return failed(code === 'PORT_TAKEN' ? 'PORT_TAKEN' : 'ADDRESS_UNUSABLE', message, advice);
}
