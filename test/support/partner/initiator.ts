import { credentialsObject } from './dialect.ts';
import { callOther, complain, discover } from './discovery.ts';
import { credentialsFlaws, isRecord } from './judge.ts';
import type { Call } from './outgoing.ts';
import { hasQuirk, type PartnerState, strangers } from './state.ts';

/** How a sequence ended; `step` is the one that failed, `call` the last call of a failed credentials step. */
export type Outcome = { ok: true; version: string } | { ok: false; step: OutcomeStep; reason: string; call?: Call };
export type OutcomeStep = 'versions' | 'version' | 'details' | 'endpoints' | 'credentials' | 'state';

/** Registers there with their token A: versions, details, POST with token B, token C stored (digest 3.2). */
export function register(
  state: PartnerState,
  order: { versionsUrl: string; token: string; version?: string },
): Promise<Outcome> {
  return exchangeCredentials(state, { ...order, method: 'POST' });
}

/** Rotates the tokens and, with `version`, moves to another version: everything refetched, then PUT. */
export async function update(state: PartnerState, order: { version?: string }): Promise<Outcome> {
  const { outgoing, theirVersionsUrl, version } = state.relation;
  if (outgoing === undefined || theirVersionsUrl === undefined) return noRegistration;
  const wanted = order.version ?? version;
  return exchangeCredentials(state, {
    method: 'PUT',
    versionsUrl: theirVersionsUrl,
    token: outgoing,
    ...(wanted === undefined ? {} : { version: wanted }),
  });
}

/** Ends the registration there; here it ends only with their success. */
export async function unregister(state: PartnerState): Promise<Outcome> {
  const ended = await onCredentials(state, 'DELETE');
  if (ended.ok) state.relation = strangers(undefined);
  return ended;
}

/** Asks for their credentials with the token in use. */
export function getCredentials(state: PartnerState): Promise<Outcome & { data?: unknown }> {
  return onCredentials(state, 'GET');
}

async function exchangeCredentials(
  state: PartnerState,
  order: { method: 'POST' | 'PUT'; versionsUrl: string; token: string; version?: string },
): Promise<Outcome> {
  const { method, versionsUrl, token } = order;
  const found = await discover(state, order);
  if (!found.ok) return found;
  const { version, credentialsUrl: url } = found;

  const before = state.relation;
  const tokenB = state.nextToken();
  // Valid before the request leaves: they call back while it is open.
  state.relation = { ...before, incoming: [...before.incoming, tokenB] };
  const operation = method === 'POST' ? 'credentials.post' : 'credentials.put';
  const body = credentialsObject(state, version, tokenB);
  const posted = await callOther(state, { operation, version, method, url, token, body });
  const failed = (reason: string): Outcome => {
    // A PUT without a whole answer may have been carried out: both tokens stay good until one of them is used (T8).
    const unknown = method === 'PUT' && posted.call.failure !== undefined;
    state.relation = unknown ? { ...before, incoming: [...before.incoming, tokenB] } : before;
    return { ok: false, step: 'credentials', reason, call: posted.call };
  };
  if (!posted.ok) return failed(posted.reason);
  const { data } = posted;
  complain(state, `their credentials in the answer to ${method}`, credentialsFlaws(data, version));
  const tokenC = isRecord(data) ? data.token : undefined;
  if (!isRecord(data) || typeof tokenC !== 'string') return failed('their answer holds no token');

  const swapped = hasQuirk(state, 'swaps-tokens');
  const used = swapped ? tokenB : tokenC;
  state.relation = {
    registered: true,
    tokenA: hasQuirk(state, 'keeps-token-a') ? before.tokenA : undefined,
    // After a PUT the old token lives until the first call with the new one, which the call back may have been.
    incoming: swapped ? [tokenC] : state.relation.incoming,
    outgoing: hasQuirk(state, 'drops-token-c') ? token : used,
    version,
    theirVersionsUrl: typeof data.url === 'string' ? data.url : versionsUrl,
    theirEndpoints: found.endpoints,
    theirCredentials: data,
  };
  return { ok: true, version };
}

async function onCredentials(state: PartnerState, method: 'GET' | 'DELETE'): Promise<Outcome & { data?: unknown }> {
  const { outgoing: token, version, theirEndpoints } = state.relation;
  const url = theirEndpoints.find(endpoint => endpoint.identifier === 'credentials')?.url;
  if (token === undefined || version === undefined || url === undefined) return noRegistration;
  const operation = method === 'GET' ? 'credentials.get' : 'credentials.delete';
  const result = await callOther(state, { operation, version, method, url, token });
  if (!result.ok) return { ok: false, step: 'credentials', reason: result.reason, call: result.call };
  if (method === 'GET') complain(state, 'their credentials', credentialsFlaws(result.data, version));
  return { ok: true, version, data: result.data };
}

const noRegistration: Outcome = { ok: false, step: 'state', reason: 'there is no registration' };
