import { readVersions } from '../../ocpi/version-list.ts';
import { handedTokens } from '../detect/tokens.ts';
import type { Reading } from '../reading.ts';
import { endOf, type Flow, linkKey, type Say } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_LINKS = 500;
const MOST_READS = 20;
const AUTHORIZATION = 'header:Authorization';
const SETTLED_MS = 30_000;
/** What is measured of a request begins when it leaves, somewhat after it was written down. */
const SLACK_MS = 2_000;
/** A registration that follows its deletion so soon is an update. */
const UPDATE_MS = 10 * 60_000;

/** A registration as the credentials that were exchanged tell of it. Who asked speaks with C, who was asked with B. */
interface Registration {
  readonly direction: 'in' | 'out';
  readonly endedAt: number;
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly c: string | undefined;
  /** Ids of tokens that ended with an update, with when it was over. */
  readonly dead: ReadonlyMap<string, number>;
  cUsed: boolean;
  /** A refusal of token C that waits for whether the other form is taken. */
  refused?: { readonly exchangeId: number; readonly form: string; readonly at: number };
}

interface Pending {
  readonly exchangeId: number;
  readonly direction: 'in' | 'out';
  readonly method: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly ok: boolean;
  readonly code: number | undefined;
  readonly version: string | undefined;
}

/** Versions were read; `offered` are those that were told. */
interface VersionsRead {
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly offered?: readonly string[];
}

interface LinkState {
  /** The last few: a registration is over, and so seen, after the calls that were made while it was open. */
  readonly reads: VersionsRead[];
  registration?: Registration;
  deletedAt?: number;
  pending?: Pending;
  readonly heard: Set<'in' | 'out'>;
}

/** Cases 4 to 6, 9 and 34: tokens mixed up or dropped, registrations overwritten, updates nobody read. */
export function createRegistrationFlow(): Flow {
  const links = createRecent<LinkState>(MOST_LINKS);

  return {
    see(reading, say) {
      const { observed } = reading;
      const key = linkKey(observed);
      const state: LinkState = links.get(key) ?? { heard: new Set(), reads: [] };
      links.set(key, state);
      state.heard.add(observed.direction);
      settle(state, observed.startedAt, say);
      noteRead(state, reading);
      if (observed.operation.startsWith('credentials.') && observed.method !== 'GET') credentials(state, reading, say);
      else called(state, reading, say);
    },
    tick(now, say) {
      for (const state of links.values()) settle(state, now, say);
    },
  };
}

function noteRead({ reads }: LinkState, { observed, answer }: Reading): void {
  const { operation, direction, startedAt: at } = observed;
  if (operation !== 'versions.list' && operation !== 'versions.details') return;
  const { view } = operation === 'versions.list' ? readVersions(answer?.data) : {};
  reads.push({ direction, at, ...(view && { offered: view.map(({ version }) => version) }) });
  if (reads.length > MOST_READS) reads.shift();
}

/** A registration that is over is judged by what came while it was open, and a refusal by what came after it. */
function settle(state: LinkState, now: number, say: Say): void {
  const { pending, heard, registration, reads } = state;
  const refused = registration?.refused;
  if (registration && refused && now > refused.at + SETTLED_MS) {
    sayRefused(refused.exchangeId, say);
    delete registration.refused;
  }
  if (pending === undefined || now <= pending.endedAt + SLACK_MS) return;
  delete state.pending;
  const other = pending.direction === 'in' ? 'out' : 'in';
  // Versions are read by who was asked, while the request is open (digest 3.2, step 6).
  const { startedAt, endedAt } = pending;
  const back = reads.filter(({ direction, at }) => direction === other && at >= startedAt && at <= endedAt + SLACK_MS);
  if (pending.ok && back.length === 0 && heard.has(other)) {
    const code = pending.method === 'PUT' ? 'registration.no-refetch-on-put' : 'registration.no-call-back';
    say(pending.exchangeId, code, {
      met: 'no call to the versions',
      expected: 'versions and version details read anew',
    });
  }
  const { version, code } = pending;
  const { offered } = back.find(read => read.offered !== undefined) ?? {};
  const unshared = offered !== undefined && version !== undefined && !offered.includes(version);
  if (!pending.ok && unshared && code !== 3002) {
    const met = code === undefined ? 'no OCPI status' : `OCPI ${code}`;
    say(pending.exchangeId, 'registration.unsupported-not-3002', { pointer: '/status_code', met, expected: '3002' });
  }
}

