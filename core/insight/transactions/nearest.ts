import type { Observed } from '../observed.ts';
import { byBegin, type Charge } from './charge.ts';
import type { ChargeStore } from './charge-store.ts';
import type { Mention, Near, Whereabouts } from './mention.ts';
import { stateOf } from './state.ts';
import { contractKey, placeKey, tokenKey } from './tie-keys.ts';
import { BEGINS_WITHIN_MS } from './told-objects.ts';

const MINUTE = 60_000;
/** Clocks differ, and ids are given when an exchange is recorded. */
const SLACK = MINUTE;
/** Begin of a session as the CDR has it. */
const SAME_BEGIN = 5 * MINUTE;
const UNLOCKED_AFTER = 60 * MINUTE;
/** A session is looked for by its CDR, and by what happens at its EVSE, for as long. */
const REMEMBERED = 30 * 24 * 60 * MINUTE;
const MOST = 20;

/** Under which keys a charge stands: what it is open for, or what has happened. */
type Standing = 'open' | 'told' | 'billed';
/** What each looks for. */
const LOOKS_FOR: Readonly<Record<Near['role'], readonly Standing[]>> = {
  session: ['open', 'billed'],
  authorization: ['open', 'told'],
  order: ['open', 'told'],
  cdr: ['told', 'open'],
  place: ['told'],
};
const STANDS: Readonly<Record<Near['role'], Standing>> = {
  session: 'told',
  authorization: 'open',
  order: 'open',
  cdr: 'billed',
  place: 'told',
};

export interface Wanted {
  readonly store: ChargeStore;
  readonly scope: string;
  readonly mention: Mention;
  readonly observed: Observed;
  /** It is tied to this one already. */
  readonly except: number | undefined;
}

/** The charge that something belongs to by token, place and time: the newest that is open for it. */
export function nearest(wanted: Wanted): { readonly charge: Charge; readonly why: string } | undefined {
  const { store, scope, mention, observed, except } = wanted;
  const { near, where } = mention;
  if (near === undefined) return undefined;
  const ids = new Set(
    LOOKS_FOR[near.role].flatMap(standing =>
      keysOf(where).flatMap(key => store.near(scope, `${standing} ${key}`, near.at, MOST)),
    ),
  );
  const fitting = [...ids].flatMap(id => {
    const charge = id === except ? undefined : store.charge(id);
    const why = charge === undefined ? undefined : samePlace(charge, where, near.role);
    if (charge === undefined || why === undefined || !isOpenFor(charge, mention, observed)) return [];
    return [{ charge, why, refused: stateOf(charge).state === 'refused' }];
  });
  const [best] = fitting.sort(
    (left, right) =>
      Number(left.refused) - Number(right.refused) ||
      farFrom(left.charge, mention) - farFrom(right.charge, mention) ||
      byBegin(right.charge.id, left.charge.id),
  );
  return best;
}

/** Under what a charge is to be found by token, place and time after this. */
export function nearKeys({ near, where }: Mention, charge: Charge): { key: string; at: number; until: number }[] {
  if (near === undefined || near.role === 'place') return [];
  if (Object.keys(where).length === 0) return [];
  const early = near.role === 'session' || near.role === 'cdr';
  const at = near.at - (early ? BEGINS_WITHIN_MS : SLACK);
  const until = early ? near.until + REMEMBERED : near.until + SLACK;
  return keysOf(charge).map(key => ({ key: `${STANDS[near.role]} ${key}`, at, until }));
}

function keysOf({ token, contract, location, evse }: Whereabouts): string[] {
  return [
    ...(token === undefined ? [] : [tokenKey(token)]),
    ...(contract === undefined ? [] : [contractKey(contract)]),
    ...(location === undefined || evse === undefined ? [] : [placeKey(location, evse)]),
  ];
}

