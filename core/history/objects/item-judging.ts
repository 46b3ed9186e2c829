import type { Database } from 'better-sqlite3';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import { type JsonChange, jsonDiff } from '../../ocpi/json-diff.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { ValueTable } from './field-values.ts';
import { createStoredRows, OUTCOME, type Outcome, type StoredObjectFacts } from './stored-row.ts';
import type { TextReader } from './text-blocks.ts';

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

export interface ItemToJudge {
  /** Undefined where nothing of the list is stored yet. */
  readonly listId: number | undefined;
  readonly key: string;
  /** Of its text. */
  readonly digest: string;
  readonly version: Version;
  /** Where it was met. */
  readonly runId: number;
  readonly page: number;
  /** Nobody counts what became of it: then a later `last_updated` alone tells that the text is another one. */
  readonly uncounted?: boolean;
  /** Only asked for where it is not the text that is stored; undefined: not JSON. */
  readonly text: () => NewText | undefined;
  /** Only asked for where `text` gave one that differs from the one that is stored. */
  readonly json: () => unknown;
}

/** Compares one item with what is stored, without writing. Undefined where its text turns out not to be JSON. */
export type JudgeItem = (item: ItemToJudge) => Judged | undefined;

export function createItemJudge(database: Database, texts: Pick<TextReader, 'text'>): JudgeItem {
  const rows = createStoredRows(database);
  return item => {
    const { listId, key, digest, version, runId, page } = item;
    const stored = listId === undefined ? undefined : rows.find(listId, key);
    const same = stored?.hash === digest;
    const again = stored !== undefined && stored.seenRun === runId && stored.seenPage !== page;
    if (stored && same && stored.detector === DETECTOR_VERSION && stored.version === version) {
      return { key, stored, again, outcome: outcomeAgain(stored, item), differs: false };
    }
    const text = item.text();
    if (!text) return undefined;
    if (!stored) return { key, again: false, outcome: OUTCOME.added, text, differs: true };
    if (item.uncounted && isLater(stored, text, version)) {
      return { key, stored, again, outcome: OUTCOME.changed, text, differs: true };
    }
    // A text that says the same in other words replaces the stored one, and is no change.
    const changes = same ? [] : jsonDiff(JSON.parse(texts.text(rows.changing(stored.id))), item.json());
    const differs = changes.length > 0;
    const outcome = differs ? outcomeOf(changes) : outcomeAgain(stored, item);
    return { key, stored, again, outcome, text, differs };
  };
}

function isLater(stored: StoredObjectFacts, text: NewText, version: Version): boolean {
  const { lastUpdated: before } = stored;
  return stored.version === version && before !== null && text.lastUpdated !== null && text.lastUpdated > before;
}

/** Of a text that says nothing new. A page stored a second time, because it could not be stored whole, counts as before. */
function outcomeAgain(stored: StoredObjectFacts, { runId, page }: ItemToJudge): Outcome {
  if (stored.seenRun === runId && stored.seenPage === page) return stored.outcome;
  return stored.vanishedAt === null ? OUTCOME.unchanged : OUTCOME.added;
}

function outcomeOf(changes: readonly JsonChange[]): Outcome {
  if (changes.every(({ pointer }) => pointer.endsWith('/last_updated'))) return OUTCOME.movedOnly;
  return changes.some(({ pointer }) => pointer === '/last_updated') ? OUTCOME.changed : OUTCOME.changedSilently;
}
