import { jsonDiff } from '../../ocpi/json-diff.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Reading } from '../reading.ts';
import { type Flow, linkKey, type Say, textIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_SESSIONS = 5_000;
const MOST_CDRS = 5_000;
const FINAL: ReadonlySet<string> = new Set(['COMPLETED', 'INVALID']);
/** Costs are told once more after the end, and who it was for may be found out late; both change nothing that was charged. */
const MAY_FOLLOW: ReadonlySet<string> = new Set(['last_updated', 'total_cost', 'status']);

/** A session as far as it was pushed. */
interface Session {
  readonly status: string;
  readonly kwh: number;
  readonly updated: string;
  /** Beginnings of its charging periods. */
  readonly periods: readonly string[];
  readonly object: JsonObject;
}

/** Cases 24 and 30, and what simulates them: sessions that run backwards or change after their end, CDRs that come too soon or twice. */
export function createChargeFlow(): Flow {
  const sessions = createRecent<Session>(MOST_SESSIONS);
  const cdrs = createRecent<JsonObject>(MOST_CDRS);
  const bills = createRecent<{ readonly id: string; readonly credited: boolean }>(MOST_CDRS);

  return {
    see(reading, say) {
      const { observed, entry, params, body, ok } = reading;
      const link = `${linkKey(observed)} ${observed.direction}`;
      const view = isJsonObject(body?.view) ? body.view : undefined;
      if (entry?.id === 'sessions.put' || entry?.id === 'sessions.patch') {
        const key = `${link} ${(params['session_id'] ?? '').toLowerCase()}`;
        const before = sessions.get(key);
        if (view === undefined || (entry.id === 'sessions.patch' && before === undefined)) return;
        const now = entry.id === 'sessions.put' ? readSession(view) : patched(before, view);
        if (before !== undefined) compare({ before, now, view, reading }, say);
        // What was refused did not happen.
        if (ok) sessions.set(key, before !== undefined && before.updated > now.updated ? before : now);
      } else if (entry?.id === 'sessions.get-pushed' && ok) {
        readBack(sessions.get(`${link} ${(params['session_id'] ?? '').toLowerCase()}`), reading, say);
      } else if (entry?.id === 'cdrs.post' && view !== undefined) {
        const session = (textIn(view, 'session_id') ?? '').toLowerCase();
        judgeCdr(
          { cdr: view, before: cdrs.get(cdrKey(link, view)), session: sessions.get(`${link} ${session}`), reading },
          say,
        );
        if (!ok) return;
        if (session !== '') billed(bills, { key: `${link} ${session}`, cdr: view, reading }, say);
        cdrs.set(cdrKey(link, view), view);
      }
    },
  };
}

function cdrKey(link: string, cdr: JsonObject): string {
  return `${link} ${cdr['country_code'] ?? ''} ${cdr['party_id'] ?? ''} ${textIn(cdr, 'id') ?? ''}`.toLowerCase();
}

function readSession(object: JsonObject): Session {
  const { status, kwh, last_updated: updated } = object as { status?: unknown; kwh?: unknown; last_updated?: unknown };
  return {
    status: typeof status === 'string' ? status : '',
    kwh: typeof kwh === 'number' ? kwh : 0,
    updated: typeof updated === 'string' ? updated : '',
    periods: periodsIn(object),
    object,
  };
}

/** Of 2.1.1 nobody can tell what becomes of the periods (T17); they are taken to be appended as well. */
function patched(before: Session | undefined, patch: JsonObject): Session {
  const now = readSession({ ...before?.object, ...patch });
  return { ...now, periods: [...(before?.periods ?? []), ...periodsIn(patch)] };
}

function periodsIn({ charging_periods: periods }: JsonObject): string[] {
  if (!Array.isArray(periods)) return [];
  return periods.flatMap((period: unknown) => (isJsonObject(period) ? (textIn(period, 'start_date_time') ?? []) : []));
}

interface Told {
  readonly before: Session;
  readonly now: Session;
  readonly view: JsonObject;
  readonly reading: Reading;
}

function compare({ before, now, view, reading }: Told, say: Say): void {
  const { observed } = reading;
  const isPatch = observed.method === 'PATCH';
  if (now.kwh < before.kwh && now.updated >= before.updated) {
    say(observed.id, 'session.kwh-falling', {
      pointer: '/kwh',
      met: `${now.kwh} after ${before.kwh}`,
      expected: `at least ${before.kwh}`,
    });
  }
  if (FINAL.has(before.status) && now.updated > before.updated) {
    const changed = jsonDiff(before.object, { ...(isPatch ? before.object : {}), ...view });
    const [first] = changed.filter(
      ({ pointer }) =>
        !MAY_FOLLOW.has(pointer.split('/')[1] ?? '') || (pointer === '/status' && now.status !== before.status),
    );
    if (first !== undefined) {
      const met = `another value after ${before.status}`;
      say(observed.id, 'session.changed-after-end', { pointer: first.pointer, met, expected: 'no change any more' });
    }
  }
  if (isPatch && observed.version !== undefined && atLeast22(observed.version)) {
    const again = periodsIn(view).filter(start => before.periods.includes(start));
    if (again.length > 0) {
      const met = `${again.length} of ${periodsIn(view).length} were sent before`;
      say(observed.id, 'session.periods-repeated', { pointer: '/charging_periods', met, expected: 'new periods only' });
    }
  }
}

function readBack(known: Session | undefined, { answer, observed }: Reading, say: Say): void {
  if (
    known === undefined ||
    observed.version === undefined ||
    !atLeast22(observed.version) ||
    !isJsonObject(answer?.data)
  )
    return;
  const there = periodsIn(answer.data);
  if (there.length >= known.periods.length || textIn(answer.data, 'last_updated') !== known.updated) return;
  const met = `${there.length} of ${known.periods.length} periods`;
  say(observed.id, 'session.periods-replaced', {
    pointer: '/data/charging_periods',
    met,
    expected: 'all periods that were sent',
  });
}

interface JudgedCdr {
  readonly cdr: JsonObject;
  readonly before: JsonObject | undefined;
  readonly session: Session | undefined;
  readonly reading: Reading;
}

function judgeCdr({ cdr, before, session, reading: { observed } }: JudgedCdr, say: Say): void {
  const id = textIn(cdr, 'id') ?? '';
  if (before !== undefined) {
    const [first] = jsonDiff(before, cdr);
    if (first === undefined) say(observed.id, 'cdr.again', { pointer: '/id', met: id, expected: 'a CDR once' });
    else {
      const met = 'another value than in the CDR posted before';
      say(observed.id, 'cdr.changed', { pointer: first.pointer, met, expected: 'no change' });
    }
  }
  if (session !== undefined && !FINAL.has(session.status)) {
    const met = `a CDR of a session that is ${session.status}`;
    say(observed.id, 'cdr.before-session-end', { pointer: '/session_id', met, expected: 'COMPLETED first' });
  }
}

interface Bills {
  get(key: string): { readonly id: string; readonly credited: boolean } | undefined;
  set(key: string, bill: { readonly id: string; readonly credited: boolean }): void;
}

function billed(
  bills: Bills,
  { key, cdr, reading }: { key: string; cdr: JsonObject; reading: Reading },
  say: Say,
): void {
  const id = textIn(cdr, 'id') ?? '';
  const before = bills.get(key);
  const credits = cdr['credit'] === true || typeof cdr['credit_reference_id'] === 'string';
  if (credits) {
    if (before !== undefined) bills.set(key, { ...before, credited: true });
    return;
  }
  if (before !== undefined && !before.credited && before.id.toLowerCase() !== id.toLowerCase()) {
    const met = `${id}, after ${before.id}`;
    say(reading.observed.id, 'cdr.session-billed-twice', {
      pointer: '/session_id',
      met,
      expected: 'one CDR, or a credit CDR before',
    });
  }
  bills.set(key, { id, credited: false });
}
