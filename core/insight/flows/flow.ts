import type { FindingCode } from '../../ocpi/finding-codes.ts';
import { type FindingDetails, finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { FlowFinding, Observed } from '../observed.ts';
import type { Reading } from '../reading.ts';

/** Something a flow noticed, about one of the exchanges it has seen. */
export type Say = (exchangeId: number, code: FindingCode, details: FindingDetails) => void;

/** Looks at exchanges one after the other and keeps what it needs of them, never more than a bounded part. */
export interface Flow {
  see(reading: Reading, say: Say): void;
  /** What is overdue at a moment (milliseconds since the epoch). */
  tick?(now: number, say: Say): void;
}

export function sayInto(found: FlowFinding[]): Say {
  return (exchangeId, code, details) => {
    found.push({ exchangeId, finding: finding(code, details) });
  };
}

/** The other side of an exchange: its link, or what stands for it in imported traffic. */
export function linkKey({ linkId, link }: Observed): string {
  return linkId === null ? `-${link ?? ''}` : String(linkId);
}

/** Link and direction: who asks whom. */
export function sideKey(observed: Observed): string {
  return `${linkKey(observed)} ${observed.direction}`;
}

/** When it was over; its begin where nobody measured how long it took. */
export function endOf({ startedAt, durationMs }: Observed): number {
  return startedAt + (durationMs ?? 0);
}

/** Whose objects an exchange is about: those of who asks, or of who is asked. */
export function ownerSide({ observed, entry }: Reading): 'ours' | 'theirs' | undefined {
  if (entry === undefined || entry.interface === 'NONE') return undefined;
  // SENDER interfaces are asked for what the asked one owns; at RECEIVER interfaces the asker's own things are put.
  const asker = entry.interface === 'RECEIVER';
  return (observed.direction === 'out') === asker ? 'ours' : 'theirs';
}

/** `data` of a list, or of one object, where the exchange went well. */
export function objectsIn({ ok, answer, observed }: Reading): readonly JsonObject[] {
  if (!ok || observed.method !== 'GET') return [];
  if (isJsonObject(answer?.data)) return [answer.data];
  return Array.isArray(answer?.data) ? answer.data.filter(isJsonObject) : [];
}

export function textIn(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}
