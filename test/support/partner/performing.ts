import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Action, Answer } from './action.ts';
import type { ReceivedRequest } from './state.ts';

export interface Exchange {
  incoming: IncomingMessage;
  response: ServerResponse;
  request: ReceivedRequest;
  /** Does what the request asks and says the correct answer. */
  work: () => Promise<Answer>;
}

/** Answers one request as ordered, and notes on it what was planned and how it ended. */
export async function perform(exchange: Exchange, action: Action): Promise<void> {
  const { request, response, work } = exchange;
  const { socket } = exchange.incoming;
  switch (action.do) {
    case 'normal':
      return send(exchange, await work());
    case 'answer': {
      const { status, reason, headers = [], body = '', after } = action;
      await after;
      return send(exchange, { status, headers, body, ...(reason === undefined ? {} : { reason }) });
    }
    case 'alter':
      return send(exchange, action.change(await work()));
    case 'redirect':
      return send(exchange, { status: action.status, headers: [['Location', action.to]], body: '' });
    case 'delay': {
      // Not the Clock of core: the partner shares nothing with what it judges.
      if (action.when === 'before') await sleep(action.ms);
      const answer = await work();
      if (action.when === 'after') await sleep(action.ms);
      return send(exchange, answer);
    }
    case 'hang':
    case 'reset':
    case 'close':
      if (action.work) request.answer = await work();
      request.ended = action.do === 'hang' ? 'hung' : action.do === 'reset' ? 'reset' : 'closed';
      return leave(socket, action.do);
    case 'cut': {
      const answer = await work();
      const bytes = Buffer.from(answer.body).subarray(0, action.at);
      request.answer = answer;
      request.ended = 'cut';
      writeHead(response, answer);
      response.flushHeaders();
      if (bytes.length > 0) await written(done => response.write(bytes, done));
      return leaveAfterBytes(socket, action.end);
    }
    case 'raw':
      request.ended = 'raw';
      await written(done => socket.write(action.bytes, done));
      return leaveAfterBytes(socket, action.end);
  }
}

function send({ request, response }: Exchange, answer: Answer): void {
  request.answer = answer;
  request.ended = 'answered';
  writeHead(response, answer);
  response.end(answer.body);
}

function writeHead(response: ServerResponse, answer: Answer): void {
  const names = new Set(answer.headers.map(([name]) => name.toLowerCase()));
  const lines: (readonly [string, string])[] = [...answer.headers];
  const framed = names.has('content-length') || names.has('transfer-encoding');
  const bodiless = answer.status === 204 || answer.status === 304;
  if (!framed && !bodiless) lines.push(['Content-Length', String(Buffer.byteLength(answer.body))]);
  response.writeHead(answer.status, answer.reason ?? STATUS_CODES[answer.status] ?? '', lines.flat());
}

function leave(socket: Socket, how: 'hang' | 'close' | 'reset'): void {
  if (how === 'reset') socket.resetAndDestroy();
  else if (how === 'close') socket.destroySoon();
}

/** A reset makes the peer's system forget what its program has not read yet: give it the time to read. */
async function leaveAfterBytes(socket: Socket, how: 'hang' | 'close' | 'reset'): Promise<void> {
  if (how === 'reset') await sleep(50);
  leave(socket, how);
}

/** Resolves when the bytes were handed to the system, or when the peer made that impossible. */
function written(write: (done: () => void) => void): Promise<void> {
  return new Promise(resolve => write(() => resolve()));
}
