import type { Database } from 'better-sqlite3';
import type { PulledModule } from '../../contract/objects.ts';
import type { KnownToken } from '../../http/token-search.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Written } from '../recorder.ts';
import { fieldNames, valueTableOf } from './field-values.ts';
import { findingsToText } from './finding-text.ts';
import { createItemJudge, type NewText } from './item-judging.ts';
import { digestOf, newsOf } from './item-news.ts';
import { kindOf } from './kinds.ts';
import { type Lanes, laneOf } from './lanes.ts';
import { createLists } from './lists.ts';
import { keyPartsOf, objectKey } from './object-key.ts';
import { createObjectWriter, pieceOf } from './object-writer.ts';
import { createPageSealing } from './page-sealing.ts';
import type { PresentTexts } from './present-texts.ts';
import type { TextMemory, TextReader } from './text-blocks.ts';

/** An object as its owner pushed it. */
export interface PushedObject {
  readonly linkId: number;
  readonly module: PulledModule;
  /** As in ObjectList. */
  readonly list?: string;
  readonly version: Version;
  /** JSON of the whole object; without a byte order mark. */
  readonly text: string;
  /** When it was seen, milliseconds since the epoch; now, unless it was somewhere else, and earlier. */
  readonly at?: number;
}

/** `reason`: why the database refused; absent where the object has no id it could be kept under. */
export type PushKept = { readonly ok: true } | { readonly ok: false; readonly reason?: string };

export interface Pushing {
  /** Resolves once it is committed, together with whatever else happens in this turn. Never rejects. */
  keep(pushed: PushedObject): Promise<PushKept>;
  /** After a rollback what was remembered is wrong. */
  forget(): void;
}

export interface PushingOptions {
  readonly clock: { now(): number };
  readonly lanes: Lanes;
  readonly texts: Pick<TextReader, 'text'>;
  readonly memory: TextMemory;
  readonly present: Pick<PresentTexts, 'written' | 'forget'>;
  /** `NL-TNM`: the only party of a link, whose its objects are where they do not say so themselves. */
  readonly linkParty: (linkId: number) => string | undefined;
  /** Credentials tokens that must not stand in what is kept. */
  readonly knownTokens: () => readonly KnownToken[];
  /** Writes inside the next commit of what is recorded. */
  readonly beside: (write: () => void) => Promise<Written>;
  /** Of each list of which something was committed. `added`: some objects are new. */
  readonly kept: (list: Pick<PushedObject, 'linkId' | 'module'>, added: boolean) => void;
}

/** Looked into; what is stored is not needed for it. */
interface Ready {
  readonly pushed: PushedObject;
  readonly key: string;
  /** As it is written: the text that was pushed unless a token stood in it; and how many bytes that are. */
  readonly written: string;
  readonly length: number;
  readonly json: unknown;
  readonly news: Omit<NewText, 'bytes'>;
}

interface Waiting extends Ready {
  readonly lane: string;
  readonly settle: (kept: PushKept) => void;
}

/** What one commit takes at most, so that a turn stays short: objects, and characters of their texts. */
const MOST_OBJECTS = 64;
const MOST_CHARACTERS = 1024 * 1024;
/** Of one text, mostly. */
const MOST_BYTES = 64 * 1024;
const NO_BYTES = Buffer.alloc(0);
/** What was pushed belongs to no run. */
const NO_RUN = { runId: 0, page: 0 } as const;

/**
 * Keeps what partners push, on the thread that answers them: an object has to be committed before its answer leaves, and for
 * one alone the way to another thread and back costs more than the writing. All of a turn share a commit.
 */