/** The reason, where token and place may be the same; undefined where one of them is another. */
function samePlace(charge: Charge, where: Whereabouts, role: string): string | undefined {
  const token = sameOf([charge.token, where.token], [charge.contract, where.contract]);
  const evse = sameOf([charge.evse, where.evse]);
  const places = [sameOf([charge.location, where.location]), evse, sameOf([charge.connector, where.connector])];
  if (token === false || places.includes(false)) return undefined;
  // Who charges is not told, or in words that cannot be compared (2.1.1): the EVSE has to be known then.
  if (token === undefined && evse !== true) return undefined;
  const what = token ? (evse ? 'the same token at the same EVSE' : 'the same token') : 'the same EVSE';
  return role === 'cdr' ? `${what}, at the same time` : role === 'place' ? what : `${what}, within 15 minutes`;
}

/** True: one pair is the same; false: one is comparable and differs; undefined: nothing can be compared. */
function sameOf(...pairs: readonly (readonly [string | undefined, string | undefined])[]): boolean | undefined {
  let known: boolean | undefined;
  for (const [left, right] of pairs) {
    if (left === undefined || right === undefined) continue;
    if (left.toLowerCase() === right.toLowerCase()) return true;
    known = false;
  }
  return known;
}

function isOpenFor(charge: Charge, mention: Mention, observed: Observed): boolean {
  const { near, session, bill, sessionId } = mention;
  const opened = openedOf(charge);
  switch (near?.role) {
    case 'session': {
      if (charge.sessionId !== undefined) return false;
      const [billedAs] = charge.bills;
      if (billedAs !== undefined) return !billedAs.namesSession && isNear(billedAs.begin, session?.begin, SAME_BEGIN);
      if (opened === undefined || near.at < opened.at - SLACK || near.at > opened.until + SLACK) return false;
      // What is accepted from the whitelist was not asked for; 2.1.1 has no word for a command (T49).
      const unasked = session?.authMethod === 'WHITELIST' && observed.version !== '2.1.1';
      return !unasked || charge.orders.length > 0;
    }
    case 'authorization':
    case 'order': {
      const mine = near.role === 'authorization' ? charge.authorized !== undefined : charge.orders.length > 0;
      if (mine || charge.bills.length > 0) return false;
      if (charge.sessionSeen !== undefined)
        return opened === undefined && charge.sessionSeen >= near.at - 1000 && charge.sessionSeen <= near.until;
      return (
        opened !== undefined &&
        charge.sessionId === undefined &&
        stateOf(charge).state !== 'refused' &&
        Math.abs(near.at - opened.at) <= BEGINS_WITHIN_MS
      );
    }
    case 'cdr': {
      if (bill === undefined || charge.bills.length > 0) return false;
      if (charge.sessionId !== undefined)
        return sessionId === undefined && isNear(charge.session?.begin, bill.begin, SAME_BEGIN);
      return (
        opened !== undefined &&
        bill.begin !== undefined &&
        bill.begin >= opened.at - SLACK &&
        bill.begin <= opened.until + SLACK
      );
    }
    case 'place':
      return charge.sessionSeen !== undefined && charge.updatedAt >= observed.startedAt - UNLOCKED_AFTER;
    default:
      return false;
  }
}

/** When it was asked for last, and until when it may begin. */
function openedOf({ orders, authorized }: Charge): { readonly at: number; readonly until: number } | undefined {
  const order = orders.findLast(({ what }) => what === 'START_SESSION' || what === 'RESERVE_NOW');
  const at = Math.max(order?.at ?? 0, authorized?.at ?? 0);
  if (at === 0) return undefined;
  return { at, until: Math.max(at, order?.expiry ?? 0) + BEGINS_WITHIN_MS };
}

function isNear(left: number | undefined, right: number | undefined, within: number): boolean {
  return left !== undefined && right !== undefined && Math.abs(left - right) <= within;
}

/** Of CDRs: how far the beginnings are apart. Everything else goes to what was opened last. */
function farFrom(charge: Charge, { near, bill }: Mention): number {
  if (near?.role !== 'cdr') return -(openedOf(charge)?.at ?? 0);
  return Math.abs((charge.session?.begin ?? openedOf(charge)?.at ?? 0) - (bill?.begin ?? 0));
}
