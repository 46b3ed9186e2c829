import type { Clock } from '../clock.ts';
import type { ExchangeRecord, ExchangeUpdate } from '../http/exchange.ts';
import { headBytes, type Played } from '../http/line.ts';
import type { Ended } from '../http/wire.ts';
import type { FaultedReply } from './altered-answer.ts';
import { AnswerLine } from './answer-line.ts';
import type { Call } from './call.ts';

export interface PlayedDeliveryParts {
  readonly clock: Clock;
  readonly closing: AbortSignal;
}

export type PlayedReply = FaultedReply & { readonly played: NonNullable<FaultedReply['played']> };

/** What is recorded of an answer that leaves step by step, before it does: it is under way until that is over. */
export function whileUnderWay({
  wire,
  faults,
  played: { leaves },
}: PlayedReply): Partial<ExchangeRecord> & { readonly ended: Ended } {
  return {
    ended: { how: 'open' },
    ...(leaves !== undefined && { response: leaves }),
    ...(leaves !== undefined && wire.ocpiStatus !== undefined && { ocpiStatus: wire.ocpiStatus }),
    ...(faults !== undefined && { faults }),
  };
}

/** Lets a recorded answer leave as its faults have it; what became of it is how the row ends. Never rejects. */
export async function playAnswer(
  call: Call,
  { wire, faults, played: { play } }: PlayedReply,
  { clock, closing }: PlayedDeliveryParts,
): Promise<{ readonly delivered: boolean; readonly changes: ExchangeUpdate }> {
  const line = new AnswerLine({ call, clock, keepAlive: wire.keepAlive && !closing.aborted, hurry: closing });
  const { status, statusText, headers } = wire.response;
  const head = headBytes(`HTTP/1.1 ${status} ${statusText}`, headers);
  const played: Played = (await line.turn())
    ? await play(line, head)
    : { how: 'gone', sent: 0, whole: false, words: [] };
  const { how, whole, words } = played;
  // Closed in good order behind its last byte it was answered as well as any.
  const delivered = how === 'ended' || (how === 'close' && whole);
  const total = clock.elapsed() - call.startedElapsed;
  const changes: ExchangeUpdate = {
    ended: call.badEnd ?? (delivered ? { how: 'answered' } : brokenOff(call, played)),
    timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total },
    ...(faults !== undefined && faults.wire.join() !== words.join() && { faults: { ...faults, wire: words } }),
  };
  return { delivered, changes };
}

function brokenOff(call: Call, { how, sent }: Played): Ended {
  return how === 'gone' || how === 'ended' ? call.goneEnd() : { how: 'broken-off', by: how, sent };
}
