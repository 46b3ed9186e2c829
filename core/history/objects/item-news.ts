import { hash } from 'node:crypto';
import type { PageToRead } from '../../contract/ingest.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { type IndexedValues, indexedValues } from './field-values.ts';
import type { ObjectKind } from './kinds.ts';
import { checkerFor } from './object-checks.ts';
import type { PageContent } from './page-reading.ts';

/** What a text of an object holds, as far as it follows from the text alone. */
export interface ItemNews {
  readonly lastUpdated: number | null;
  readonly values: IndexedValues;
  /** Pointers from the object. */
  readonly findings: readonly Finding[];
}

export interface ItemContext {
  readonly page: Pick<PageToRead, 'version'>;
  readonly kind: ObjectKind;
  /** Whose objects are that do not say so themselves. */
  readonly linkParty: string | undefined;
}

export function newsOf(json: unknown, { page, kind, linkParty }: ItemContext): ItemNews {
  return {
    lastUpdated: lastUpdatedOf(json, page),
    values: indexedValues(kind, json, linkParty),
    findings: checkerFor(page.version, kind.type)(json, { version: page.version }).findings,
  };
}

/** Of an item that cannot be stored, having no id. */
export function unusableFindings(json: unknown, { page, kind }: Omit<ItemContext, 'linkParty'>): readonly Finding[] {
  const expected = `${kind.id.join(' and ')} of ${kind.type}`;
  return [
    finding('object.id-unusable', { pointer: '', met: 'no usable id', expected }),
    ...checkerFor(page.version, kind.type)(json, { version: page.version }).findings,
  ];
}

/** 22 characters of Base64 hold 16 bytes and a bit of the hash that tells one text from another. */
const HASH_CHARACTERS = 22;

/** Tells one text from another. */
export function digestOf(text: Uint8Array): string {
  return hash('sha256', text, 'base64').slice(0, HASH_CHARACTERS);
}

/** Of the texts of all items. */
export function digestsOf({ bytes, items: { count, stride, offsets } }: PageContent): string[] {
  const digests: string[] = [];
  for (let at = 0; at < count * stride; at += stride) {
    digests.push(digestOf(bytes.subarray(offsets[at], offsets[at + 1])));
  }
  return digests;
}

function lastUpdatedOf(json: unknown, { version }: Pick<PageToRead, 'version'>): number | null {
  const text = isJsonObject(json) ? json['last_updated'] : undefined;
  return typeof text === 'string' ? (readDateTime(text, version).epochMs ?? null) : null;
}
