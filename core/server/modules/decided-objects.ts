import { decidable } from '../../ocpi/decidable.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Decided, Deciding } from '../deciding.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { coded } from './asked.ts';
import { objectWords } from './asked-words.ts';
import { versionOf } from './object-answers.ts';
import { foreignOwner } from './pushed-address.ts';
import { notAnnounced } from './pushed-answers.ts';
import { readPushed } from './pushed-body.ts';

const INVALID = 2001;

/**
 * A responder for what partners push that does so where nobody has said otherwise. Nobody is asked about what is refused
 * anyway: a body that cannot be used, a party that is none of the caller's.
 */
export function withDecisions(responder: Responder, deciding: Deciding): Responder {
  const { slow } = responder;
  const slowBefore =
    typeof slow === 'function'
      ? slow
      : ({ entry }: Parameters<Deciding['asks']>[0]) => slow?.includes(entry.id) ?? false;
  return {
    ...responder,
    slow: request => slowBefore(request) || (request.entry.method !== 'GET' && deciding.asks(request)),
    respond: request => {
      const { entry } = request;
      if (entry.method === 'GET' || request.version === undefined) return responder.respond(request);
      if (decidable(entry.id, request.version)?.kind !== 'object') return responder.respond(request);
      if (deciding.asks(request)) {
        const refused = refusedAnyway(request);
        if (refused) return refused;
      }
      const decided = deciding.decide(request, () => objectWords(request));
      return decided instanceof Promise
        ? decided.then(said => answered(responder, { said, request }))
        : answered(responder, { said: decided, request });
    },
  };
}

function refusedAnyway(request: OcpiRequest): PlannedReply | undefined {
  const foreign = foreignOwner(request);
  if (foreign) return notAnnounced(foreign);
  const pushed = bodyOf(request);
  return pushed === undefined || pushed.ok ? undefined : pushed.reply;
}

function bodyOf(request: OcpiRequest): ReturnType<typeof readPushed> | undefined {
  return request.body !== undefined && request.entry.request?.[versionOf(request)] ? readPushed(request) : undefined;
}

function answered(
  responder: Responder,
  { said, request }: { readonly said: Decided; readonly request: OcpiRequest },
): PlannedReply | Promise<PlannedReply> {
  if (said.answer !== 'reject') {
    const planned = responder.respond(request);
    const { result = '1000' } = said.answer === 'accept' ? said : {};
    // Another success than the usual one is wanted for trying.
    return result === '1000' ? planned : Promise.resolve(planned).then(reply => withCode(reply, Number(result)));
  }
  const code = Number(said.result ?? INVALID);
  return { ...coded({ code }), findings: findingsOf(request) };
}

function withCode(reply: PlannedReply, code: number): PlannedReply {
  if (!('envelope' in reply) || reply.envelope.statusCode !== 1000) return reply;
  return { ...reply, envelope: { ...reply.envelope, statusCode: code } };
}

/** What is refused is looked at all the same. */
function findingsOf(request: OcpiRequest): readonly Finding[] {
  const pushed = bodyOf(request);
  if (pushed === undefined) return [];
  return pushed.ok ? pushed.findings : (pushed.reply.findings ?? []);
}
