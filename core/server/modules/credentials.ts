import { readCredentials, writeCredentials } from '../../ocpi/credentials.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import { refusals } from '../refusals.ts';
import type { Registrar, RegistrarAnswer, RegistrarCall } from '../registrar.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';

/** The credentials endpoint (digest 3.2): reads and writes the object, and leaves what it means to the registrar. */
export function credentialsResponder(registrar: Registrar): Responder {
  return {
    serves: ['credentials.get', 'credentials.post', 'credentials.put', 'credentials.delete'],
    // They call the partner back while their own answer is due, and change what must not be lost.
    slow: ['credentials.post', 'credentials.put', 'credentials.delete'],
    respond: request => {
      const { entry, version } = request;
      if (version === undefined) throw new Error(`${entry.id} came without a version`);
      const call = callOf(request, version);
      const answered = (answer: RegistrarAnswer) => replyOf(answer, { method: entry.method, version });
      if (entry.method === 'GET') {
        const answer = registrar.get(call);
        return answer instanceof Promise ? answer.then(answered) : answered(answer);
      }
      if (entry.method === 'DELETE') return registrar.delete(call).then(answered);
      const { view: credentials, findings } = readCredentials(request.body?.view, version);
      if (credentials === undefined) return unusable(findings);
      const withCredentials = { ...call, credentials };
      const work = entry.method === 'POST' ? registrar.post(withCredentials) : registrar.put(withCredentials);
      return work.then(answer => answered({ ...answer, findings: [...findings, ...(answer.findings ?? [])] }));
    },
  };
}

function callOf(request: OcpiRequest, version: Version): RegistrarCall {
  const { caller, exchangeId } = request;
  return {
    caller,
    version,
    signal: request.signal,
    ...(exchangeId !== undefined && { exchangeId }),
  };
}

/** JSON, but not credentials: HTTP 200 with 2001 (T9). */
function unusable(findings: readonly Finding[]): PlannedReply {
  const fault = findings.find(({ severity }) => severity === 'error');
  const why =
    fault === undefined
      ? ''
      : `: ${fault.pointer === '' ? '' : `${fault.pointer} is `}${fault.met}, expected ${fault.expected}`;
  return {
    status: 200,
    envelope: { statusCode: 2001, statusMessage: `The body is no usable credentials object${why}.` },
    findings,
  };
}

function replyOf(answer: RegistrarAnswer, { method, version }: { method: string; version: Version }): PlannedReply {
  const facts = {
    ...(answer.findings !== undefined && { findings: answer.findings }),
    ...(answer.runId !== undefined && { runId: answer.runId }),
    ...(answer.linkId !== undefined && { linkId: answer.linkId }),
    ...(answer.settled !== undefined && { settled: answer.settled }),
  };
  switch (answer.kind) {
    case 'credentials':
      return { ...success(writeCredentials(answer.credentials, version)), ...facts };
    case 'done':
      return { ...success(undefined), ...facts };
    case 'refused':
      return { status: answer.http, envelope: { statusCode: answer.ocpi, statusMessage: answer.message }, ...facts };
    case 'not-allowed': {
      const { findings = [], ...refusal } = refusals.wrongMethod(method, answer.allow, answer.message);
      return { ...refusal, ...facts, findings: [...findings, ...(answer.findings ?? [])] };
    }
  }
}

function success(data: unknown) {
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success', data } };
}
