import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { FaultTrial } from '../../contract/fault.ts';
import type { Draft } from '../../faults/draft.ts';
import { headText } from '../../faults/http-text.ts';
import { playing } from '../../faults/perform/play.ts';
import type { Rule } from '../../faults/rule.ts';
import { sampleFor } from '../../faults/sample.ts';
import { tryRule } from '../../faults/trial.ts';
import { type Line, writeAll } from '../../http/line.ts';

export interface TryingOptions {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly patience: number;
}

/** Sends the sample of a rule's kind over a real socket of this machine, the rule at work, and reads what arrives. */
export async function sendSample(rule: Rule, { clock, patience }: TryingOptions): Promise<FaultTrial> {
  const sample = sampleFor(rule.kind.sample);
  const { draft, wire, firings } = tryRule(sample, { rule, hit: 1, link: rule.scope.link ?? '' });
  const { direction, operation, version } = sample.facts;
  const told = { direction, operation, version: version ?? null, wire: [...wire], firings: [...firings] };
  if (draft.withheld) return { ...told, arrived: '', ended: 'open', ms: 0 };
  const over = new AbortController();
  const server = createServer(socket => void leave(draft, { socket, clock, over: over.signal }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const late = clock.deadline(patience, () => peer.destroy());
  try {
    return { ...told, ...(await arriving(peer, clock)) };
  } finally {
    late.cancel();
    over.abort();
    server.close();
  }
}

async function arriving(peer: Socket, clock: Clock): Promise<Pick<FaultTrial, 'arrived' | 'ended' | 'ms'>> {
  const began = clock.elapsed();
  const pieces: Buffer[] = [];
  let ended: FaultTrial['ended'] = 'open';
  peer.on('data', piece => pieces.push(piece));
  peer.on('end', () => {
    ended = 'closed';
  });
  peer.on('error', () => {
    ended = 'reset';
  });
  await new Promise<void>(resolve => peer.once('close', () => resolve()));
  return { arrived: Buffer.concat(pieces).toString('base64'), ended, ms: Math.round(clock.elapsed() - began) };
}

interface Leaving {
  readonly socket: Socket;
  readonly clock: Clock;
  readonly over: AbortSignal;
}

/** As a server or client of ours writes it; a message that ends as HTTP has it ends its connection too. */
async function leave(draft: Draft, { socket, clock, over }: Leaving): Promise<void> {
  const gone = new AbortController();
  socket.on('error', () => {});
  socket.once('close', () => gone.abort());
  over.addEventListener('abort', () => socket.destroy(), { once: true });
  const line: Line = {
    write: bytes => writeAll(socket, bytes),
    end: () => socket.end(),
    close: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    gone: gone.signal,
  };
  const { message, steps } = draft;
  await playing({ steps, body: message.body, clock })(line, Buffer.from(headText(message), 'latin1'));
}
