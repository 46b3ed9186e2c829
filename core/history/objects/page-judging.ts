import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PageStored, PageToStore } from '../../contract/ingest.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import { DETECTOR_VERSION, finding } from '../../ocpi/findings.ts';
import { type JsonChange, jsonDiff } from '../../ocpi/json-diff.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { type IndexedValues, indexedValues } from './field-values.ts';
import { findingsFromText, findingsToText } from './finding-text.ts';
import { createItemParser } from './item-parsing.ts';
import type { ObjectKind } from './kinds.ts';
import { checkerFor } from './object-checks.ts';
import { keyMembers, keyPartsAt, objectKey } from './object-key.ts';
import type { FindingTally } from './page-findings.ts';
import type { PageContent } from './page-reading.ts';
import { createStoredRows, OUTCOME, type Outcome, type StoredObjectFacts } from './stored-row.ts';
import { createTextReader } from './text-blocks.ts';

/** A new text of an object, looked into. */
export interface NewText {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly lastUpdated: number | null;
  readonly values: IndexedValues;
  readonly findings: string | null;
}

/** What is to be written of one object. */
export interface Judged {
  readonly key: string;
  /** Absent for a new one. */
  readonly stored?: StoredObjectFacts;
  readonly outcome: Outcome;
  /** Met before in this run: what it counted as then stays. */
  readonly again: boolean;
  /** Absent where the text is the one that is stored. */
  readonly text?: NewText;
  /** Whether the text says something else than the one before: then that one becomes a revision. */
  readonly differs: boolean;
}

export interface PageJudged {
  /** One for each key, in the order of the page. */
  readonly objects: readonly Judged[];
  readonly counts: Counts;
  readonly oldestUpdate?: number;
  readonly newestUpdate?: number;
  readonly fingerprint: string;
  readonly first?: string;
  readonly last?: string;
}

export type Counts = {
  -readonly [Key in
    | 'items'
    | 'added'
    | 'changed'
    | 'unchanged'
    | 'again'
    | 'unusable'
    | 'movedOnly'
    | 'changedSilently']: PageStored[Key];
};

export const NOTHING_COUNTED: Readonly<Counts> = {
  items: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  again: 0,
  unusable: 0,
  movedOnly: 0,
  changedSilently: 0,
};

export interface PageToJudge {
  readonly page: PageToStore;
  readonly kind: ObjectKind;
  /** Undefined where nothing of the list is stored yet. */
  readonly listId: number | undefined;
  readonly content: PageContent;
  /** Whose objects are that do not say so themselves. */
  readonly linkParty: string | undefined;
  readonly tally: FindingTally;
}

/** 22 characters of Base64 hold 16 bytes and a bit of the hash that tells one text from another. */
const HASH_CHARACTERS = 22;

/**
 * Compares a page with what is stored, without writing. Items whose text is the stored one are not even parsed; all others
 * are parsed once and checked. Undefined where one of them is not JSON, and so the whole page is not.
 */
export type JudgePage = (page: PageToJudge) => PageJudged | undefined;

