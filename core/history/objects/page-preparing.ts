import type { Database } from 'better-sqlite3';
import type { PageToRead } from '../../contract/ingest.ts';
import type { KnownToken } from '../../http/token-search.ts';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import { troubleOf } from '../trouble.ts';
import { makeValueTable, type ValueTable } from './field-values.ts';
import { findingsToText } from './finding-text.ts';
import { digestsOf, newsOf, unusableFindings } from './item-news.ts';
import { createItemParser } from './item-parsing.ts';
import { kindOf, type ObjectKind } from './kinds.ts';
import { createLists } from './lists.ts';
import { keyMembers, keyPartsAt, objectKey } from './object-key.ts';
import { type PageContent, type PageRead, readPage, unreadable } from './page-reading.ts';
import { createPageSealing } from './page-sealing.ts';
import { wantedMembers } from './page-slices.ts';

/** A page with what only the answering thread knows. */
export interface PageForReading extends PageToRead {
  /** `NL-TNM`: whose objects are that do not say so themselves (2.1.1). */
  readonly linkParty?: string;
  /** Credentials tokens that must not stand in what is kept. */
  readonly tokens?: readonly KnownToken[];
}

/** A page whose items were found, and parsed and checked where they looked like news. Flat: it goes from thread to thread. */
export interface PreparedPage {
  readonly read: PageRead;
  /** Present where the page has objects of its list; not for a part of one. */
  readonly items?: PreparedItems;
}

export interface PreparedItems {
  /** Empty for an item without a usable id. */
  readonly keys: readonly string[];
  /** Of their texts; absent where nobody has asked for them yet, as on a page of news. */
  readonly digests?: readonly string[];
  /** 1 for an item that was looked into; what stands below is told of these only. */
  readonly looked: Uint8Array<ArrayBuffer>;
  /** Milliseconds since the epoch, NaN for none. */
  readonly lastUpdated: Float64Array<ArrayBuffer>;
  /** As text (finding-text.ts), pointers from the item. */
  readonly findings: readonly (string | null)[];
  readonly values: ValueTable;
}

interface Acquaintances {
  readonly found: Uint8Array;
  readonly digests?: readonly string[];
}

export type PreparePage = (page: PageForReading) => PreparedPage;

/** One key in so many is looked for first: where none of these is known, the page is one of news. */
const SAMPLED = 16;

/**
 * Does with a page what follows from its bytes alone. What is stored is only looked at to tell which items need not be
 * parsed: whoever stores the page judges by what is stored then, so that nothing depends on when this happened.
 */
export function createPagePreparing(database: Database): PreparePage {
  const seal = createPageSealing();
  const lists = createLists(database);
  const known = database.prepare<[number, string, string, number, string], number>(
    'SELECT 1 FROM object WHERE list_id = ? AND key = ? AND hash = ? AND detector = ? AND version = ?',
  );
  const there = database.prepare<[number, string], number>('SELECT 1 FROM object WHERE list_id = ? AND key = ?');
  const begin = database.prepare('BEGIN');
  const commit = database.prepare('COMMIT');

  /** 1 for each item that is stored as it is; in one look at the database. */
  const storedAlready = (page: PageToRead, keys: readonly string[], content: PageContent): Acquaintances => {
    const found = new Uint8Array(keys.length);
    try {
      begin.run();
      const list = lists.find(page)?.id;
      const isNews = list === undefined || !keys.some((key, at) => at % SAMPLED === 0 && there.get(list, key));
      if (isNews) return { found };
      const digests = digestsOf(content);
      keys.forEach((key, at) => {
        if (known.get(list, key, digests[at] as string, DETECTOR_VERSION, page.version)) found[at] = 1;
      });
      return { found, digests };
    } catch (error) {
      // Nothing is lost by it: what is told as news is compared when it is stored, or not stored with the reason.
      if (!troubleOf(error)) throw error;
      return { found };
    } finally {
      if (database.inTransaction) commit.run();
    }
  };

  const prepareItems = (page: PageForReading, kind: ObjectKind, content: PageContent): PreparedItems | undefined => {
    const keys = keysOf(kind, content);
    const { found, digests } = storedAlready(page, keys, content);
    const { count } = content.items;
    const context = { page, kind, linkParty: page.linkParty };
    const parse = createItemParser(content);
    const looked = new Uint8Array(count);
    const lastUpdated = new Float64Array(count).fill(Number.NaN);
    const findings = Array<string | null>(count).fill(null);
    const values = makeValueTable(count);
    for (let index = 0; index < count; index++) {
      const usable = keys[index] !== '';
      if (usable && found[index] === 1) continue;
      const json = parse(index);
      if (json === undefined) return undefined;
      looked[index] = 1;
      if (!usable) {
        findings[index] = findingsToText(unusableFindings(json, context));
        continue;
      }
      const news = newsOf(json, context);
      if (news.lastUpdated !== null) lastUpdated[index] = news.lastUpdated;
      findings[index] = findingsToText(news.findings);
      values.add(index, news.values);
    }
    return { keys, ...(digests ? { digests } : {}), looked, lastUpdated, findings, values: values.table() };
  };

  return page => {
    const kind = kindOf(page.module, page.list);
    const read = readPage(page, {
      wanted: wantedMembers(keyMembers(kind)),
      seal: bytes => seal(bytes, page.tokens ?? []),
    });
    const { content } = read;
    if (!content) return { read };
    // Without its text, which is the bytes once more.
    const { bytes, items: slices } = content;
    const moved = { ...read, content: { bytes, items: { ...slices, offsets: Int32Array.from(slices.offsets) } } };
    if ((page.within?.length ?? 0) > 0) return { read: moved };
    const items = prepareItems(page, kind, content);
    return items ? { read: moved, items } : { read: unreadable(bytes, page, []) };
  };
}

/** What is moved, not copied, when a prepared page goes to another thread. */
export function memoryOf({ read: { content }, items }: PreparedPage): ArrayBuffer[] {
  const { bytes } = content ?? {};
  const owned = bytes?.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength;
  const numbers = items ? [items.looked, items.lastUpdated, items.values.starts, items.values.places] : [];
  return [...(owned ? [bytes.buffer as ArrayBuffer] : []), ...numbers.map(({ buffer }) => buffer)];
}

/** As it was: on the way between threads a Buffer becomes a plain array of bytes. */
export function arrived({ read, ...rest }: PreparedPage): PreparedPage {
  const { content } = read;
  if (!content) return { read, ...rest };
  const { buffer, byteOffset, byteLength } = content.bytes;
  return { ...rest, read: { ...read, content: { ...content, bytes: Buffer.from(buffer, byteOffset, byteLength) } } };
}

const OPEN_OBJECT = 0x7b;

/** Under what each item is stored; empty for one without a usable id. */
function keysOf(kind: ObjectKind, { bytes, items }: PageContent): string[] {
  const members = keyMembers(kind);
  const keys: string[] = [];
  for (let index = 0; index < items.count; index++) {
    const isObject = bytes[items.offsets[index * items.stride] ?? 0] === OPEN_OBJECT;
    const parts = isObject ? keyPartsAt(kind, { members, bytes, items, index }) : undefined;
    keys.push(parts ? objectKey(parts) : '');
  }
  return keys;
}
