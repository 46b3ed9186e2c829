import type { FindingCode } from '../../ocpi/finding-codes.ts';

export type ChargeSide = 'ours' | 'theirs';

export interface Amount {
  readonly amount: number;
  readonly currency: string | null;
}

/** A session as far as it was told; times in milliseconds since the epoch. */
export interface SessionTold {
  /** The exchange that told it. */
  readonly exchangeId: number;
  readonly status?: string;
  readonly kwh?: number;
  /** last_updated; when it was told, where it does not say. */
  readonly updated: number;
  readonly begin?: number;
  readonly end?: number;
  readonly cost?: Amount;
  readonly authMethod?: string;
  /** The youngest charging period there is. */
  readonly lastPeriod?: number;
}

/** A CDR, or one that credits another. */
export interface Bill {
  readonly id: string;
  readonly exchangeId: number;
  /** Id of the CDR that it takes back; empty where it does not say which. */
  readonly credits?: string;
  /** It names a session, whether anybody knows it or not. */
  readonly namesSession: boolean;
  readonly kwh?: number;
  readonly cost?: Amount;
  readonly begin?: number;
  readonly end?: number;
  readonly firstPeriod?: number;
  readonly lastPeriod?: number;
}

export interface Authorized {
  readonly exchangeId: number;
  readonly at: number;
  /** `ALLOWED`; absent where nobody answered. */
  readonly allowed?: string;
}

export interface Ordered {
  readonly exchangeId: number;
  readonly at: number;
  /** `START_SESSION`. */
  readonly what: string;
  /** What was answered at once. */
  readonly answer?: string;
  /** Path and query of its response_url. */
  readonly url?: string;
  /** Milliseconds since the epoch until which a result is waited for. */
  readonly due?: number;
  /** Of a reservation. */
  readonly expiry?: number;
}

export interface ResultTold {
  readonly exchangeId: number;
  readonly url: string;
  readonly result: string;
}

/** Something wrong with the order in which things were told. */
export interface Noted {
  readonly code: FindingCode;
  readonly exchangeId: number;
  readonly met: string;
  readonly expected: string;
}

/** All that is remembered of one charge; of what there may be many, the newest few. Kept as JSON. */
export interface Charge {
  readonly id: number;
  /** Link and side: charges of different ones have nothing to do with each other. */
  readonly scope: string;
  readonly linkId: number | null;
  readonly link: string | null;
  readonly version: string | null;
  readonly side: ChargeSide | null;
  /** Of the first and of the newest exchange. */
  readonly startedAt: number;
  readonly updatedAt: number;
  /** Nothing yet shows that there was a charge: a result, an unlocked connector. */
  readonly loose: boolean;
  readonly owner?: string;
  /** As it was written first, by whatever named it. */
  readonly sessionId?: string;
  readonly session?: SessionTold;
  /** When an exchange first told of the session. */
  readonly sessionSeen?: number;
  readonly reference?: string;
  readonly token?: string;
  readonly contract?: string;
  readonly location?: string;
  readonly evse?: string;
  readonly connector?: string;
  readonly authorized?: Authorized;
  readonly booked?: { readonly status: string; readonly until?: number };
  readonly orders: readonly Ordered[];
  readonly results: readonly ResultTold[];
  readonly bills: readonly Bill[];
  /** Exchange of a CDR that was not taken. */
  readonly refusedBill?: number;
  /** Exchange of a payment's confirmation. */
  readonly confirmation?: number;
  readonly noted: readonly Noted[];
}

/** Exchanges may begin several charges: all but the first have so much and more added to the id. */
export const FURTHER = 1_000_000_000;

/** The exchange a charge begins with. */
export function exchangeOf(chargeId: number): number {
  return chargeId % FURTHER;
}

/** Negative where the left one began earlier. */
export function byBegin(left: number, right: number): number {
  return exchangeOf(left) - exchangeOf(right) || left - right;
}
