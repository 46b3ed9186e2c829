import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Recorder } from '../http/exchange.ts';
import type { Ended, WireResponse } from '../http/wire.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import { pairHeaders } from '../ocpi/raw-headers.ts';
import { type Admission, type AdmissionParts, admit, judgeBody } from './admission.ts';
import { AdmittedRequest } from './admitted-request.ts';
import { Call } from './call.ts';
import type { Caller } from './caller.ts';
import { createDelivery } from './delivery.ts';
import type { ServerFaults } from './faulting.ts';
import { createManners, type Manners } from './manners.ts';
import { readMarks } from './marks.ts';
import type { ServerEvent, ServerLimits, ServerOptions } from './options.ts';
import type { Peer } from './peer.ts';
import { refusals } from './refusals.ts';
import { type BodyEnd, readRequestBody } from './request-body.ts';
import { readHead } from './request-head.ts';
import type { OcpiRequest, PlannedReply } from './responder.ts';
import type { Served } from './routes.ts';

export interface AnsweringParts extends AdmissionParts {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly limits: ServerLimits;
  readonly tokenUsed: (caller: Caller) => void;
  readonly onEvent: (event: ServerEvent) => void;
  /** Aborts when the server closes: every answer is then the last one of its connection. */
  readonly closing: AbortSignal;
  readonly manners?: Manners;
  readonly faults?: ServerFaults;
  readonly addressee?: ServerOptions['addressee'];
}

export interface IncomingRequest {
  readonly peer: Peer;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What an `Expect` header asked for: `100-continue`, or something nobody promises. */
  readonly expects?: 'continue' | 'other';
}

/** Of a request that is refused anyway, this much body is read for the record. */
const REFUSED_BODY_LIMIT = 64 * 1024;

