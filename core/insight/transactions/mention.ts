import type { PointKind } from '../../contract/transaction.ts';
import type { Authorized, Bill, ChargeSide, Ordered, ResultTold, SessionTold } from './charge.ts';

/** Something that names a charge for certain. */
export interface Tie {
  /** Within link and side. */
  readonly key: string;
  /** One clause: `the same session id`. */
  readonly why: string;
  /** `given`: others find this one by it; `taken`: this one finds others by it, where nothing else ties it. */
  readonly only?: 'given' | 'taken';
}

/**
 * What may belong to a charge by token, place and time, where nothing names it. `order`: a command that begins something;
 * `place`: something at an EVSE, whoever charges there.
 */
export interface Near {
  readonly role: 'authorization' | 'order' | 'session' | 'cdr' | 'place';
  /** Milliseconds since the epoch: when it is about. */
  readonly at: number;
  /** Until when what is opened may begin. */
  readonly until: number;
}

/** Who charges where, as far as a message tells. Ids as they are written. */
export interface Whereabouts {
  readonly token?: string;
  readonly contract?: string;
  readonly location?: string;
  readonly evse?: string;
  readonly connector?: string;
}

/** One charge that an exchange is about. */
export interface Mention {
  readonly kind: PointKind;
  readonly side: ChargeSide | undefined;
  readonly owner?: string;
  readonly ties: readonly Tie[];
  readonly near?: Near;
  readonly where: Whereabouts;
  readonly reference?: string;
  /** Of the session it is about, whoever tells of it. */
  readonly sessionId?: string;
  /** It alone does not show that there was a charge. */
  readonly loose: boolean;
  readonly session?: SessionTold;
  readonly bill?: Bill;
  /** A CDR that was refused bills nothing. */
  readonly billed?: boolean;
  readonly authorized?: Authorized;
  readonly order?: Ordered;
  readonly result?: ResultTold;
  readonly booked?: { readonly status: string; readonly until?: number };
  readonly confirms?: true;
}

/** Without those that are not there, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(
  values: { readonly [Key in keyof T]: T[Key] | undefined },
): { readonly [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
