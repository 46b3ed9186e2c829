import type { TransactionState } from '../../contract/transaction.ts';
import type { Bill, Charge, Ordered } from './charge.ts';
import { BEGINS_WITHIN_MS } from './told-objects.ts';

export interface ChargeState {
  readonly state: TransactionState;
  /** More is due. */
  readonly open: boolean;
  /** What becomes of it by itself, and when (milliseconds since the epoch). */
  readonly turn?: { readonly at: number; readonly state: TransactionState };
}

/** A result may be on its way still. */
const SLACK = 1000;

/** How far a charge has come, by what was told of it. */
export function stateOf(charge: Charge): ChargeState {
  return (
    billed(charge) ?? inSession(charge) ?? ordered(charge) ?? authorized(charge) ?? booked(charge) ?? unknown(charge)
  );
}

/** The state at a moment. */
export function stateAt(charge: Charge, now: number): Pick<ChargeState, 'state' | 'open'> {
  const { state, open, turn } = stateOf(charge);
  return turn !== undefined && now >= turn.at ? { state: turn.state, open: false } : { state, open };
}

/** The CDR that counts: the newest that nothing took back. */
export function standingBill({ bills }: Charge): Bill | undefined {
  const credited = new Set(bills.flatMap(({ credits }) => (credits === undefined ? [] : [credits.toLowerCase()])));
  return bills.findLast(({ id, credits }) => credits === undefined && !credited.has(id.toLowerCase()));
}

function billed(charge: Charge): ChargeState | undefined {
  if (charge.bills.length === 0) return undefined;
  const runs = charge.session?.status === 'ACTIVE' || charge.session?.status === 'PENDING';
  // A credit that does not say what it takes back takes back what came before it.
  const standing = standingBill(charge);
  const last = charge.bills.at(-1);
  const takenBack = standing === undefined || (last?.credits === '' && standing.exchangeId < last.exchangeId);
  return { state: takenBack ? 'credited' : 'billed', open: runs };
}

function inSession({ session, sessionId, loose, refusedBill }: Charge): ChargeState | undefined {
  switch (session?.status) {
    case 'COMPLETED':
      return { state: 'ended', open: true };
    case 'INVALID':
      return { state: 'ended', open: false };
    case 'PENDING':
      return { state: 'pending', open: true };
    case 'RESERVATION':
    case 'RESERVED':
      return { state: 'reserved', open: true };
    default:
      // Whoever bills has ended it.
      if (session === undefined && refusedBill !== undefined) return { state: 'ended', open: true };
      return sessionId === undefined || loose ? undefined : { state: 'charging', open: true };
  }
}

/** By the newest command that was to begin something. */
function ordered(charge: Charge): ChargeState | undefined {
  const order = charge.orders.findLast(({ what }) => what === 'START_SESSION' || what === 'RESERVE_NOW');
  if (order === undefined) return undefined;
  const refused: ChargeState = { state: 'refused', open: false };
  if (order.answer !== 'ACCEPTED') return refused;
  const results = resultsOf(charge, order);
  if (results.length === 0) {
    const at = (order.due ?? order.at) + SLACK;
    return { state: 'asked', open: true, turn: { at, state: 'refused' } };
  }
  if (results.some(result => result !== 'ACCEPTED')) return refused;
  if (order.what === 'START_SESSION')
    return { state: 'asked', open: true, turn: { at: order.at + BEGINS_WITHIN_MS, state: 'asked' } };
  const cancelled = charge.orders.some(
    one => one.what === 'CANCEL_RESERVATION' && one.answer === 'ACCEPTED' && !resultsOf(charge, one).some(isBad),
  );
  if (cancelled) return refused;
  return {
    state: 'reserved',
    open: true,
    turn: { at: order.expiry ?? order.at + BEGINS_WITHIN_MS, state: 'reserved' },
  };
}

const isBad = (result: string) => result !== 'ACCEPTED';

/** Results of one command; empty where there are none yet. */
export function resultsOf({ results }: Charge, { url }: Ordered): readonly string[] {
  return results.filter(one => one.url === url).map(({ result }) => result);
}

function authorized({ authorized: asked }: Charge): ChargeState | undefined {
  if (asked === undefined) return undefined;
  if (asked.allowed !== 'ALLOWED') return { state: 'refused', open: false };
  return { state: 'authorized', open: true, turn: { at: asked.at + BEGINS_WITHIN_MS, state: 'authorized' } };
}

const OVER: ReadonlySet<string> = new Set([
  'CANCELED',
  'CANCELLED',
  'EXPIRED',
  'NO_SHOW',
  'REJECTED',
  'FAILED',
  'DECLINED',
]);

function booked({ booked: booking }: Charge): ChargeState | undefined {
  if (booking === undefined) return undefined;
  if (OVER.has(booking.status)) return { state: 'refused', open: false };
  const { until } = booking;
  return { state: 'reserved', open: true, ...(until === undefined ? {} : { turn: { at: until, state: 'reserved' } }) };
}

/** Only that money was taken, or that something was refused, is known of it. */
function unknown({ confirmation }: Charge): ChargeState {
  return { state: confirmation === undefined ? 'refused' : 'billed', open: false };
}