/** Takes parsed request heads to their recorded answers. Never throws. */
export function createAnswering(parts: AnsweringParts): (incoming: IncomingRequest) => void {
  const { recorder, clock, newId, limits, tokenUsed, onEvent, closing, faults } = parts;
  const manners = parts.manners === undefined ? undefined : createManners(parts.manners);
  const { deliver, deliverGiven, refuseUnrecorded } = createDelivery({
    recorder,
    clock,
    keepAliveMs: limits.keepAliveMs,
    onEvent,
    closing,
    ...(manners === undefined ? {} : { dressed: manners.dressed }),
  });

  const begin = ({ peer, request, response }: IncomingRequest): Call => {
    const startedAt = clock.now();
    const startedElapsed = clock.elapsed();
    const head = readHead(request.rawHeaders);
    const headers = pairHeaders(request.rawHeaders);
    const hostRequired = request.httpVersionMajor === 1 && request.httpVersionMinor >= 1;
    const asked = { method: request.method ?? '', target: request.url ?? '', head, hostRequired };
    const judged = admit(asked, parts);
    const admission = manners === undefined ? judged : manners.admitted(judged, asked);
    const marks = readMarks({
      head,
      headers,
      version: admission.version,
      functional: isFunctional(admission),
      severalRoles: (admission.caller?.parties.length ?? 0) > 1,
      newId,
    });
    return new Call({ request, response, peer, head, headers, admission, marks, startedAt, startedElapsed });
  };

  const answer = (incoming: IncomingRequest) => {
    const { peer, request, response, expects } = incoming;
    // Behind an answer that closes the connection nothing more is answered; what still comes is thrown away.
    if (peer.closing) {
      request.resume();
      return;
    }
    const call = begin(incoming);
    const { verdict } = call.admission;
    const refusal = verdict.kind === 'refused' ? verdict.reply : undefined;
    const { hasBody, upgrade, announced = 0 } = call.head;
    // Offers are not taken up, but behind one Node's parser reads nothing more.
    if (upgrade) closeBehind(call);
    if (expects === 'other') answerAndClose(call, refusal ?? refusals.expectation('another expectation'));
    else if (!hasBody) proceed(call);
    else if (announced > limits.bodyBytes) {
      call.badEnd = { how: 'too-large', limit: limits.bodyBytes };
      answerAndClose(call, refusal ?? refusals.tooLarge(`${announced} bytes announced`, limits.bodyBytes));
    } else if (expects === 'continue' && refusal !== undefined) answerAndClose(call, refusal);
    else {
      if (expects === 'continue') response.writeContinue();
      void readBody(call, refusal);
    }
  };

  const readBody = async (call: Call, refusal: PlannedReply | undefined) => {
    const limit = refusal === undefined ? limits.bodyBytes : Math.min(REFUSED_BODY_LIMIT, limits.bodyBytes);
    const reading = readRequestBody(call.request, limit);
    call.peer.reading = reading;
    const { bytes, end } = await reading.done;
    call.peer.reading = undefined;
    call.body = bytes;
    if (end.how === 'whole') {
      proceed(call);
      return;
    }
    if (end.how === 'reset') call.gone = true;
    call.badEnd = badEnd(call, { end, limit, afterMs: clock.elapsed() - call.startedElapsed });
    answerAndClose(call, refusal ?? refusalOf(end, { limit, received: bytes.length }));
  };

  /** The whole request is known. Undefined, or an answer that faults give instead of ours. */
  const meetFaults = (call: Call): WireResponse | undefined => {
    if (faults === undefined) return undefined;
    const { caller, operation, version, params, query } = call.admission;
    const { fromParty, routing } = call.marks;
    call.faults = faults.meet({
      linkId: caller?.linkId,
      operation,
      version,
      params,
      request: call.wireRequest(),
      party: fromParty,
      from: routing?.from && formatPartyId(routing.from),
      to: routing?.to && formatPartyId(routing.to),
    });
    if (call.faults === undefined) return undefined;
    const asked = call.faults.before(query);
    if ('answer' in asked) return asked.answer;
    call.query = asked.query;
    return undefined;
  };

  const proceed = (call: Call) => {
    const given = meetFaults(call);
    if (given !== undefined) {
      deliverGiven(call, given);
      return;
    }
    const { verdict } = call.admission;
    if (verdict.kind === 'refused') {
      deliver(call, verdict.reply);
      return;
    }
    const { served, caller } = verdict;
    const judged = judgeBody({ method: call.method, head: call.head, bytes: call.body }, served);
    if (judged.kind === 'refused') {
      deliver(call, judged.reply);
      return;
    }
    call.found(judged.findings);
    const addressed = call.marks.routing?.from;
    const addressee = addressed && parts.addressee?.(addressed);
    if (addressed && addressee !== undefined && addressee !== 'us') {
      deliver(call, refusals.unknownAddressee(formatPartyId(addressed), addressee));
      return;
    }
    const ask = (exchangeId: number | undefined) =>
      new AdmittedRequest(call, { served, caller, place: verdict.place, body: judged.body, exchangeId });
    tokenUsed(caller);
    if (served.slow(caller)) void openFirst(call, { served, ask });
    else respond(served, { request: ask(undefined), done: reply => deliver(call, reply) });
  };

  /** The exchange stands as open before the responder begins: what it does may take long, or end with a crash. */
  const openFirst = async (call: Call, { served, ask }: { served: Served; ask: (id: number) => OcpiRequest }) => {
    const { id, stored } = recorder.open(call.record({ how: 'open' }));
    const outcome = await stored.catch(() => ({ stored: false }));
    if (outcome.stored) respond(served, { request: ask(id), done: reply => deliver(call, reply, id) });
    else refuseUnrecorded(call);
  };

  const respond = (
    served: Served,
    { request, done }: { request: OcpiRequest; done: (reply: PlannedReply) => void },
  ) => {
    const failed = (error: unknown) => {
      onEvent({ kind: 'bug', operation: served.entry.id, error });
      done(refusals.bug());
    };
    let planned: PlannedReply | Promise<PlannedReply>;
    try {
      planned = served.responder.respond(request);
    } catch (error) {
      failed(error);
      return;
    }
    if (planned instanceof Promise) planned.then(done, failed);
    else done(planned);
  };

  const answerAndClose = (call: Call, reply: PlannedReply) => {
    closeBehind(call);
    const given = meetFaults(call);
    if (given === undefined) deliver(call, reply);
    else deliverGiven(call, given);
  };

  const closeBehind = (call: Call) => {
    call.last = true;
    call.peer.lingerOnClose(clock);
  };

  return answer;
}

function isFunctional({ verdict }: Admission): boolean {
  return verdict.kind === 'admitted' && verdict.served.entry.functional;
}

function badEnd(call: Call, { end, limit, afterMs }: { end: BodyEnd; limit: number; afterMs: number }): Ended {
  if (end.how === 'too-large') return { how: 'too-large', limit };
  if (end.how === 'timeout') return { how: 'timeout', phase: 'request', afterMs };
  if (end.how === 'malformed') return { how: 'malformed', detail: end.detail };
  if (end.how === 'reset') return { how: 'reset', received: call.body.length };
  return call.goneEnd();
}

function refusalOf(end: BodyEnd, { limit, received }: { limit: number; received: number }): PlannedReply {
  if (end.how === 'too-large') return refusals.tooLarge(`more than ${limit} bytes`, limit);
  if (end.how === 'timeout') return refusals.tooSlow(`${received} bytes of a body`);
  if (end.how === 'malformed') return refusals.unreadable(end.detail);
  return refusals.cut(`${received} bytes of a body`);
}
