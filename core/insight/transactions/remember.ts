import { endOf } from '../flows/flow.ts';
import type { Observed } from '../observed.ts';
import { type Bill, byBegin, type Charge, type Noted, type SessionTold } from './charge.ts';
import { type Mention, present } from './mention.ts';

/** Of what there may be many, the newest are remembered. */
const MOST = 20;
/** How far a session has come; what is unknown is nowhere. */
const STAGES: Readonly<Record<string, number>> = {
  RESERVATION: 0,
  RESERVED: 0,
  PENDING: 1,
  ACTIVE: 2,
  COMPLETED: 3,
  INVALID: 3,
};

export function emptyCharge(id: number, observed: Observed, { scope, side }: Pick<Charge, 'scope' | 'side'>): Charge {
  return {
    id,
    scope,
    linkId: observed.linkId,
    link: observed.link,
    version: observed.version ?? null,
    side,
    startedAt: observed.startedAt,
    updatedAt: endOf(observed),
    loose: true,
    orders: [],
    results: [],
    bills: [],
    noted: [],
  };
}

/** The charge with what one exchange says of it; saying it twice changes nothing. */
export function withMention(charge: Charge, mention: Mention, observed: Observed): Charge {
  const { where, session, bill, order, result } = mention;
  const noted = session === undefined ? [] : outOfOrder(charge.session, session, observed);
  return {
    ...charge,
    link: observed.link ?? charge.link,
    startedAt: Math.min(charge.startedAt, observed.startedAt),
    updatedAt: Math.max(charge.updatedAt, endOf(observed)),
    loose: charge.loose && mention.loose,
    ...present({
      owner: charge.owner ?? mention.owner,
      // The last one given counts (digest 6.2), the session's own most of all.
      reference:
        mention.session === undefined
          ? (charge.reference ?? mention.reference)
          : (mention.reference ?? charge.reference),
      token: charge.token ?? where.token,
      contract: charge.contract ?? where.contract,
      location: charge.location ?? where.location,
      evse: charge.evse ?? where.evse,
      connector: charge.connector ?? where.connector,
      sessionId: charge.sessionId ?? mention.sessionId,
      session: session === undefined ? charge.session : laterSession(charge.session, session),
      sessionSeen:
        session === undefined
          ? charge.sessionSeen
          : Math.min(charge.sessionSeen ?? observed.startedAt, observed.startedAt),
      authorized: laterOf(charge.authorized, mention.authorized),
      booked: mention.booked ?? charge.booked,
      refusedBill: bill !== undefined && !mention.billed ? observed.id : charge.refusedBill,
      confirmation: mention.confirms ? observed.id : charge.confirmation,
    }),
    orders: order === undefined ? charge.orders : withNewest(charge.orders, order),
    results: result === undefined ? charge.results : withNewest(charge.results, result),
    bills: bill === undefined || !mention.billed ? charge.bills : withBill(charge.bills, bill),
    noted: noted.reduce(withNoted, charge.noted),
  };
}

/** Two charges that turned out to be one. */
export function joined(left: Charge, right: Charge): Charge {
  const [first, second] = byBegin(left.id, right.id) <= 0 ? [left, right] : [right, left];
  return {
    ...second,
    ...first,
    link: first.link ?? second.link,
    startedAt: Math.min(first.startedAt, second.startedAt),
    updatedAt: Math.max(first.updatedAt, second.updatedAt),
    loose: first.loose && second.loose,
    ...present({
      session:
        first.session !== undefined && second.session !== undefined
          ? laterSession(first.session, second.session)
          : (first.session ?? second.session),
      sessionSeen: earliest(first.sessionSeen, second.sessionSeen),
      authorized: laterOf(first.authorized, second.authorized),
    }),
    orders: second.orders.reduce(withNewest, first.orders),
    results: second.results.reduce(withNewest, first.results),
    bills: second.bills.reduce(withBill, first.bills),
    noted: second.noted.reduce(withNoted, first.noted),
  };
}

function laterSession(before: SessionTold | undefined, told: SessionTold): SessionTold {
  if (before === undefined) return told;
  const [older, newer] = isLater(told, before) ? [before, told] : [told, before];
  const lastPeriod = latest(older.lastPeriod, newer.lastPeriod);
  return {
    ...older,
    ...newer,
    ...(lastPeriod === undefined ? {} : { lastPeriod }),
  };
}

/** Some send several changes with one last_updated. */
function isLater(told: SessionTold, before: SessionTold): boolean {
  return told.updated > before.updated || (told.updated === before.updated && told.exchangeId >= before.exchangeId);
}

/** What a newer message says that goes back behind an older one. */
function outOfOrder(before: SessionTold | undefined, told: SessionTold, observed: Observed): Noted[] {
  const noted: Noted[] = [];
  if (before === undefined || !isLater(told, before) || observed.method === 'GET') return noted;
  const [was, is] = [STAGES[before.status ?? ''], STAGES[told.status ?? '']];
  if (was !== undefined && is !== undefined && is < was) {
    const [met, expected] = [`${told.status} after ${before.status}`, 'a status further on'];
    noted.push({ code: 'transaction.state-backwards', exchangeId: observed.id, met, expected });
  }
  if (
    observed.method === 'PATCH' &&
    told.lastPeriod !== undefined &&
    before.lastPeriod !== undefined &&
    told.lastPeriod < before.lastPeriod
  ) {
    const at = (time: number) => new Date(time).toISOString();
    const [met, expected] = [`a period from ${at(told.lastPeriod)}`, `one after ${at(before.lastPeriod)}`];
    noted.push({ code: 'transaction.periods-overlap', exchangeId: observed.id, met, expected });
  }
  return noted;
}

function withNewest<T extends { readonly exchangeId: number }>(all: readonly T[], one: T): readonly T[] {
  const others = all.filter(({ exchangeId }) => exchangeId !== one.exchangeId);
  return [...others, one].sort((left, right) => left.exchangeId - right.exchangeId).slice(-MOST);
}

/** A CDR that is read back or listed is one that was posted. */
function withBill(bills: readonly Bill[], bill: Bill): readonly Bill[] {
  const known = bills.find(({ id }) => id.toLowerCase() === bill.id.toLowerCase());
  if (known === undefined) return withNewest(bills, bill);
  return bills.map(one => (one === known && bill.exchangeId < known.exchangeId ? bill : one));
}

function withNoted(noted: readonly Noted[], one: Noted): readonly Noted[] {
  const isKnown = noted.some(({ code, exchangeId }) => code === one.code && exchangeId === one.exchangeId);
  return isKnown ? noted : [...noted, one].slice(-MOST);
}

function laterOf<T extends { readonly exchangeId: number }>(left: T | undefined, right: T | undefined): T | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return right.exchangeId >= left.exchangeId ? right : left;
}

function earliest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right);
}

function latest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right);
}
