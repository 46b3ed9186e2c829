import type { Clock } from '../clock.ts';
import type { ExchangeFaults, ExchangeUpdate, Recorder, Stored } from '../http/exchange.ts';
import type { WireResponse } from '../http/wire.ts';
import { answeredBefore, faultedReply } from './altered-answer.ts';
import type { Call } from './call.ts';
import type { ServerEvent } from './options.ts';
import { type PlayedReply, playAnswer, whileUnderWay } from './played-delivery.ts';
import { refusals } from './refusals.ts';
import { NO_BODY } from './reply-body.ts';
import type { PlannedReply } from './responder.ts';
import { type WireReply, wireReply } from './wire-reply.ts';

export interface DeliveryParts {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly keepAliveMs: number;
  readonly onEvent: (event: ServerEvent) => void;
  /** Aborts when the server closes: every answer is then the last one of its connection. */
  readonly closing: AbortSignal;
  /** Changes how an answer looks before it is recorded and sent. */
  readonly dressed?: (reply: PlannedReply) => PlannedReply;
}

/** An answer on its way to be recorded. */
interface Leaving {
  readonly reply: PlannedReply;
  readonly wire: WireReply;
  readonly id: number | undefined;
  readonly faults?: ExchangeFaults | undefined;
  /** Where it is written byte by byte. */
  readonly played?: PlayedReply;
}

interface Sent extends Leaving {
  readonly stored: Stored;
  /** The peer had gone already when it was recorded. */
  readonly unread: boolean;
}

/** Records an answer and then lets it go; `id` is given for an exchange that stands as open already. */
export type Deliver = (call: Call, reply: PlannedReply, id?: number) => void;

/** Promise 2: an answer leaves after its exchange is committed, and not at all when it cannot be. */
export function createDelivery({ recorder, clock, keepAliveMs, onEvent, closing, dressed }: DeliveryParts) {
  const write = (call: Call, reply: PlannedReply): WireReply => {
    const { marks, method, response } = call;
    const context = {
      now: clock.now(),
      keepAlive: response.shouldKeepAlive && !call.last && !closing.aborted,
      keepAliveMs,
      requestId: marks.echoed ? marks.requestId : undefined,
      correlationId: marks.echoed ? marks.correlationId : undefined,
      routing: marks.routing,
      headOnly: method === 'HEAD',
    };
    try {
      return wireReply(dressed === undefined ? reply : dressed(reply), context);
    } catch (error) {
      onEvent({ kind: 'bug', operation: call.admission.operation, error });
      return wireReply(refusals.bug(), context);
    }
  };

  const send = ({ response }: Call, { flat, body, response: { status, statusText } }: WireReply) => {
    response.sendDate = false;
    // Flat lists are taken by writeHead as they are; its type knows string arrays only as mutable ones.
    response.writeHead(status, statusText, flat as string[]);
    if (body.ascii === undefined) response.end(body.bytes);
    else response.end(body.ascii, 'latin1');
  };

  const record = (call: Call, { reply, wire, id, faults, played }: Leaving) => {
    call.found(reply.findings);
    const total = clock.elapsed() - call.startedElapsed;
    const known = {
      timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total },
      ...(reply.linkId !== undefined && { linkId: reply.linkId }),
      ...(reply.runId !== undefined && { runId: reply.runId }),
      ...(faults !== undefined && { faults }),
    };
    // Nothing leaves for a peer that has gone, so no answer is recorded either.
    const outcome = call.gone
      ? { ...known, ended: call.badEnd ?? call.goneEnd() }
      : played !== undefined
        ? { ...known, ...whileUnderWay(played) }
        : {
            ...known,
            ended: call.badEnd ?? ({ how: 'answered' } as const),
            response: wire.response,
            ...(wire.ocpiStatus !== undefined && { ocpiStatus: wire.ocpiStatus }),
          };
    return id === undefined
      ? recorder.record({ ...call.record(outcome.ended), ...outcome })
      : recorder.update(id, { ...outcome, findings: call.findings });
  };

  const release = (call: Call, sent: Sent) => {
    const { reply, wire, stored, played } = sent;
    // A refusal is right whether it stands in the history or not; anything else must not be said without.
    const held = !stored.stored && reply.status < 400;
    const settle = (delivered: boolean) => tell(reply, delivered);
    if (call.gone) {
      if (!sent.unread) lost(call, stored);
      settle(false);
      return;
    }
    if (!held && played !== undefined) {
      void play(call, { reply, stored, played });
      return;
    }
    if (held) settle(false);
    call.whenFateIsKnown(delivered => {
      if (!delivered) lost(call, stored);
      if (!held) settle(delivered);
    });
    send(call, held ? write(call, refusals.notStored()) : wire);
  };

  const play = async (
    call: Call,
    { reply, stored, played }: { reply: PlannedReply; stored: Stored; played: PlayedReply },
  ) => {
    const { followUpFirst } = played.played;
    let told = false;
    const settle = (delivered: boolean) => {
      if (!told) tell(reply, delivered);
      told = true;
    };
    if (followUpFirst) settle(true);
    call.whenFateIsKnown(settle);
    const { delivered, changes } = await playAnswer(call, played, { clock, closing });
    settle(delivered);
    update(stored, changes);
  };

  /** Says on the row that the answer it holds was not read. */
  const lost = (call: Call, stored: Stored) => update(stored, { ended: call.badEnd ?? call.goneEnd() });

  const update = (stored: Stored, changes: ExchangeUpdate) => {
    if (!stored.stored) return;
    recorder.update(stored.id, changes).catch((error: unknown) => {
      onEvent({ kind: 'bug', operation: 'update', error });
    });
  };

  const tell = ({ settled }: PlannedReply, delivered: boolean) => {
    try {
      settled?.(delivered);
    } catch (error) {
      onEvent({ kind: 'bug', operation: 'settled', error });
    }
  };

  const leave = (call: Call, leaving: Leaving) => {
    const unread = call.gone;
    record(call, leaving).then(
      stored => release(call, { ...leaving, stored, unread }),
      (error: unknown) => {
        onEvent({ kind: 'bug', operation: 'record', error });
        const stored = { stored: false, id: leaving.id ?? 0, reason: 'the recorder failed' } as const;
        release(call, { ...leaving, stored, unread });
      },
    );
  };

  /** Through the faults that have an eye on the call. */
  const leaveFaulted = (call: Call, leaving: Leaving, planned: boolean) => {
    const { faults, method, admission } = call;
    if (faults === undefined) {
      leave(call, leaving);
      return;
    }
    const { wire } = leaving;
    const altered = faults.alter(wire.response, planned);
    const context = { wire, version: admission.version, headOnly: method === 'HEAD' };
    const { played, ...faulted } = faultedReply(altered, context);
    leave(call, { ...leaving, ...faulted, ...(played !== undefined && { played: { ...faulted, played } }) });
  };

  const deliver: Deliver = (call, reply, id) => leaveFaulted(call, { reply, wire: write(call, reply), id }, true);

  /** An answer that faults gave: nothing was done for it, and nothing would have been said so. */
  const deliverGiven = (call: Call, answer: WireResponse) => {
    const reply = { status: answer.status, body: NO_BODY };
    const wire = answeredBefore(answer, { wire: write(call, reply), headOnly: call.method === 'HEAD' });
    leaveFaulted(call, { reply, wire, id: undefined }, false);
  };

  /** For an exchange that could not even be opened: nothing is to be done, so nothing is recorded. */
  const refuseUnrecorded = (call: Call) => {
    if (!call.gone) send(call, write(call, refusals.notStored()));
  };

  return { deliver, deliverGiven, refuseUnrecorded };
}
