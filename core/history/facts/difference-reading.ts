import type { Database } from 'better-sqlite3';
import type { ChargeDifference } from '../../contract/reports.ts';
import { BILL_STATE, valueAt } from '../../insight/report/bill-columns.ts';
import {
  BEGAN_TOGETHER,
  type BillAt,
  CDR_DUE_AFTER,
  type DifferenceKind,
  differencesOf,
  differenceTold,
} from '../../insight/report/differences.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { type ChargeSurroundings, createChargeView } from './charge-reading.ts';
import { type ChargeConditions, createChargeScan } from './charge-scan.ts';
import { readCredited } from './credits.ts';
import { createNames } from './names.ts';
import { createPlaces, type Place } from './places.ts';

export interface DifferencesAsked extends Omit<ChargeConditions, 'source'> {
  readonly what?: DifferenceKind | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly offset: number;
  readonly limit: number;
}

export interface DifferencesFound {
  readonly count: number;
  readonly rows: ChargeDifference[];
}

interface Bill extends BillAt {
  readonly bill: number;
}

interface Session extends Bill {
  /** It meets the conditions. */
  isChosen: boolean;
  hasCdr: boolean;
}

interface Difference {
  readonly what: DifferenceKind;
  readonly at: number;
  readonly session: number | undefined;
  readonly cdr: number | undefined;
}

/**
 * Sessions beside the CDRs that name them; in 2.1.1, where CDRs name none, beside those of the same token and place that
 * began together. Credit CDRs and what they take back are left out. That a session is not known is only said of a partner
 * who tells sessions, from the first one on.
 */
export function readDifferences(
  facts: Database,
  asked: DifferencesAsked,
  { linkName, pause }: ChargeSurroundings,
): DifferencesFound {
  const scan = createChargeScan(facts, { names: createNames(facts), places: createPlaces(facts), pause });
  const credited = readCredited(facts);
  const placeOf = samePlaces(scan.places);
  const found: Difference[] = [];
  const add = (what: DifferenceKind, session: Bill | undefined, cdr: Bill | undefined) => {
    if (asked.what !== undefined && asked.what !== what) return;
    const start = [session, cdr].map(one => (one === undefined ? Number.NaN : valueAt(one.columns.start, one.at)));
    const at = start.find(one => !Number.isNaN(one)) ?? Number.NEGATIVE_INFINITY;
    found.push({ what, at, session: session?.bill, cdr: cdr?.bill });
  };
  const match = (session: Session, cdr: Bill, isChosen: boolean) => {
    session.hasCdr = true;
    if (!isChosen && !session.isChosen) return;
    for (const what of differencesOf(session, cdr, placeOf)) add(what, session, cdr);
  };

  const { sessions, since } = readSessions(scan, asked);
  const unnamed: { readonly cdr: Bill; readonly isChosen: boolean }[] = [];
  const chosen = chosenBills(scan, { ...asked, source: 'cdrs' });
  scan.each({ source: 'cdrs' }, (columns, at, bill) => {
    if (valueAt(columns.state, at) === BILL_STATE.credit) return;
    const cdr = { columns, at, bill };
    const isChosen = chosen === undefined || chosen.has(bill);
    const named = valueAt(columns.session, at);
    const session = sessions.get(named);
    if (credited.has(bill)) {
      // Whatever it said is taken back, and yet it came.
      if (session !== undefined) session.hasCdr = true;
    } else if (session !== undefined) match(session, cdr, isChosen);
    else if (named === 0) unnamed.push({ cdr, isChosen });
    else if (isChosen && valueAt(columns.start, at) >= (since.get(valueAt(columns.link, at)) ?? Number.NaN))
      add('no-session', undefined, cdr);
  });
  matchUnnamed(sessions.values(), unnamed, { placeOf, match });
  for (const session of sessions.values()) {
    const { columns, at, isChosen, hasCdr } = session;
    if (hasCdr || !isChosen || valueAt(columns.state, at) !== BILL_STATE.charge) continue;
    if (valueAt(columns.end, at) <= asked.now - CDR_DUE_AFTER) add('no-cdr', session, undefined);
  }

  found.sort((left, right) => right.at - left.at);
  const view = createChargeView(facts, { places: scan.places, linkName });
  const told = (bill: number | undefined) => (bill === undefined ? undefined : view(bill));
  return {
    count: found.length,
    rows: found
      .slice(asked.offset, asked.offset + asked.limit)
      .map(({ what, session, cdr }) => differenceTold(what, told(session), told(cdr))),
  };
}

