import type { Answer, HeaderLines, Operation } from './action.ts';
import { valuesOf } from './action.ts';
import { envelope, versionDetails, versionsList } from './dialect.ts';
import { complain } from './discovery.ts';
import { requestFlaws } from './judge.ts';
import { formByVersion } from './options.ts';
import { answerCredentials, type Reply } from './receiver.ts';
import type { PartnerState, ReceivedRequest, Route } from './state.ts';
import { readAuthorization } from './token.ts';

export interface Matched {
  operation: Operation;
  version: string | undefined;
  route?: Route;
  /** The path as advertised, when the request spelt its last slash otherwise and that matters. */
  properPath?: string;
}

/** What a request asks for, by its path; nothing is inferred from anything else. */
export function match(state: PartnerState, method: string, url: string): Matched {
  const path = url.split('?')[0] ?? url;
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  const proper = [path, other].find(spelling => state.routes.has(spelling));
  const route = proper === undefined ? undefined : state.routes.get(proper);
  if (route === undefined || proper === undefined) return { operation: 'unknown', version: undefined };
  return {
    operation: route.operation === 'credentials' ? credentialsOperation(method) : route.operation,
    version: route.version,
    route,
    ...(proper !== path && state.settings.slash.otherwise !== 'accept' ? { properPath: proper } : {}),
  };
}

/** The correct answer (within the options), with everything it brings about done. */
export async function answerCorrectly(
  state: PartnerState,
  request: ReceivedRequest,
  matched: Matched,
): Promise<Answer> {
  const { route, properPath } = matched;
  const { slash } = state.settings;
  if (route === undefined) return formed(state, request, { http: 404, code: 2000, message: 'nothing here' });
  if (properPath !== undefined && slash.otherwise !== 'accept') {
    if (slash.otherwise === 404) return { status: 404, headers: [['Content-Type', 'text/plain']], body: 'Not Found' };
    return { status: slash.otherwise, headers: [['Location', state.origin + properPath]], body: '' };
  }
  complain(state, `${request.method} ${request.operation}`, [...requestFlaws(request), ...repeatedId(state, request)]);

  const caller = identify(state, request);
  if (caller === undefined || (route.operation === 'module' && caller.byTokenA)) return refuse(state, request);
  if (route.operation === 'credentials' && route.version !== undefined) {
    const reply = await answerCredentials(state, { request, version: route.version, ...caller });
    return formed(state, request, reply, reply.http === 405 ? [['Allow', allowed(state)]] : []);
  }
  if (request.method !== 'GET') {
    const reply = { http: 405, code: 2000, message: `no ${request.method} here` };
    return formed(state, request, reply, [['Allow', 'GET']]);
  }
  if (route.operation === 'module') {
    const paging = [
      ['X-Total-Count', '0'],
      ['X-Limit', '100'],
    ] as const;
    return formed(state, request, { http: 200, code: 1000, message: 'Success', data: [] }, paging);
  }
  const data = route.version === undefined ? versionsList(state) : versionDetails(state, route.version);
  return formed(state, request, { http: 200, code: 1000, message: 'Success', data });
}

function identify(state: PartnerState, request: ReceivedRequest): { token: string; byTokenA: boolean } | undefined {
  const { relation, settings } = state;
  const known = [...relation.incoming, ...(relation.tokenA === undefined ? [] : [relation.tokenA])];
  const values = valuesOf(request.headers, 'authorization');
  const read = values.length === 1 ? readAuthorization(values[0], known) : undefined;
  if (read === undefined) {
    state.complaints.push(`${request.method} ${request.operation}: no known token`);
    return undefined;
  }
  const due = formByVersion(request.operation, request.version);
  if (read.form === 'base64+lf' || (request.version !== undefined && read.form !== due)) {
    state.complaints.push(`${request.method} ${request.operation}: token sent ${read.form} where ${due} is due`);
  }
  const rule = settings.wants;
  const wanted = typeof rule === 'function' ? rule(request.operation, request.version) : rule;
  if (wanted !== 'any' && wanted !== read.form) return undefined;
  // The first call with the newest token ends the life of the one before (T8).
  if (relation.incoming.at(-1) === read.token) relation.incoming = [read.token];
  return { token: read.token, byTokenA: !relation.incoming.includes(read.token) };
}

function refuse(state: PartnerState, request: ReceivedRequest): Answer {
  const { status, body } = state.settings.refusal;
  if (body === 'envelope') return formed(state, request, { http: status, code: 2000, message: 'token not accepted' });
  if (body === 'none') return { status, headers: [], body: '' };
  if (body === 'html') {
    return { status, headers: [['Content-Type', 'text/html']], body: '<html><body>Unauthorized</body></html>' };
  }
  const detail = '{"detail":"Invalid authentication credentials"}';
  return { status, headers: [['Content-Type', 'application/json']], body: detail };
}

function formed(state: PartnerState, request: ReceivedRequest, reply: Reply, more: HeaderLines = []): Answer {
  const repeat = state.settings.ids.repeat ?? 'always';
  const repeats = repeat === 'always' || (repeat === 'on-success' && reply.http < 300 && reply.code < 2000);
  const ids: [string, string][] = [];
  for (const name of ['X-Request-ID', 'X-Correlation-ID']) {
    const [value] = valuesOf(request.headers, name);
    if (repeats && value !== undefined) ids.push([name, value]);
  }
  return {
    status: reply.http,
    headers: [['Content-Type', 'application/json'], ...ids, ...more],
    body: envelope(reply.code, reply.message, reply.data),
  };
}

function repeatedId(state: PartnerState, request: ReceivedRequest): string[] {
  const [id] = valuesOf(request.headers, 'x-request-id');
  if (id === undefined) return [];
  if (state.seenRequestIds.has(id)) return [`X-Request-ID ${id} was used before`];
  state.seenRequestIds.add(id);
  return [];
}

function allowed(state: PartnerState): string {
  return state.relation.registered ? 'GET, PUT, DELETE' : 'GET, POST';
}

function credentialsOperation(method: string): Operation {
  if (method === 'GET') return 'credentials.get';
  if (method === 'POST') return 'credentials.post';
  if (method === 'PUT') return 'credentials.put';
  if (method === 'DELETE') return 'credentials.delete';
  return 'credentials.other';
}
