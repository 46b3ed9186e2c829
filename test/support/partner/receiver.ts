import { credentialsObject } from './dialect.ts';
import { complain, discover } from './discovery.ts';
import { credentialsFlaws, isRecord, parseJson } from './judge.ts';
import type { PartnerState, ReceivedRequest } from './state.ts';
import { hasQuirk, strangers } from './state.ts';

/** HTTP status, OCPI status and data; the caller makes an answer of it. */
export interface Reply {
  http: number;
  code: number;
  message: string;
  data?: unknown;
}

export interface CredentialsCall {
  request: ReceivedRequest;
  version: string;
  /** The token the caller used, and whether it is token A. */
  token: string;
  byTokenA: boolean;
}

const ok = (data?: unknown): Reply => ({
  http: 200,
  code: 1000,
  message: 'Success',
  ...(data === undefined ? {} : { data }),
});

/** The four methods of the credentials endpoint, as digest 3.2's table has them. */
export async function answerCredentials(state: PartnerState, call: CredentialsCall): Promise<Reply> {
  const { relation } = state;
  switch (call.request.method) {
    case 'GET':
      return ok(credentialsObject(state, call.version, call.token));
    case 'POST': {
      // A fresh token A opens a new registration even where one stands (T8a); the used one only with a quirk.
      const allowed = call.byTokenA && !relation.registered;
      const invited = call.byTokenA && relation.registered && !hasQuirk(state, 'keeps-token-a');
      if (!allowed && !invited && !hasQuirk(state, 'accepts-second-post')) return refused('already registered');
      return accept(state, call, 'registration');
    }
    case 'PUT':
      if (!relation.registered || call.byTokenA) return refused('not registered');
      return accept(state, call, 'update');
    case 'DELETE':
      if (!relation.registered || call.byTokenA) return refused('not registered');
      state.relation = strangers(undefined);
      return ok();
    default:
      return refused(`no ${call.request.method} on credentials`);
  }
}

/** Their credentials read, the call back made, tokens exchanged; on any failure nothing here has changed. */
async function accept(state: PartnerState, call: CredentialsCall, kind: 'registration' | 'update'): Promise<Reply> {
  const body = parseJson(call.request.text);
  if (body === undefined) return { http: 400, code: 2001, message: 'the body is no JSON' };
  const flaws = credentialsFlaws(body, call.version);
  complain(state, `credentials of the ${kind}`, flaws);
  if (!isRecord(body) || typeof body.token !== 'string' || typeof body.url !== 'string') {
    return { http: 200, code: 2001, message: flaws.join('; ') };
  }
  const tokenB = body.token;
  const versionsUrl = body.url;

  let endpoints = state.relation.theirEndpoints;
  if (!hasQuirk(state, kind === 'update' ? 'never-refetches' : 'no-call-back')) {
    const found = await discover(state, { versionsUrl, token: tokenB, version: call.version });
    if (!found.ok) return { http: 200, code: CODE_OF[found.step], message: found.reason };
    endpoints = found.endpoints;
  }

  const tokenC = state.nextToken();
  const swapped = hasQuirk(state, 'swaps-tokens');
  const kept = kind === 'update' ? state.relation.incoming.slice(-1) : [];
  const mine = swapped ? [tokenB] : [tokenC];
  state.relation = {
    registered: true,
    tokenA: hasQuirk(state, 'keeps-token-a') ? state.relation.tokenA : undefined,
    incoming: hasQuirk(state, 'drops-token-c') ? kept : [...kept, ...mine],
    outgoing: swapped ? tokenC : tokenB,
    version: call.version,
    theirVersionsUrl: versionsUrl,
    theirEndpoints: endpoints,
    theirCredentials: body,
  };
  return ok(credentialsObject(state, call.version, tokenC));
}

const CODE_OF = { versions: 3001, version: 3002, details: 3001, endpoints: 3003 } as const;

const refused = (message: string): Reply => ({ http: 405, code: 2000, message });