function sayRefused(exchangeId: number, say: Say): void {
  const details = { pointer: AUTHORIZATION, met: 'HTTP 401 for token C', expected: 'the token of the registration' };
  say(exchangeId, 'registration.token-c-refused', details);
}

function credentials(state: LinkState, reading: Reading, say: Say): void {
  const { observed, ok, token, answer } = reading;
  const { method, direction, id: exchangeId, startedAt, version } = observed;
  const { registration } = state;
  const endedAt = endOf(observed);
  if (method === 'DELETE') {
    if (!ok) return;
    state.deletedAt = endedAt;
    delete state.registration;
    return;
  }
  if (method === 'POST' && registration !== undefined && isOldToken(registration, token?.id)) {
    const details = { pointer: '', met: 'another POST', expected: ok ? 'HTTP 405' : 'PUT' };
    say(exchangeId, ok ? 'registration.second-post-accepted' : 'registration.post-while-registered', details);
  }
  if (method === 'POST' && ok && state.deletedAt !== undefined && startedAt - state.deletedAt < UPDATE_MS) {
    say(exchangeId, 'registration.post-after-delete', { met: 'DELETE, then POST', expected: 'PUT' });
  }
  state.pending = {
    exchangeId,
    direction,
    method,
    startedAt,
    endedAt,
    ok,
    code: answer?.envelope.view?.statusCode,
    version,
  };
  if (!ok) return;
  delete state.deletedAt;
  const { used, sent, answered } = handedTokens(reading);
  const dead = new Map(method === 'PUT' ? registration?.dead : []);
  if (registration && method === 'PUT')
    for (const id of [registration.b, registration.c]) if (id) dead.set(id, endedAt);
  for (const id of [sent?.id, answered?.id]) if (id !== undefined) dead.delete(id);
  const a = method === 'POST' ? used?.id : registration?.a;
  state.registration = { direction, endedAt, a, b: sent?.id, c: answered?.id, dead, cUsed: false };
}

function isOldToken({ a, b, c }: Registration, id: string | undefined): boolean {
  return id !== undefined && [a, b, c].includes(id);
}

/** A call with a token of the registration: whether it is the right one of the three. */
function called({ registration }: LinkState, { observed, token, ok }: Reading, say: Say): void {
  if (registration === undefined || token === undefined || observed.startedAt <= registration.endedAt) return;
  const { id: exchangeId, direction, response } = observed;
  const asked = direction === registration.direction;
  const { a, b, c } = registration;
  const details = (met: string, expected: string) => ({ pointer: AUTHORIZATION, met, expected });
  const refused = response?.status === 401;
  if (token.id === a && a !== c && a !== b && asked) {
    if (ok) say(exchangeId, 'registration.token-a-accepted', details('token A', 'HTTP 401'));
    else if (refused) say(exchangeId, 'registration.token-a-again', details('token A', 'token C'));
    if (direction === 'in' && !registration.cUsed) {
      say(exchangeId, 'registration.token-c-unused', details('token A', 'token C, which the registration handed out'));
    }
  } else if (token.id === (asked ? b : c) && b !== c) {
    say(
      exchangeId,
      'registration.tokens-swapped',
      details(asked ? 'token B' : 'token C', asked ? 'token C' : 'token B'),
    );
  } else if (token.id === c && asked)
    calledWithC(registration, { exchangeId, refused, form: token.form, at: endOf(observed) }, say);
  else if (refused && registration.dead.has(token.id)) {
    say(exchangeId, 'registration.dead-token', details('a token of before the update', 'the newest one'));
  }
}

/** Refused in one form it may be taken in the other (T2); refused in both it was never stored. */
function calledWithC(
  registration: Registration,
  call: { exchangeId: number; refused: boolean; form: string; at: number },
  say: Say,
): void {
  if (!call.refused) {
    registration.cUsed = true;
    delete registration.refused;
    return;
  }
  if (registration.cUsed) return;
  const { refused: before } = registration;
  if (before !== undefined && before.form !== call.form) {
    sayRefused(before.exchangeId, say);
    delete registration.refused;
  } else registration.refused ??= { exchangeId: call.exchangeId, form: call.form, at: call.at };
}
