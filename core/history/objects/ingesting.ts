import type { Database } from 'better-sqlite3';
import type {
  ObjectToVanish,
  ObjectVanished,
  PageMet,
  PageStored,
  PageToRead,
  PullFinished,
  PullToFinish,
} from '../../contract/ingest.ts';
import { troubleOf } from '../trouble.ts';
import { createFieldIndex } from './field-index.ts';
import { fieldNames } from './field-values.ts';
import { type Gate, letThrough } from './gate.ts';
import type { Judged } from './item-judging.ts';
import { kindOf } from './kinds.ts';
import { createLists } from './lists.ts';
import { numbersOf } from './numbers.ts';
import { createObjectFinder } from './object-finding.ts';
import { createObjectWriter, pieceOf } from './object-writer.ts';
import { createFindingTally, type FindingTally } from './page-findings.ts';
import { createPageJudge, fingerprintOf, NOTHING_COUNTED, type PageJudged } from './page-judging.ts';
import { createPagePreparing, type PageForReading, type PreparedPage } from './page-preparing.ts';
import { type PageRead, unreadable } from './page-reading.ts';
import { createPartJudge } from './part-judging.ts';
import { createSweep } from './sweeping.ts';

/** What is still to be known of a page that was read, to store it. */
export interface PageReady extends Omit<PageToRead, 'body'>, PageMet {
  readonly linkParty?: string;
  readonly prepared: PreparedPage;
}

type PageForIngest = PageForReading & PageMet;

/** The store's writing side. Synchronous, for a thread of its own; gives storage trouble as a value, throws on bugs. */
export interface Ingesting {
  /** Reads and stores. */
  store(page: PageForIngest): PageStored;
  /** Stores what was read, perhaps while pages before it were still being stored. */
  storeRead(page: PageReady): PageStored;
  finish(pull: PullToFinish & { readonly at: number }): PullFinished;
  vanish(object: ObjectToVanish & { readonly at: number }): ObjectVanished;
  /** Brings the index of fields up to date, when there is time. Throws storage trouble. */
  settle(): void;
  /** Removes a few rows of a link that is removed; false where none is left. Throws storage trouble. */
  sweep(): boolean;
}

/** Objects of one transaction, and bytes of their texts: both together keep it around a millisecond or two. */
const PIECE_OBJECTS = 250;
const PIECE_BYTES = 512 * 1024;
/** Rows looked at in one transaction where most stay as they are. */
const FINISHED_AT_ONCE = 2000;