type Scan = ReturnType<typeof createChargeScan>;

/** By the number of their id; and by link from when on there are any. */
function readSessions(
  scan: Scan,
  asked: DifferencesAsked,
): { readonly sessions: Map<number, Session>; readonly since: ReadonlyMap<number, number> } {
  const sessions = new Map<number, Session>();
  const since = new Map<number, number>();
  const chosen = chosenBills(scan, { ...asked, source: 'sessions' });
  scan.each({ source: 'sessions', withAny: true }, (columns, at, bill) => {
    const isChosen = chosen === undefined || chosen.has(bill);
    sessions.set(valueAt(columns.session, at), { columns, at, bill, isChosen, hasCdr: false });
    const link = valueAt(columns.link, at);
    const start = valueAt(columns.start, at);
    if (!(start >= (since.get(link) ?? Number.POSITIVE_INFINITY))) since.set(link, start);
  });
  return { sessions, since };
}

/** Those that meet the conditions; undefined: all do. */
function chosenBills(scan: Scan, { source, ...asked }: ChargeConditions): ReadonlySet<number> | undefined {
  const { from, to, hour, linkIds, hiddenLinkIds, party, location, evse, token, tariff, zone } = asked;
  const chosen = { from, to, hour, linkIds, hiddenLinkIds, party, location, evse, token, tariff };
  if (Object.values(chosen).every(one => one === undefined)) return undefined;
  const bills = new Set<number>();
  scan.each({ source, ...chosen, zone }, (_, __, bill) => bills.add(bill));
  return bills;
}

/** CDRs that name no session, with the session of the same token and place that began nearest. */
function matchUnnamed(
  sessions: Iterable<Session>,
  unnamed: readonly { readonly cdr: Bill; readonly isChosen: boolean }[],
  {
    placeOf,
    match,
  }: {
    readonly placeOf: (place: number) => number;
    readonly match: (session: Session, cdr: Bill, isChosen: boolean) => void;
  },
): void {
  if (unnamed.length === 0) return;
  const keyOf = ({ columns, at }: BillAt): string => {
    const { link, party, token, place } = columns;
    const where = placeOf(valueAt(place, at));
    return `${valueAt(link, at)} ${valueAt(party, at)} ${valueAt(token, at)} ${where}`;
  };
  const byKey = new Map<string, Session[]>();
  for (const session of sessions) {
    if (session.hasCdr) continue;
    const key = keyOf(session);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [session]);
    else known.push(session);
  }
  for (const { cdr, isChosen } of unnamed) {
    const start = valueAt(cdr.columns.start, cdr.at);
    const apart = (session: Session) => Math.abs(valueAt(session.columns.start, session.at) - start);
    const near = (byKey.get(keyOf(cdr)) ?? []).filter(one => !one.hasCdr && apart(one) <= BEGAN_TOGETHER);
    const [nearest] = near.sort((left, right) => apart(left) - apart(right));
    if (nearest !== undefined) match(nearest, cdr, isChosen);
  }
}

/** Places whose ids are equal but for their case are one: a session and its CDR may write it differently. */
function samePlaces(places: ReadonlyMap<number, Place>): (place: number) => number {
  const first = new Map<string, number>();
  const same = new Map<number, number>();
  for (const { id, text } of places.values()) {
    const known = first.get(ciKey(text)) ?? id;
    first.set(ciKey(text), known);
    same.set(id, known);
  }
  return place => same.get(place) ?? place;
}
