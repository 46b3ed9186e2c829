import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { ObjectIngest } from '../../contract/ingest.ts';
import type { KnownToken } from '../../http/token-search.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Atomic } from '../atomic.ts';
import { createObjectTextReader } from '../browse/object-text.ts';
import { createValueListing } from '../browse/value-listing.ts';
import type { Links } from '../links.ts';
import type { Written } from '../recorder.ts';
import { createAskingThread } from './asking-thread.ts';
import { createCursors } from './cursors.ts';
import type { Gate } from './gate.ts';
import { createIngest, refusingIngest } from './ingest.ts';
import { createLanes } from './lanes.ts';
import { createObjectFinder } from './object-finding.ts';
import { parsedText, viewOf } from './object-view.ts';
import type { Objects, Refused } from './objects.ts';
import { createPresentTexts } from './present-texts.ts';
import { createPushing, type PushedObject, type PushKept } from './pushing.ts';
import type { LinkFacts, ReaderAnswer, ReaderProgress, ReaderQuestion, ReaderStart } from './reader-messages.ts';
import { createTextMemory, createTextReader, rememberedTexts } from './text-blocks.ts';

export interface ObjectStoreOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly atomic: Atomic;
  readonly links: Links;
  /** Absent where the database is opened for reading only. */
  readonly writing?: {
    readonly gate: Gate;
    readonly knownTokens: () => readonly KnownToken[];
    /** How many pages are under way changed by so many. */
    readonly underWay: (more: number) => void;
    /** Writes inside the next commit of what is recorded. */
    readonly beside: (write: () => void) => Promise<Written>;
  };
  /** Objects of a module were pushed, and are stored. */
  readonly pushed: (list: Pick<PushedObject, 'linkId' | 'module'>) => void;
}

const READ_ONLY = 'the database is opened for reading only';

/** The store, and what the history itself needs of its threads. */
export interface ObjectStore extends Objects {
  /** A transaction of the thread that answers was rolled back: what was remembered of it is wrong. */
  forget(): void;
  /** Texts and values were changed where they stand: nothing of them is remembered from then on. */
  reload(): Promise<void>;
  /** Resolves when everything handed over is stored and the threads have ended. */
  close(): Promise<void>;
}

const MOST_CHANGES = 1000;
/** Characters of texts that were pushed last: they are patched again and again. */
const REMEMBERED = 16 * 1024 * 1024;
/** Characters of a pushed object from which on reading and packing it would keep others waiting too long. */
const LARGE = 64 * 1024;

