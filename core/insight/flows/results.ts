import type { Finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { type Answered, judgeResult } from '../../ocpi/judge-result.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';
import type { Reading } from '../reading.ts';
import { endOf, type Flow, linkKey, objectsIn, type Say, textIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_REQUESTS = 5_000;
const MOST_EARLY = 100;
/** Where the answer does not say how long to wait (T5), and in 2.1.1, which knows no such time. */
const ASSUMED_S = 30;
const ASSUMED_211_S = 120;
const SLACK_MS = 1_000;
/** How long after its command a session may still be the one that was asked for. */
const RELATED_MS = 60 * 60_000;
const ENDED_BADLY: ReadonlySet<string> = new Set(['TIMEOUT']);

/** Something that was asked, with the URL its result is to come to. */
interface Asked {
  readonly exchangeId: number;
  readonly direction: 'in' | 'out';
  readonly version: Version;
  readonly what: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly answer: Answered;
  /** Milliseconds since the epoch; undefined where no result is due. */
  readonly due: number | undefined;
  readonly results: string[];
  /** The last of them, with when it came. */
  badly?: { readonly at: number; readonly result: string };
  readonly token: string | undefined;
  readonly location: string | undefined;
  readonly evse: string | undefined;
  overdueTold: boolean;
}

/** Case 28: results that come late, twice, never or too early, and sessions that begin all the same. */
export function createResultFlow(): Flow {
  const requests = createRecent<Asked>(MOST_REQUESTS);
  /** Results of what is still open, and so not seen yet. */
  const early = createRecent<Reading>(MOST_EARLY);
  let nextDue = Number.POSITIVE_INFINITY;

  const overdue = (now: number, say: Say) => {
    if (now < nextDue) return;
    nextDue = Number.POSITIVE_INFINITY;
    for (const asked of requests.values()) {
      if (asked.due === undefined || asked.results.length > 0 || asked.overdueTold) continue;
      if (now < asked.due) {
        nextDue = Math.min(nextDue, asked.due);
        continue;
      }
      asked.overdueTold = true;
      const seconds = Math.round((asked.due - asked.endedAt) / 1000);
      say(asked.exchangeId, 'result.never', { met: 'nothing', expected: `a result within ${seconds} s` });
    }
  };

  return {
    see(reading, say) {
      const { observed, entry } = reading;
      overdue(observed.startedAt, say);
      if (entry === undefined) return;
      const url = responseUrlOf(reading);
      if (url !== undefined) {
        const asked = askedBy(reading);
        if (asked === undefined) return;
        const key = `${linkKey(observed)} ${pathOf(url)}`;
        requests.set(key, asked);
        const before = early.get(key);
        early.delete(key);
        if (before !== undefined && before.observed.direction !== asked.direction) arrived(asked, before, say);
        if (asked.due !== undefined) nextDue = Math.min(nextDue, asked.due);
      } else if (entry.base === 'given-url' && observed.method === 'POST') {
        const key = `${linkKey(observed)} ${pathOf(reading.url)}`;
        const asked = requests.get(key);
        if (asked === undefined) early.set(key, reading);
        else if (asked.direction !== observed.direction) arrived(asked, reading, say);
      } else if (entry.module === 'sessions') {
        for (const session of sessionsIn(reading)) related(requests.values(), { session, reading }, say);
      }
    },
    tick: overdue,
  };
}

function responseUrlOf({ observed, body, query, entry }: Reading): string | undefined {
  if (entry?.base !== 'endpoint') return undefined;
  if (entry.module === 'chargingprofiles')
    return query.get('response_url') ?? (isJsonObject(body?.view) ? textIn(body.view, 'response_url') : undefined);
  if (entry.module !== 'commands' || observed.method !== 'POST' || !isJsonObject(body?.view)) return undefined;
  return textIn(body.view, 'response_url');
}

/** Hosts differ where somebody stands in between; what the URL ends with does not. */
function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : parsed.pathname + parsed.search;
}

function askedBy({ observed, entry, body, answer }: Reading): Asked | undefined {
  const { version } = observed;
  if (version === undefined || entry === undefined || observed.response === undefined) return undefined;
  const order = isJsonObject(body?.view) ? body.view : {};
  const data = answer?.data;
  const result = isJsonObject(data) ? textIn(data, 'result') : typeof data === 'string' ? data : undefined;
  const accepted = result === 'ACCEPTED';
  const said = isJsonObject(data) && typeof data['timeout'] === 'number' ? data['timeout'] : undefined;
  const seconds = atLeast22(version) ? (said ?? ASSUMED_S) : ASSUMED_211_S;
  const token = isJsonObject(order['token']) ? order['token'] : {};
  const endedAt = endOf(observed);
  return {
    exchangeId: observed.id,
    direction: observed.direction,
    version,
    what: entry.path.at(-1) ?? '',
    startedAt: observed.startedAt,
    endedAt,
    answer: { accepted, ...(result === undefined ? {} : { result }) },
    due: accepted ? endedAt + seconds * 1000 + SLACK_MS : undefined,
    results: [],
    token: textIn(token, 'uid')?.toLowerCase(),
    location: textIn(order, 'location_id')?.toLowerCase(),
    evse: textIn(order, 'evse_uid')?.toLowerCase(),
    overdueTold: false,
  };
}

function arrived(asked: Asked, { observed, body, entry }: Reading, say: Say): void {
  const view = body?.view;
  const check = entry?.request?.[asked.version];
  const read = check?.(view, { version: asked.version }).view;
  const result = isJsonObject(read) ? textIn(read, 'result') : undefined;
  const early = observed.startedAt + SLACK_MS / 10 < asked.endedAt && endOf(observed) <= asked.endedAt;
  const found = judgeResult({
    version: asked.version,
    what: asked.what,
    answer: early ? 'open' : asked.answer,
    earlier: asked.results,
    inTime: asked.due === undefined || observed.startedAt <= asked.due,
    body: view,
    result,
  });
  for (const one of found) say(observed.id, one.code, detailsOf(one));
  asked.results.push(result ?? 'a result');
  if (result !== undefined && ENDED_BADLY.has(result)) asked.badly = { at: endOf(observed), result };
}

function detailsOf({ pointer, met, expected }: Finding) {
  return { pointer, met, expected };
}

function sessionsIn(reading: Reading): readonly JsonObject[] {
  const { body, observed } = reading;
  return observed.method === 'PUT' && isJsonObject(body?.view) ? [body.view] : objectsIn(reading);
}

/** A session of the customer, at the place the command was for, after it had ended without one. */
function related(
  requests: Iterable<Asked>,
  { session, reading }: { session: JsonObject; reading: Reading },
  say: Say,
): void {
  const { observed } = reading;
  const token = isJsonObject(session['cdr_token']) ? textIn(session['cdr_token'], 'uid') : undefined;
  const inside = isJsonObject(session['location']) ? textIn(session['location'], 'id') : undefined;
  const location = (textIn(session, 'location_id') ?? inside)?.toLowerCase();
  const evse = textIn(session, 'evse_uid')?.toLowerCase();
  const status = textIn(session, 'status');
  if (location === undefined || (status !== 'ACTIVE' && status !== 'PENDING')) return;
  for (const asked of requests) {
    const { badly } = asked;
    if (badly === undefined || asked.what !== 'START_SESSION' || asked.location !== location) continue;
    if (observed.startedAt < badly.at || observed.startedAt - badly.at > RELATED_MS) continue;
    if (asked.token !== undefined && token !== undefined && asked.token !== token.toLowerCase()) continue;
    if (asked.evse !== undefined && evse !== undefined && asked.evse !== evse) continue;
    delete asked.badly;
    const met = `session ${textIn(session, 'id') ?? ''} at ${location} after ${badly.result}`;
    say(observed.id, 'session.after-timeout', { met, expected: 'no session' });
    return;
  }
}
