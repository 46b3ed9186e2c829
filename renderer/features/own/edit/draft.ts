import type { VersionName } from '../../../../core/contract/platform.ts';
import { replaceJson } from '../../../../core/ocpi/json-cut.ts';
import { findType } from '../../../../core/ocpi/types.ts';
import { skeletonOf } from '../../../ocpi-help/skeleton.ts';
import { idFieldOf, type OwnKind, typeOfKind } from '../kinds.ts';

/** A text with `last_updated` moved on; as it is where it has none, or is no JSON. */
export function movedOn(text: string, now: string): string {
  try {
    const object = JSON.parse(text) as unknown;
    if (typeof object !== 'object' || object === null || !('last_updated' in object)) return text;
    return replaceJson(text, new Map([['/last_updated', now]]));
  } catch {
    return text;
  }
}

/** Whether two texts say the same of when they were changed last: somebody who changed that himself meant it. */
export function sameMoment(left: string, right: string): boolean {
  const [one, other] = [left, right].map(momentOf);
  return one === other;
}

function momentOf(text: string): unknown {
  try {
    const object = JSON.parse(text) as { readonly last_updated?: unknown } | null;
    return object?.last_updated;
  } catch {
    return undefined;
  }
}

/** Whole seconds, as the specification writes moments. */
export function nowText(now: Date): string {
  return now.toISOString().replace(/\.\d+Z$/, 'Z');
}

export interface Blank {
  readonly kind: OwnKind;
  readonly version: VersionName;
  /** `NL-WBX`. */
  readonly party: string;
  readonly id: string;
  /** RFC 3339. */
  readonly now: string;
}

/** A new object with everything that is required, as text. */
export function blankText({ kind, version, party, id, now }: Blank): string {
  const type = findType(version, typeOfKind(kind));
  if (type === undefined) return '{}';
  const [country = '', partyId = ''] = party.split('-');
  const values = { country_code: country, party_id: partyId, [idFieldOf(kind)]: id };
  return JSON.stringify(skeletonOf(type.schema, { values, now }), null, 2);
}

/** The same object under another id, changed now. */
export function copyText(text: string, { kind, id, now }: Pick<Blank, 'kind' | 'id' | 'now'>): string {
  return movedOn(replaceJson(text, new Map([[`/${idFieldOf(kind)}`, id]])), now);
}

/** An id like the one a copy is made of: `LOC1-2`, `LOC1-3`; as long as ids may be. */
export function copyId(id: string): string {
  const [, base = id, number] = /^(.*)-(\d{1,3})$/s.exec(id) ?? [];
  const ending = `-${number === undefined ? 2 : Number(number) + 1}`;
  return `${base.slice(0, LONGEST_ID - ending.length)}${ending}`;
}

const LONGEST_ID = 36;