export function createIngesting(database: Database, gate: Gate): Ingesting {
  const lists = createLists(database);
  const judgePage = createPageJudge(database);
  const judgePart = createPartJudge(database);
  const writer = createObjectWriter(database);
  const prepare = createPagePreparing(database);
  const addList = database.prepare('INSERT INTO object_list (link_id, module, list) VALUES (?, ?, ?)');
  const beginRun = database.prepare(
    'UPDATE object_list SET run_id = ?, run_began = ? WHERE id = ? AND (run_id IS NULL OR run_id < ?)',
  );
  const runBegan = database
    .prepare<[number, number], number>('SELECT run_began FROM object_list WHERE id = ? AND run_id = ?')
    .pluck();
  const greatest = database
    .prepare<[number, number], number | null>('SELECT max(id) FROM object WHERE id >= ? AND id < ?')
    .pluck();
  // What was seen since, by whatever way, is there.
  const vanish = database.prepare(
    `UPDATE object SET vanished_at = ? WHERE id >= ? AND id < ? AND vanished_at IS NULL AND seen_run IS NOT ?
     AND seen_at < ?`,
  );
  const vanishedSince = database
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM object WHERE id >= ? AND id < ? AND vanished_at >= ?',
    )
    .pluck();
  const vanishOne = database.prepare('UPDATE object SET vanished_at = ? WHERE id = ? AND vanished_at IS NULL');
  const findObject = createObjectFinder(database);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const beginLook = database.prepare('BEGIN');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');

  /** One short transaction, after whoever answers a partner. */
  const transact = <T>(work: () => T): T => {
    letThrough(gate);
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after a full disk.
      if (database.inTransaction) rollback.run();
      writer.forget();
      throw error;
    }
  };

  /** Many small questions in one look at the database: without it each takes its locks anew. */
  const look = <T>(work: () => T): T => {
    beginLook.run();
    try {
      return work();
    } finally {
      if (database.inTransaction) commit.run();
    }
  };

  /** The list's number; made with the first page, and told which pull meets it now. */
  const listFor = ({ linkId, module, list = '', runId, seenAt, shape }: PageReady): number => {
    const known = lists.find({ linkId, module, list })?.id;
    const id = known ?? Number(transact(() => addList.run(linkId, module, list)).lastInsertRowid);
    if (shape === 'list') transact(() => beginRun.run(runId, seenAt, id, runId));
    return id;
  };

  const fieldIndex = createFieldIndex(database, transact);

  const write = (page: PageReady, listId: number, objects: readonly Judged[]): void => {
    const { version, runId, page: number, seenAt: at } = page;
    const seen = { listId, fields: fieldNames(kindOf(page.module, page.list)), version, runId, page: number, at };
    for (const piece of piecesOf(objects)) {
      const ready = pieceOf(piece);
      transact(() => writer.write(ready, seen));
    }
    fieldIndex.follow(listId, writer.newest(listId));
  };

  const storeItems = (page: PageReady, tally: FindingTally): PageStored => {
    const kind = kindOf(page.module, page.list);
    const { read, items } = page.prepared;
    const { content } = read;
    if (!content || !items) {
      const empty = read.data === 'none' && page.shape === 'list' && read.ocpiStatus !== undefined;
      if (empty && read.ocpiStatus < 2000) listFor(page);
      return stored(read, tally, undefined);
    }
    const known = lists.find(page)?.id;
    const { linkParty } = page;
    const judged = look(() => judgePage({ page, kind, listId: known, content, items, linkParty, tally }));
    if (!judged) {
      const said = createFindingTally();
      const wrong = unreadable(content.bytes, page, []);
      said.add(wrong.findings);
      return stored(wrong, said, undefined);
    }
    write(page, listFor(page), judged.objects);
    return stored(read, tally, judged);
  };

  const finish = ({ linkId, module, list, runId, at }: PullToFinish & { readonly at: number }): PullFinished => {
    const row = lists.find({ linkId, module, list });
    const began = row && runBegan.get(row.id, runId);
    if (!row || began === undefined) return { vanished: 0 };
    const { from, before } = numbersOf(row.id);
    const last = greatest.get(from, before) ?? from;
    let vanished = 0;
    for (let low = from; low <= last; low += FINISHED_AT_ONCE) {
      const bounds = [low, low + FINISHED_AT_ONCE] as const;
      transact(() => vanish.run(at, ...bounds, runId, began));
      vanished += vanishedSince.get(...bounds, began) ?? 0;
    }
    return { vanished };
  };
  const storeRead = (page: PageReady): PageStored => {
    const { read } = page.prepared;
    const tally = createFindingTally();
    tally.add(read.findings);
    try {
      const { within = [] } = page;
      if (within.length === 0) return storeItems(page, tally);
      const counts = judgePart({ page, kind: kindOf(page.module, page.list), read, within, tally });
      return { ...summary(read), ...counts, fingerprint: fingerprintOf(within), findings: tally.counted() };
    } catch (error) {
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      return { ...NOTHING_COUNTED, data: read.data, fingerprint: '', findings: [], trouble: trouble.reason };
    }
  };

  return {
    store: page => storeRead({ ...page, prepared: prepare(page) }),
    storeRead,
    finish(pull) {
      try {
        return finish(pull);
      } catch (error) {
        const trouble = troubleOf(error);
        if (!trouble) throw error;
        return { vanished: 0, trouble: trouble.reason };
      }
    },
    vanish({ at, ...key }) {
      try {
        const found = findObject(key);
        return { vanished: found !== undefined && transact(() => vanishOne.run(at, found.row.id)).changes > 0 };
      } catch (error) {
        const trouble = troubleOf(error);
        if (!trouble) throw error;
        return { vanished: false, trouble: trouble.reason };
      }
    },
    settle: () => fieldIndex.followAll(),
    sweep: createSweep(database, transact),
  };
}

function summary({
  ocpiStatus,
  statusMessage,
  data,
}: PageRead): Pick<PageStored, 'ocpiStatus' | 'statusMessage' | 'data'> {
  return {
    ...(ocpiStatus === undefined ? {} : { ocpiStatus }),
    ...(statusMessage === undefined ? {} : { statusMessage }),
    data,
  };
}

function stored(read: PageRead, tally: FindingTally, judged: PageJudged | undefined): PageStored {
  const {
    counts,
    objects: _,
    ...rest
  } = judged ?? { counts: NOTHING_COUNTED, objects: [], fingerprint: fingerprintOf([]) };
  return { ...summary(read), ...counts, ...rest, findings: tally.counted() };
}

function* piecesOf(objects: readonly Judged[]): Generator<readonly Judged[]> {
  let piece: Judged[] = [];
  let bytes = 0;
  for (const one of objects) {
    piece.push(one);
    bytes += one.text?.bytes.length ?? 0;
    if (piece.length < PIECE_OBJECTS && bytes < PIECE_BYTES) continue;
    yield piece;
    piece = [];
    bytes = 0;
  }
  if (piece.length > 0) yield piece;
}
