import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PageMet, PageStored, PageToRead } from '../../contract/ingest.ts';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import { type JsonChange, jsonDiff } from '../../ocpi/json-diff.ts';
import { type ValueTable, valueTableOf } from './field-values.ts';
import { findingsFromText, findingsToText } from './finding-text.ts';
import { digestsOf, newsOf } from './item-news.ts';
import { createItemParser } from './item-parsing.ts';
import type { ObjectKind } from './kinds.ts';
import type { FindingTally } from './page-findings.ts';
import type { PreparedItems } from './page-preparing.ts';
import type { PageContent } from './page-reading.ts';
import { createStoredRows, OUTCOME, type Outcome, type StoredObjectFacts } from './stored-row.ts';
import { createTextReader } from './text-blocks.ts';

/** A new text of an object, looked into. */
export interface NewText {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly lastUpdated: number | null;
  readonly values: { readonly table: ValueTable; readonly object: number };
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

type PageFacts = Omit<PageToRead, 'body'> & PageMet;

export interface PageToJudge {
  readonly page: PageFacts;
  readonly kind: ObjectKind;
  /** Undefined where nothing of the list is stored yet. */
  readonly listId: number | undefined;
  readonly content: PageContent;
  readonly items: PreparedItems;
  /** Whose objects are that do not say so themselves. */
  readonly linkParty: string | undefined;
  readonly tally: FindingTally;
}

/** `digests`: of the texts of its items. */
type Judging = PageToJudge & { readonly digests: readonly string[] };

/**
 * Compares a page that was read with what is stored, without writing. Undefined where an item that has to be parsed after
 * all is not JSON, and so the whole page is not.
 */
export type JudgePage = (page: PageToJudge) => PageJudged | undefined;

export function createPageJudge(database: Database): JudgePage {
  const rows = createStoredRows(database);
  const texts = createTextReader(database);

  /** Undefined: not JSON. Nearly always it was looked into before; not where what was stored then was replaced meanwhile. */
  const newText = (input: Judging, index: number, json: () => unknown): NewText | undefined => {
    const { content, items } = input;
    const { offsets, stride } = content.items;
    const text = {
      bytes: content.bytes.subarray(offsets[index * stride], offsets[index * stride + 1]),
      hash: input.digests[index] as string,
    };
    if (items.looked[index] === 1) {
      const lastUpdated = items.lastUpdated[index] as number;
      return {
        ...text,
        lastUpdated: Number.isNaN(lastUpdated) ? null : lastUpdated,
        values: { table: items.values, object: index },
        findings: items.findings[index] ?? null,
      };
    }
    const parsed = json();
    if (parsed === undefined) return undefined;
    const { lastUpdated, values, findings } = newsOf(parsed, input);
    const alone = { table: valueTableOf(values), object: 0 };
    return { ...text, lastUpdated, values: alone, findings: findingsToText(findings) };
  };

  /** Undefined: not JSON. */
  const judgeItem = (input: Judging, index: number, json: () => unknown): Judged | undefined => {
    const { page, listId, items, digests, tally } = input;
    const key = items.keys[index] as string;
    const stored = listId === undefined ? undefined : rows.find(listId, key);
    const pointer = pointerOf(page, index);
    const same = stored?.hash === digests[index];
    const again = stored !== undefined && stored.seenRun === page.runId && stored.seenPage !== page.page;
    if (stored && same && stored.detector === DETECTOR_VERSION && stored.version === page.version) {
      tally.add(findingsFromText(stored.findings, stored.detector), pointer);
      return { key, stored, again, outcome: outcomeAgain(stored, page), differs: false };
    }
    const text = newText(input, index, json);
    if (!text) return undefined;
    tally.add(findingsFromText(text.findings, DETECTOR_VERSION), pointer);
    if (!stored) return { key, again: false, outcome: OUTCOME.added, text, differs: true };
    // A text that says the same in other words replaces the stored one, and is no change.
    const changes = same ? [] : jsonDiff(JSON.parse(texts.text(rows.changing(stored.id))), json());
    const differs = changes.length > 0;
    const outcome = differs ? outcomeOf(changes) : outcomeAgain(stored, page);
    return { key, stored, again, outcome, text, differs };
  };

  return asked => {
    const { page, content, items, tally } = asked;
    const { count } = content.items;
    const digests = items.digests ?? digestsOf(content);
    const input: Judging = { ...asked, digests };
    const parse = createItemParser(content);
    const counts: Counts = { ...NOTHING_COUNTED, items: count };
    const objects = new Map<string, Judged>();
    for (let index = 0; index < count; index++) {
      const key = items.keys[index] as string;
      if (key === '') {
        counts.unusable++;
        tally.add(findingsFromText(items.findings[index] ?? null, DETECTOR_VERSION), pointerOf(page, index));
        continue;
      }
      const judged = judgeItem(input, index, () => parse(index));
      if (!judged) return undefined;
      if (objects.has(key)) counts.again++;
      // Of an object that stands on a page twice the last one counts.
      objects.set(key, judged);
    }
    for (const judged of objects.values()) tallyUp(judged, counts);
    const updates = [...objects.values()].flatMap(({ text, stored }) => {
      const moment = text ? text.lastUpdated : stored?.lastUpdated;
      return moment === null || moment === undefined ? [] : [moment];
    });
    const [first] = digests;
    const last = digests.at(-1);
    return {
      objects: [...objects.values()],
      counts,
      ...(updates.length > 0 ? { oldestUpdate: least(updates), newestUpdate: -least(updates.map(at => -at)) } : {}),
      fingerprint: fingerprintOf(items.keys),
      ...(first === undefined || last === undefined ? {} : { first, last }),
    };
  };
}

function pointerOf({ shape }: PageFacts, index: number): string {
  return shape === 'list' ? `/data/${index}` : '/data';
}

export function fingerprintOf(keys: readonly string[]): string {
  return hash('sha256', keys.join('\n\n'), 'hex').slice(0, 32);
}

/** Of a text that says nothing new. A page stored a second time, because it could not be stored whole, counts as before. */
function outcomeAgain(stored: StoredObjectFacts, { runId, page }: PageFacts): Outcome {
  if (stored.seenRun === runId && stored.seenPage === page) return stored.outcome;
  return stored.vanishedAt === null ? OUTCOME.unchanged : OUTCOME.added;
}

function outcomeOf(changes: readonly JsonChange[]): Outcome {
  if (changes.every(({ pointer }) => pointer.endsWith('/last_updated'))) return OUTCOME.movedOnly;
  return changes.some(({ pointer }) => pointer === '/last_updated') ? OUTCOME.changed : OUTCOME.changedSilently;
}

function tallyUp({ outcome, again }: Judged, counts: Counts): void {
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
