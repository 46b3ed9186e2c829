import type { Clock } from '../clock.ts';
import type { ExchangeFaults, Recorder } from '../http/exchange.ts';
import type { Play, Played } from '../http/line.ts';
import { checkOutgoing, completeHeaders, prepare, targetOf, type Unsendable } from '../http/outgoing.ts';
import type { SendResult, WireRequest } from '../http/wire.ts';
import { headerValues } from '../ocpi/raw-headers.ts';
import type { Redirect } from '../ocpi/redirects.ts';
import type { Departures } from './departures.ts';
import type { AlteredRequest, ClientFaults } from './faulting.ts';
import { type HandedAnswer, handOver } from './handed-body.ts';
import { type Heard, read, readHead, redirectOf, updateOf } from './hearing.ts';
import type { Wires } from './wires.ts';
import { type LeavingCall, marksOf, openRecord, type WrittenCall } from './writing.ts';

export interface HopOptions {
  readonly wires: Wires;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Most bytes that a content coding may unfold to. */
  readonly decodedLimit?: number;
  /** Bytes that are recorded of a body handed to the caller; 64 KiB unless said. */
  readonly handedBodyKept?: () => number;
  /** Requests go wrong on purpose where it says so. */
  readonly faulting?: { readonly faults: ClientFaults; readonly departures: Departures };
}

/** One request and its answer; several where a redirect is followed. */
export type Hop =
  | {
      readonly kind: 'sent';
      readonly id: number;
      readonly sent: SendResult;
      readonly heard: Heard;
      readonly redirect: Redirect;
      readonly handed: HandedAnswer | undefined;
    }
  /** Kept back by a fault, for good or for a while; without an id it has no exchange yet. */
  | { readonly kind: 'accepted'; readonly id?: number }
  | { readonly kind: 'unsent'; readonly problem: Unsendable };

interface Departure extends LeavingCall {
  readonly faults?: ExchangeFaults | undefined;
  /** Redirects followed before. */
  readonly followed: number;
  readonly send: (signal: AbortSignal | undefined) => Promise<SendResult>;
  /** What was written, where that was done byte by byte. */
  readonly played?: () => Played | undefined;
}

const HANDED_BODY_KEPT = 64 * 1024;

/** Sends one written call: recorded before anything leaves, and with all that came of it. */
export function createHop(options: HopOptions): (call: WrittenCall, followed: number) => Promise<Hop> {
  const { recorder, wires, clock, faulting } = options;

  const leave = async (departure: Departure, signal: AbortSignal | undefined): Promise<Hop & { kind: 'sent' }> => {
    const { request, ids, wire, faults } = departure;
    const { id, stored } = recorder.open({ ...openRecord(departure, clock.now()), ...(faults && { faults }) });
    // Committed before anything leaves, so that a crash during the call leaves its trace.
    await stored;
    const sent = await departure.send(signal);
    const { url } = wire;
    const redirect = redirectOf(sent, { method: request.method, url, followed: departure.followed });
    const handed = redirect.kind === 'none' && request.bodyTo === 'caller' ? handOver(sent) : undefined;
    const heard = handed
      ? readHead(handed.response, { request, ids })
      : read(sent, { request, url, ids, redirect, decodedLimit: options.decodedLimit });
    const recorded = handed
      ? { ...sent, response: handed.beginning(options.handedBodyKept?.() ?? HANDED_BODY_KEPT) }
      : sent;
    const words = departure.played?.()?.words;
    await recorder.update(id, {
      ...updateOf(recorded, heard),
      ...(faults && words && words.join() !== faults.wire.join() && { faults: { ...faults, wire: words } }),
    });
    return { kind: 'sent', id, sent, heard, redirect, handed };
  };

  return async ({ request, outgoing, ids }, followed) => {
    const ready = prepare(outgoing);
    if (ready.problem) return { kind: 'unsent', problem: ready.problem };
    const wire: WireRequest = { ...outgoing, headers: ready.headers };
    const { linkId, operation, version, routing, settings } = request;
    const altered = faulting?.faults.meet({
      linkId,
      operation,
      version,
      request: wire,
      from: routing?.from,
      to: routing?.to,
    });
    if (faulting === undefined || altered === undefined) {
      const send: Departure['send'] = signal => wires.wireFor(settings).send(outgoing, signal ? { signal } : {});
      const left = await leave({ request, ids, routing, wire, followed, send }, request.signal);
      faulting?.departures.passed(objectKey(linkId, wire.url));
      return left;
    }
    const unusable = checkOutgoing({ method: 'GET', url: altered.message.url, headers: [] });
    if (unusable) return { kind: 'unsent', problem: unusable };
    const { departures } = faulting;
    const departure = faultedDeparture({ request, followed }, altered);
    /** Nobody waits for its answer any more. */
    const { bodyTo: _, ...unattended } = request;
    const repeat = (intervals: readonly number[]) => {
      const [ms, ...rest] = intervals;
      if (ms === undefined) return;
      departures.later({ ms }, async signal => {
        const { faults } = departure;
        // Without faults there would be no second one.
        const { intended: __, ...repeated } = faults ?? { firings: [], wire: [] };
        await leave({ ...departure, request: unattended, ...(faults && { faults: repeated }) }, signal);
        repeat(rest);
      });
    };
    if (altered.withheld) {
      const { faults } = altered;
      const kept = { ...openRecord(departure, clock.now()), ended: { how: 'withheld' } as const };
      const { id } = await recorder.record({ ...kept, ...(faults && { faults }) });
      return { kind: 'accepted', id };
    }
    const key = objectKey(linkId, wire.url);
    if (altered.later !== undefined) {
      const { ms, behindNext } = altered.later;
      departures.later(behindNext ? { ms, behind: key } : { ms }, async signal => {
        await leave({ ...departure, request: unattended }, signal);
        repeat(altered.again);
      });
      return { kind: 'accepted' };
    }
    const left = await leave(departure, request.signal);
    departures.passed(key);
    repeat(altered.again);
    return left;
  };

  function faultedDeparture(
    { request, followed }: Pick<Departure, 'request' | 'followed'>,
    { message, leaves, usual, play, handshake, faults }: AlteredRequest,
  ): Departure {
    const wire = wires.wireFor(request.settings);
    const common = { request, ...marksOf(leaves.headers), wire: leaves, followed, faults };
    if (usual && handshake === undefined && isSayable(message)) {
      return { ...common, send: signal => wire.send(message, signal ? { signal } : {}) };
    }
    let played: Played | undefined;
    const watched: Play = async (line, head) => {
      played = await play(line, head);
      return played;
    };
    const playing = { play: watched, ...(handshake && { handshake }) };
    return {
      ...common,
      send: signal => wire.sendPlayed(message, playing, signal ? { signal } : {}),
      played: () => played,
    };
  }
}

/** By which requests for the same object are known: the URL without its query. */
function objectKey(linkId: number | undefined, url: string): string {
  return `${linkId ?? ''} ${url.replace(/[?#].*$/s, '')}`;
}

/** Whether Node's HTTP writes exactly this, and frames it right. */
function isSayable(message: WireRequest): boolean {
  const { headers, body, url } = message;
  if (checkOutgoing(message) !== undefined || headerValues(headers, 'transfer-encoding').length > 0) return false;
  if (completeHeaders(message, targetOf(url)).length !== headers.length) return false;
  const lengths = headerValues(headers, 'content-length');
  return body.length === 0 && lengths.length === 0 ? true : lengths.length === 1 && lengths[0] === String(body.length);
}