export function createPushing(database: Database, options: PushingOptions): Pushing {
  const { clock, lanes, memory, present, linkParty, knownTokens, beside, kept } = options;
  const lists = createLists(database);
  const judge = createItemJudge(database, options.texts);
  const writer = createObjectWriter(database);
  const seal = createPageSealing();
  const addList = database.prepare('INSERT INTO object_list (link_id, module, list) VALUES (?, ?, ?)');
  let waiting: Waiting[] = [];
  let scheduled = false;
  let scratch = Buffer.alloc(MOST_BYTES);

  /** Good until the next one. Bytes of its own for each would be megabytes a second that somebody has to collect. */
  const bytesOf = (text: string): Buffer => {
    if (text.length * 3 > scratch.length) scratch = Buffer.alloc(text.length * 3);
    return scratch.subarray(0, scratch.write(text));
  };

  /** Undefined where it has no usable id. */
  const readyOf = (pushed: PushedObject): Ready | undefined => {
    const { linkId, module, list, version } = pushed;
    const kind = kindOf(module, list);
    const sent = pushed.text.trim();
    const plain = bytesOf(sent);
    const bytes = seal(plain, knownTokens());
    const written = bytes === plain ? sent : bytes.toString();
    const json: unknown = JSON.parse(written);
    const parts = keyPartsOf(kind, json);
    if (!parts) return undefined;
    const { lastUpdated, values, findings } = newsOf(json, { page: { version }, kind, linkParty: linkParty(linkId) });
    const news = {
      hash: digestOf(bytes),
      lastUpdated,
      values: { table: valueTableOf(values), object: 0 },
      findings: findingsToText(findings),
    };
    return { pushed, key: objectKey(parts), written, length: bytes.length, json, news };
  };

  /** Inside a transaction. Gives whether some objects are new. */
  const write = (piece: readonly Ready[]): boolean => {
    const [first] = piece;
    if (!first) return false;
    const { linkId, module, list = '', version } = first.pushed;
    const known = lists.find({ linkId, module, list })?.id;
    const listId = known ?? Number(addList.run(linkId, module, list).lastInsertRowid);
    const texts = textsOf(piece);
    const judged = piece.map(({ key, news, json }, at) => {
      const text = (): NewText => ({ ...news, bytes: texts[at] ?? NO_BYTES });
      const asked = { listId, key, version, digest: news.hash, ...NO_RUN, uncounted: true, text, json: () => json };
      const one = judge(asked);
      if (!one) throw new Error('what was parsed is no JSON');
      return one;
    });
    const fields = fieldNames(kindOf(module, list));
    const { at = clock.now() } = first.pushed;
    const written = writer.write(pieceOf(judged), { listId, fields, version, ...NO_RUN, at });
    const lane = laneOf(first.pushed);
    written.forEach((object, index) => {
      const item = piece[index];
      if (!item) return;
      if (object.text) memory.keep(object.text, item.written);
      present.written(lane, item.key, { ...object, at });
    });
    return judged.some(({ stored }) => stored === undefined);
  };

  const flush = () => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    let taken: readonly Waiting[] | undefined;
    let added: boolean[] = [];
    const writing = beside(() => {
      if (taken === undefined) [taken, waiting] = firstOf(waiting);
      added = piecesOf(taken).map(write);
    });
    void writing.then(written => {
      scheduled = false;
      // Where not even a transaction could be begun, nothing was taken, and nothing that waits can be written.
      const settled = taken ?? waiting.splice(0);
      const lists = new Map(settled.map(({ lane, pushed }) => [lane, pushed]));
      for (const { lane } of settled) lanes.leave(lane);
      if (written.ok) for (const list of lists.values()) kept(list, added.includes(true));
      for (const { settle } of settled) settle(written);
      flush();
    });
  };

  return {
    keep(pushed) {
      const ready = readyOf(pushed);
      if (!ready) return Promise.resolve({ ok: false });
      const lane = laneOf(pushed);
      const entered = lanes.enter(lane, 'push');
      return new Promise(settle => {
        const join = () => {
          waiting.push({ ...ready, lane, settle });
          flush();
        };
        if (entered) void entered.then(join);
        else join();
      });
    },
    forget() {
      writer.forget();
      memory.forget();
      present.forget();
    },
  };
}

function firstOf(waiting: Waiting[]): [taken: Waiting[], rest: Waiting[]] {
  let characters = 0;
  let count = 0;
  for (const { written } of waiting) {
    characters += written.length;
    if (count === MOST_OBJECTS || (count > 0 && characters > MOST_CHARACTERS)) break;
    count++;
  }
  return [waiting.slice(0, count), waiting.slice(count)];
}

/** One after the other in the same memory, as they are packed. */
function textsOf(piece: readonly Ready[]): Buffer[] {
  const all = Buffer.allocUnsafeSlow(piece.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  return piece.map(({ written }) => {
    const start = end;
    end += all.write(written, start);
    return all.subarray(start, end);
  });
}

/** What can be judged and written together: objects of one list and moment, each once, for it is compared with what is stored. */
function piecesOf<T extends Ready>(taken: readonly T[]): T[][] {
  const pieces = new Map<string, { readonly keys: Set<string>; readonly items: T[] }[]>();
  for (const item of taken) {
    const { linkId, module, list = '', version, at = '' } = item.pushed;
    const name = `${linkId} ${module} ${list} ${version} ${at}`;
    const alike = pieces.get(name) ?? [];
    pieces.set(name, alike);
    let last = alike.at(-1);
    if (!last || last.keys.has(item.key)) {
      last = { keys: new Set(), items: [] };
      alike.push(last);
    }
    last.keys.add(item.key);
    last.items.push(item);
  }
  return [...pieces.values()].flat().map(({ items }) => items);
}