/** Writing and long reading happen in threads of their own; here stands only what answers within a few milliseconds. */
export function createObjectStore(database: Database, options: ObjectStoreOptions): ObjectStore {
  const { file, clock, atomic, links, writing } = options;
  const cursors = createCursors(database, atomic);
  const find = createObjectFinder(database);
  const texts = createTextReader(database, 1);
  const memory = createTextMemory(REMEMBERED);
  const remembered = rememberedTexts(texts, memory);
  const removeLists = database.prepare(
    'UPDATE object_list SET removed_at = ? WHERE link_id = ? AND removed_at IS NULL',
  );
  const partyOf = (linkId: number): string | undefined => {
    const parties = new Set(links.get(linkId)?.parties.map(formatPartyId));
    const [only] = parties;
    return parties.size === 1 ? only : undefined;
  };
  const lanes = createLanes(lane => present.dropLane(lane));
  const present = createPresentTexts(database, { texts: remembered, lanes });
  const ingest = writing && createIngest({ file, clock, lanes, linkParty: partyOf, ...writing });
  const pushing =
    writing &&
    createPushing(database, {
      ...{ clock, lanes, memory, present, texts: remembered, linkParty: partyOf },
      knownTokens: writing.knownTokens,
      beside: writing.beside,
      kept: (list, added) => {
        if (added) ingest?.settleSoon();
        options.pushed(list);
      },
    });
  const reader = createAskingThread<ReaderQuestion, ReaderAnswer, ReaderProgress>({
    script: new URL('./reader-worker.ts', import.meta.url),
    workerData: { file } satisfies ReaderStart,
    gone: reason => ({ kind: 'gone', reason: `reading objects stopped: ${reason}` }),
  });
  const factsOf = (linkId: number): LinkFacts => ({
    name: links.nameOf(linkId) ?? '',
    party: partyOf(linkId) ?? '',
  });

  return {
    ingest: ingest ?? refusingIngest(READ_ONLY),
    async list(query, { progress, signal } = {}) {
      const question: ReaderQuestion = { kind: 'list', query, link: factsOf(query.linkId) };
      const answer = await reader.ask(question, { ...(progress ? { progress } : {}), ...(signal ? { signal } : {}) });
      return answer.kind === 'list' ? answer.found : refused(answer);
    },
    get(key) {
      const found = find(key);
      if (!found) return undefined;
      const { name: link, party: linkParty } = factsOf(key.linkId);
      return viewOf(found.row, parsedText(texts, found.row), { module: key.module, list: found.list, link, linkParty });
    },
    async revisions(key) {
      const answer = await reader.ask({ kind: 'revisions', key, link: factsOf(key.linkId) });
      return answer.kind === 'revisions' ? answer.found : refused(answer);
    },
    async changes({ limit = MOST_CHANGES, ...of }) {
      const answer = await reader.ask({ kind: 'changes', query: { ...of, limit }, link: factsOf(of.linkId) });
      return answer.kind === 'changes' ? answer.found : refused(answer);
    },
    async browse(question, signal) {
      const answer = await reader.ask({ kind: 'browse', question }, signal ? { signal } : {});
      return answer.kind === 'browse' ? answer.found : refused(answer);
    },
    text: createObjectTextReader(database),
    present: present.read,
    async push(pushed) {
      if (!ingest || !pushing) return { ok: false, reason: READ_ONLY };
      if (pushed.text.length <= LARGE) return pushing.keep(pushed);
      const kept = await pushedAsPage(ingest, pushed, pushed.at ?? clock.now());
      if (kept.ok) options.pushed(pushed);
      return kept;
    },
    forget: () => pushing?.forget(),
    async reload() {
      pushing?.forget();
      texts.forget();
      await Promise.all([reader.restart(), ingest?.restart()]);
    },
    values: createValueListing(database),
    cursor: of => cursors.read(of),
    moveCursor: ({ to, ...of }) => cursors.move(of, to),
    dropCursor: of => cursors.drop(of),
    removeLink(linkId) {
      const lists = atomic(() => {
        cursors.removeLink(linkId);
        present.dropLink(linkId);
        return removeLists.run(clock.now(), linkId).changes;
      });
      // By then a transaction around this one is committed, or rolled back and there is nothing to do.
      if (lists > 0) setImmediate(() => ingest?.sweep());
    },
    async close() {
      await Promise.all([reader.close(), ingest?.close()]);
    },
  };
}

/** Read, parsed, compared and packed by the threads that do so with pages: as the answer to a GET of one object. */
async function pushedAsPage(ingest: ObjectIngest, pushed: PushedObject, now: number): Promise<PushKept> {
  const { text, at: _, ...of } = pushed;
  const body = new TextEncoder().encode(
    `{"data":${text},"status_code":1000,"timestamp":"${new Date(now).toISOString()}"}`,
  );
  const { trouble, items, unusable } = await ingest.store({
    ...of,
    body,
    shape: 'one',
    runId: 0,
    page: 0,
    seenAt: now,
  });
  if (trouble !== undefined) return { ok: false, reason: trouble };
  if (items !== 1) throw new Error(`what was pushed as one of ${of.module} is no object`);
  return { ok: unusable === 0 };
}

function refused(answer: ReaderAnswer): Refused {
  return { ok: false, reason: answer.kind === 'gone' ? answer.reason : `an answer about ${answer.kind}` };
}