export function createPageJudge(database: Database): JudgePage {
  const rows = createStoredRows(database);
  const texts = createTextReader(database);

  /** Undefined: not JSON. */
  const judgeItem = (
    { page, kind, linkParty, tally }: PageToJudge,
    item: {
      readonly index: number;
      readonly bytes: Buffer;
      readonly key: string;
      readonly stored: StoredObjectFacts | undefined;
      readonly json: () => unknown;
    },
  ): Judged | undefined => {
    const { index, bytes, key, stored } = item;
    const pointer = page.shape === 'list' ? `/data/${index}` : '/data';
    const digest = digestOf(bytes);
    const same = stored?.hash === digest;
    const again = stored !== undefined && stored.seenRun === page.runId && stored.seenPage !== page.page;
    if (same && stored.detector === DETECTOR_VERSION && stored.version === page.version) {
      tally.add(findingsFromText(stored.findings, stored.detector), pointer);
      return { key, stored, again, outcome: outcomeAgain(stored, page), differs: false };
    }
    const json = item.json();
    if (json === undefined) return undefined;
    const { findings } = checkerFor(page.version, kind.type)(json, { version: page.version });
    tally.add(findings, pointer);
    const text: NewText = {
      bytes,
      hash: digest,
      lastUpdated: lastUpdatedOf(json, page),
      values: indexedValues(kind, json, linkParty),
      findings: findingsToText(findings),
    };
    if (!stored) return { key, again: false, outcome: OUTCOME.added, text, differs: true };
    // A text that says the same in other words replaces the stored one, and is no change.
    const changes = same ? [] : jsonDiff(JSON.parse(texts.text(rows.changing(stored.id))), json);
    const differs = changes.length > 0;
    const outcome = differs ? outcomeOf(changes) : outcomeAgain(stored, page);
    return { key, stored, again, outcome, text, differs };
  };

  return input => {
    const { page, kind, listId, content, tally } = input;
    const { bytes, items } = content;
    const members = keyMembers(kind);
    const parse = createItemParser(content);
    const counts: Counts = { ...NOTHING_COUNTED, items: items.count };
    const keys: string[] = [];
    const objects = new Map<string, Judged>();
    for (let index = 0; index < items.count; index++) {
      const start = items.offsets[index * items.stride] ?? 0;
      const end = items.offsets[index * items.stride + 1] ?? start;
      const slice = bytes.subarray(start, end);
      const itself = () => parse(index);
      const parts = slice[0] === OPEN_OBJECT ? keyPartsAt(kind, { members, bytes, items, index }) : undefined;
      if (!parts) {
        const json = itself();
        if (json === undefined) return undefined;
        counts.unusable++;
        keys.push('');
        findUnusable(json, { page, kind, index, tally });
        continue;
      }
      const key = objectKey(parts);
      keys.push(key);
      const stored = listId === undefined ? undefined : rows.find(listId, key);
      const judged = judgeItem(input, { index, bytes: slice, key, stored, json: itself });
      if (!judged) return undefined;
      if (objects.has(key)) counts.again++;
      // Of an object that stands on a page twice the last one counts.
      objects.set(key, judged);
    }
    for (const judged of objects.values()) count(judged, counts);
    const updates = [...objects.values()].flatMap(({ text, stored }) => {
      const moment = text ? text.lastUpdated : stored?.lastUpdated;
      return moment === null || moment === undefined ? [] : [moment];
    });
    return {
      objects: [...objects.values()],
      counts,
      ...(updates.length > 0 ? { oldestUpdate: least(updates), newestUpdate: -least(updates.map(at => -at)) } : {}),
      fingerprint: fingerprintOf(keys),
      ...edgesOf(content),
    };
  };
}

const OPEN_OBJECT = 0x7b;

/** The texts of the first and the last item, as fingerprints. */
function edgesOf({ bytes, items }: PageContent): { readonly first?: string; readonly last?: string } {
  if (items.count === 0) return {};
  const { offsets, stride } = items;
  const edge = (index: number) => digestOf(bytes.subarray(offsets[index * stride], offsets[index * stride + 1]));
  return { first: edge(0), last: edge(items.count - 1) };
}

export function fingerprintOf(keys: readonly string[]): string {
  return hash('sha256', keys.join('\n\n'), 'hex').slice(0, 32);
}

function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64').slice(0, HASH_CHARACTERS);
}

function lastUpdatedOf(json: unknown, { version }: PageToStore): number | null {
  const text = isJsonObject(json) ? json['last_updated'] : undefined;
  return typeof text === 'string' ? (readDateTime(text, version).epochMs ?? null) : null;
}

/** Of a text that says nothing new. A page stored a second time, because it could not be stored whole, counts as before. */
function outcomeAgain(stored: StoredObjectFacts, { runId, page }: PageToStore): Outcome {
  if (stored.seenRun === runId && stored.seenPage === page) return stored.outcome;
  return stored.vanishedAt === null ? OUTCOME.unchanged : OUTCOME.added;
}

function outcomeOf(changes: readonly JsonChange[]): Outcome {
  if (changes.every(({ pointer }) => pointer.endsWith('/last_updated'))) return OUTCOME.movedOnly;
  return changes.some(({ pointer }) => pointer === '/last_updated') ? OUTCOME.changed : OUTCOME.changedSilently;
}

function findUnusable(
  json: unknown,
  { page, kind, index, tally }: Pick<PageToJudge, 'page' | 'kind' | 'tally'> & { readonly index: number },
): void {
  const pointer = page.shape === 'list' ? `/data/${index}` : '/data';
  const expected = `${kind.id.join(' and ')} of ${kind.type}`;
  tally.add([finding('object.id-unusable', { pointer, met: 'no usable id', expected })]);
  tally.add(checkerFor(page.version, kind.type)(json, { version: page.version, pointer }).findings);
}

function count({ outcome, again }: Judged, counts: Counts): void {
  if (again) counts.again++;
  else if (outcome === OUTCOME.added) counts.added++;
  else if (outcome === OUTCOME.unchanged) counts.unchanged++;
  else counts.changed++;
  if (again) return;
  if (outcome === OUTCOME.movedOnly) counts.movedOnly++;
  if (outcome === OUTCOME.changedSilently) counts.changedSilently++;
}

/** Without spreading: a page may hold more numbers than a call may have arguments. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => Math.min(left, right));
}
