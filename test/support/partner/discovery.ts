import { randomUUID } from 'node:crypto';
import type { Operation } from './action.ts';
import { highestCommon } from './dialect.ts';
import { answerFlaws, detailsFlaws, isRecord, parseJson, versionsFlaws } from './judge.ts';
import { hasRoles } from './options.ts';
import type { Call, OutgoingRequest } from './outgoing.ts';
import { sendRequest } from './outgoing.ts';
import type { KnownEndpoint, PartnerState } from './state.ts';
import { authorization } from './token.ts';

export interface CallOrder {
  operation: Operation;
  /** The version spoken, when it is already agreed or asked for. */
  version?: string | undefined;
  method: string;
  url: string;
  token: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** `data` of a successful answer, or why there is none. */
export type Fetched = { ok: true; data: unknown; call: Call } | { ok: false; reason: string; call: Call };

/** One call to the other side with this partner's habits (token form, ids, `outgoing`), logged and judged. */
export async function callOther(state: PartnerState, order: CallOrder): Promise<Fetched> {
  const { operation, version, method, url } = order;
  const request = shape(state, order);
  const call: Call = { operation, version, request, at: performance.now(), endedAt: 0 };
  state.calls.push(call);
  Object.assign(
    call,
    await sendRequest(request, { timeoutMs: state.settings.callTimeout, trust: state.settings.trust }),
  );
  call.endedAt = performance.now();
  const { answer } = call;
  if (answer === undefined || call.failure !== undefined) {
    return { ok: false, reason: `${method} ${url}: ${call.failure ?? 'no answer'}`, call };
  }
  for (const flaw of answerFlaws({ sent: request.headers, headers: answer.headers, text: answer.text, version })) {
    state.complaints.push(`answer to ${method} ${operation} (${answer.status}): ${flaw}`);
  }
  const body = parseJson(answer.text);
  const code = isRecord(body) ? body.status_code : undefined;
  const good = answer.status >= 200 && answer.status < 300 && typeof code === 'number' && code >= 1000 && code < 2000;
  if (!good) return { ok: false, reason: `${method} ${url}: HTTP ${answer.status}, status_code ${code}`, call };
  return { ok: true, data: isRecord(body) ? body.data : undefined, call };
}

export type Discovered =
  | { ok: true; version: string; endpoints: KnownEndpoint[]; credentialsUrl: string }
  | { ok: false; step: 'versions' | 'version' | 'details' | 'endpoints'; reason: string };

/** Versions and details of the other side (digest 3.2, steps 2, 3 and 6); `version` fixes which one is wanted. */
export async function discover(
  state: PartnerState,
  order: { versionsUrl: string; token: string; version?: string | undefined },
): Promise<Discovered> {
  const { token, versionsUrl } = order;
  const get = (operation: Operation, url: string, version: string | undefined) =>
    callOther(state, { operation, method: 'GET', url, token, version });

  const versions = await get('versions', versionsUrl, order.version);
  if (!versions.ok) return { ok: false, step: 'versions', reason: versions.reason };
  complain(state, 'versions', versionsFlaws(versions.data));
  const offered = (Array.isArray(versions.data) ? versions.data : []).filter(isRecord);
  const names = offered.map(entry => String(entry.version));
  const version = highestCommon(order.version === undefined ? state.settings.versions : [order.version], names);
  const detailsUrl = offered.find(entry => entry.version === version)?.url;
  if (version === undefined || typeof detailsUrl !== 'string') {
    return { ok: false, step: 'version', reason: `no common version: they offer ${names.join(', ') || 'none'}` };
  }

  const details = await get('details', detailsUrl, version);
  if (!details.ok) return { ok: false, step: 'details', reason: details.reason };
  complain(state, 'details', detailsFlaws(details.data, version));
  const endpoints = readEndpoints(details.data);
  const credentialsUrl = endpoints.find(endpoint => endpoint.identifier === 'credentials')?.url;
  const missing = state.settings.requires.filter(wanted => !endpoints.some(endpoint => matches(endpoint, wanted)));
  if (credentialsUrl === undefined || missing.length > 0) {
    const reason = `missing: ${credentialsUrl === undefined ? ['credentials', ...missing].join(', ') : missing.join(', ')}`;
    return { ok: false, step: 'endpoints', reason };
  }
  return { ok: true, version, endpoints, credentialsUrl };
}

export function complain(state: PartnerState, about: string, flaws: readonly string[]): void {
  for (const flaw of flaws) state.complaints.push(`${about}: ${flaw}`);
}

function shape(state: PartnerState, order: CallOrder): OutgoingRequest {
  const { settings } = state;
  const spoken = order.version ?? highestCommon(settings.versions, settings.versions);
  const form = typeof settings.sends === 'function' ? settings.sends(order.operation, spoken) : settings.sends;
  const ids = settings.ids.send ?? (spoken === undefined || hasRoles(spoken));
  const request: OutgoingRequest = {
    method: order.method,
    url: order.url,
    headers: [
      ['Authorization', authorization(order.token, form)],
      ...(ids
        ? ([
            ['X-Request-ID', randomUUID()],
            ['X-Correlation-ID', randomUUID()],
          ] as const)
        : []),
      ...(order.body === undefined ? [] : ([['Content-Type', 'application/json']] as const)),
    ],
    ...(order.body === undefined ? {} : { body: JSON.stringify(order.body) }),
  };
  return settings.outgoing === undefined ? request : settings.outgoing(request, order.operation);
}

function readEndpoints(details: unknown): KnownEndpoint[] {
  const list = isRecord(details) && Array.isArray(details.endpoints) ? details.endpoints : [];
  return list.filter(isRecord).map(entry => ({
    identifier: String(entry.identifier),
    url: String(entry.url),
    ...(typeof entry.role === 'string' ? { role: entry.role } : {}),
  }));
}

/** `locations` fits any role, `locations:SENDER` that one and endpoints that state none (2.1.1). */
function matches(endpoint: KnownEndpoint, wanted: string): boolean {
  const [identifier, role] = wanted.split(':');
  return endpoint.identifier === identifier && (role === undefined || (endpoint.role ?? role) === role);
}
