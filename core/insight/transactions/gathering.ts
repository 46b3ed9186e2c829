import { linkKey } from '../flows/flow.ts';
import type { Observed } from '../observed.ts';
import { type Charge, type ChargeSide, FURTHER } from './charge.ts';
import type { ChargeStore } from './charge-store.ts';
import type { Mention } from './mention.ts';
import { mentionsOf, tokensIn } from './mentions.ts';
import { nearest, nearKeys } from './nearest.ts';
import { tellsTokens } from './operations.ts';
import { emptyCharge, joined, withMention } from './remember.ts';
import { urlKey } from './tie-keys.ts';

/**
 * Puts exchanges together that belong to one charge. They are to be seen in the order of their ids, again when they changed;
 * all that is remembered is in the store, so that it makes no difference where somebody stops and goes on. Never throws
 * but for what the store throws.
 */
export interface Gathering {
  /** Ids of the charges it changed. */
  see(observed: Observed): ReadonlySet<number>;
}

/** An opener this much later than the session it would open belongs to another charge. Milliseconds. */
const OPENED_BEFORE = 60_000;

export function createGathering(store: ChargeStore): Gathering {
  /** The charges a mention is tied to for certain, each with the reason, the strongest first. */
  const tiedTo = (mention: Mention, scope: string, observed: Observed, before: readonly number[]) => {
    const found = new Map<number, string>();
    const add = (id: number | undefined, key: string, why: string) => {
      const charge = id === undefined || found.has(id) ? undefined : store.charge(id);
      if (charge !== undefined && agrees(charge, mention, key, observed)) found.set(charge.id, why);
    };
    for (const id of before) add(id, '', '');
    for (const { key, why, only } of mention.ties) {
      if (only === undefined) add(store.tied(scope, key), key, why);
    }
    if (found.size === 0) {
      for (const { key, why, only } of mention.ties) if (only === 'taken') add(store.tied(scope, key), key, why);
    }
    return found;
  };

  /** Those of the charges that may be one. */
  const joinAll = (ids: readonly number[]): Charge | undefined => {
    let whole: Charge | undefined;
    for (const id of ids) {
      const one = store.charge(id);
      if (one === undefined || (whole !== undefined && !mayBeOne(whole, one))) continue;
      if (whole === undefined) whole = one;
      else {
        const both: Charge = joined(whole, one);
        store.merge(both.id === whole.id ? one.id : whole.id, both.id);
        whole = both;
      }
    }
    return whole;
  };

  const settle = (mention: Mention, observed: Observed, place: number, before: readonly number[]): number => {
    const scope = scopeOf(observed, mention.side);
    const completed = withContract(mention, scope);
    const tied = tiedTo(completed, scope, observed, before);
    let why = [...tied.values()].find(reason => reason !== '') ?? 'the first of it';
    let charge = joinAll([...tied.keys()]);
    if (completed.near !== undefined && (charge === undefined || mayStillOpen(charge, completed))) {
      const near = nearest({ store, scope, mention: completed, observed, except: charge?.id });
      if (near !== undefined) {
        if (charge === undefined) why = near.why;
        charge = charge === undefined ? near.charge : joinAll([charge.id, near.charge.id]);
      }
    }
    const known = charge ?? emptyCharge(observed.id + place * FURTHER, observed, { scope, side: mention.side ?? null });
    const now = withMention(known, completed, observed);
    store.put(now);
    store.addMember({ exchangeId: observed.id, chargeId: now.id, why });
    for (const { key, only } of completed.ties) if (only !== 'taken') store.tie(scope, key, now.id);
    for (const near of nearKeys(completed, now)) store.putNear({ scope, chargeId: now.id, ...near });
    if (now.sessionId !== undefined && (known.sessionId === undefined || completed.near?.role !== 'session'))
      store.notOpenAnyMore(now.id);
    if (completed.session !== undefined && store.sessionsSince(scope) === undefined)
      store.putSessionsSince(scope, observed.startedAt);
    return now.id;
  };

  const withContract = (mention: Mention, scope: string): Mention => {
    const { token, contract } = mention.where;
    if (token === undefined) return mention;
    const known = contract ?? store.contractOf(scope, token);
    if (known === undefined) return mention;
    if (contract !== undefined) store.putContract(scope, token, contract);
    return { ...mention, where: { ...mention.where, contract: known } };
  };

  return {
    see(observed) {
      const changed = new Set<number>();
      if (tellsTokens(observed.operation, observed.version)) {
        const sides: readonly ChargeSide[] = ['ours', 'theirs'];
        for (const { uid, contract } of tokensIn(observed)) {
          for (const side of sides) store.putContract(scopeOf(observed, side), uid, contract);
        }
        return changed;
      }
      const mentions = mentionsOf(observed);
      // Seen before, while it was open, or before its findings were known: what is alone in it is where it was.
      const before = mentions.length === 1 ? store.chargesOf(observed.id) : [];
      mentions.forEach((mention, place) => {
        changed.add(settle(mention, observed, place, before));
      });
      return changed;
    },
  };
}

function scopeOf(observed: Observed, side: ChargeSide | undefined): string {
  return `${linkKey(observed)} ${side ?? '-'}`;
}

/** Whether what names a charge names this one: ids may be used anew, and response_urls for every command. */
function agrees(charge: Charge, mention: Mention, key: string, observed: Observed): boolean {
  const { sessionId, order, near, owner } = mention;
  if (owner !== undefined && charge.owner !== undefined && owner !== charge.owner) return false;
  if (!sameSession(sessionId, charge.sessionId)) return false;
  if (order?.url !== undefined && key === urlKey(order.url)) {
    if (charge.orders.some(({ url, exchangeId }) => url === order.url && exchangeId !== observed.id)) return false;
  }
  const opens = near?.role === 'order' || near?.role === 'authorization';
  return !opens || charge.sessionSeen === undefined || observed.startedAt <= charge.sessionSeen + OPENED_BEFORE;
}

function mayBeOne(left: Charge, right: Charge): boolean {
  if (left.scope !== right.scope) return false;
  if (left.owner !== undefined && right.owner !== undefined && left.owner !== right.owner) return false;
  return sameSession(left.sessionId, right.sessionId);
}

/** What is tied for certain may have a beginning that is not: a session with an id has been asked for by a command without one. */
function mayStillOpen(charge: Charge, { near, session, bill }: Mention): boolean {
  if (near?.role === 'cdr') return bill !== undefined && charge.session === undefined && charge.bills.length === 0;
  return (
    near?.role === 'session' &&
    session !== undefined &&
    charge.sessionSeen === undefined &&
    charge.authorized === undefined &&
    charge.orders.length === 0
  );
}

/** Nobody has said that it is another one. */
function sameSession(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left.toLowerCase() === right.toLowerCase();
}
