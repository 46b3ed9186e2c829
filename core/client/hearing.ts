import { decodeBody } from '../http/bodies.ts';
import type { ExchangeUpdate } from '../http/exchange.ts';
import type { SendResult, WireResponse } from '../http/wire.ts';
import { type Envelope, judge, readEnvelope } from '../ocpi/envelope.ts';
import { type Finding, finding } from '../ocpi/findings.ts';
import { echoFindings, type MessageIds } from '../ocpi/message-ids.ts';
import { judgeRedirect, type Redirect } from '../ocpi/redirects.ts';
import type { CallRequest } from './call.ts';
import { reasonOf } from './reasons.ts';

export function redirectOf(sent: SendResult, context: Parameters<typeof judgeRedirect>[1]): Redirect {
  if (sent.ended.how !== 'complete' || !sent.response) return { kind: 'none' };
  return judgeRedirect(sent.response, context);
}

/** What an answer says. */
export interface Heard {
  readonly ok: boolean;
  readonly reason: string;
  readonly envelope?: Envelope;
  readonly findings: readonly Finding[];
}

export interface ReadContext {
  readonly request: CallRequest;
  readonly url: string;
  readonly ids: MessageIds;
  readonly redirect: Redirect;
  readonly decodedLimit: number | undefined;
}

export function read({ ended, response }: SendResult, context: ReadContext): Heard {
  const { redirect, url } = context;
  if (ended.how !== 'complete' || !response) {
    const head = response ? `HTTP ${response.status} came, but ` : '';
    return { ok: false, reason: head + reasonOf(ended, url), findings: [] };
  }
  if (redirect.kind === 'follow') return { ok: false, reason: 'redirected', findings: [redirect.finding] };
  if (redirect.kind === 'refuse') return { ok: false, reason: redirect.reason, findings: [redirect.finding] };
  return readAnswer(response, context);
}

function readAnswer(response: WireResponse, { request, ids, decodedLimit }: ReadContext): Heard {
  const { version, method } = request;
  const decoded = decodeBody(
    response.body,
    response.headers,
    decodedLimit === undefined ? {} : { limit: decodedLimit },
  );
  const echoes = echoFindings(ids, response.headers, version);
  if (decoded.problem) {
    const { detail, coding } = decoded.problem;
    const found = finding('wire.body-coding', {
      pointer: 'header:Content-Encoding',
      met: detail,
      expected: `a body that is ${coding}`,
    });
    const reason = `the partner answered HTTP ${response.status} with a body that cannot be read: ${detail}`;
    return { ok: false, reason, findings: [found, ...echoes] };
  }
  const envelope = readEnvelope(decoded.bytes, version);
  const verdict = judge(response.status, envelope, { method, ...(version === undefined ? {} : { version }) });
  return {
    ok: verdict.ok,
    reason: `the partner answered ${verdict.reason}`,
    ...(envelope.view ? { envelope: envelope.view } : {}),
    findings: [...envelope.findings, ...verdict.findings, ...echoes],
  };
}

/** Of an answer whose body goes to the caller only the head is judged. */
export function readHead(response: WireResponse, { request, ids }: Pick<ReadContext, 'request' | 'ids'>): Heard {
  return {
    ok: true,
    reason: `the partner answered HTTP ${response.status}`,
    findings: echoFindings(ids, response.headers, request.version),
  };
}

export function updateOf(sent: SendResult, { envelope, findings }: Heard): ExchangeUpdate {
  return {
    ended: sent.ended,
    timings: sent.timings,
    findings,
    ...(sent.response ? { response: sent.response } : {}),
    ...(sent.connection ? { connection: sent.connection } : {}),
    ...(envelope ? { ocpiStatus: envelope.statusCode } : {}),
  };
}
