import type { Charge } from './charge.ts';

/** What an exchange is in a charge. */
export interface Member {
  readonly exchangeId: number;
  readonly chargeId: number;
  readonly why: string;
}

/** Where charges are kept, and found by what names them. Scopes are links with their sides. */
export interface ChargeStore {
  charge(id: number): Charge | undefined;
  put(charge: Charge): void;
  /** Whatever led to `from` leads to `into` from now on; `from` is gone. */
  merge(from: number, into: number): void;
  /** The charge that was last tied to a key. */
  tied(scope: string, key: string): number | undefined;
  tie(scope: string, key: string, chargeId: number): void;
  /** Of the `most` charges that stood under a key last before a moment, those that still do then; the newest first. */
  near(scope: string, key: string, at: number, most: number): readonly number[];
  /** From a moment until another, milliseconds since the epoch. */
  putNear(near: { scope: string; key: string; at: number; until: number; chargeId: number }): void;
  /** It has what it was open for: takes it away from under all keys that begin with `open `. */
  notOpenAnyMore(chargeId: number): void;
  /** A member that is there already stays as it is. */
  addMember(member: Member): void;
  chargesOf(exchangeId: number): readonly number[];
  /** auth_id of a token of 2.1.1. */
  contractOf(scope: string, uid: string): string | undefined;
  putContract(scope: string, uid: string, contract: string): void;
  /** When a session of this scope was first told of; undefined where none ever was. */
  sessionsSince(scope: string): number | undefined;
  putSessionsSince(scope: string, at: number): void;
}
