import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { KnownToken } from '../../http/token-search.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Atomic } from '../atomic.ts';
import { createObjectTextReader, createPresentTextReader } from '../browse/object-text.ts';
import { createValueListing } from '../browse/value-listing.ts';
import type { Links } from '../links.ts';
import { createAskingThread } from './asking-thread.ts';
import { createCursors } from './cursors.ts';
import type { Gate } from './gate.ts';
import { createIngest, refusingIngest } from './ingest.ts';
import { createObjectFinder } from './object-finding.ts';
import { parsedText, viewOf } from './object-view.ts';
import type { Objects, Refused } from './objects.ts';
import type { LinkFacts, ReaderAnswer, ReaderProgress, ReaderQuestion, ReaderStart } from './reader-messages.ts';
import { createTextReader } from './text-blocks.ts';

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
  };
}

/** The store, and what the history itself needs of its threads. */
export interface ObjectStore extends Objects {
  /** Resolves when everything handed over is stored and the threads have ended. */
  close(): Promise<void>;
}

const MOST_CHANGES = 1000;

/** Writing and long reading happen in threads of their own; here stands only what answers within a few milliseconds. */
export function createObjectStore(database: Database, options: ObjectStoreOptions): ObjectStore {
  const { file, clock, atomic, links, writing } = options;
  const cursors = createCursors(database, atomic);
  const find = createObjectFinder(database);
  const texts = createTextReader(database, 1);
  const removeLists = database.prepare(
    'UPDATE object_list SET removed_at = ? WHERE link_id = ? AND removed_at IS NULL',
  );
  const partyOf = (linkId: number): string | undefined => {
    const parties = new Set(links.get(linkId)?.parties.map(formatPartyId));
    const [only] = parties;
    return parties.size === 1 ? only : undefined;
  };
  const ingest = writing && createIngest({ file, clock, linkParty: partyOf, ...writing });
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
    ingest: ingest ?? refusingIngest('the database is opened for reading only'),
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
    present: createPresentTextReader(database),
    values: createValueListing(database),
    cursor: of => cursors.read(of),
    moveCursor: ({ to, ...of }) => cursors.move(of, to),
    dropCursor: of => cursors.drop(of),
    removeLink(linkId) {
      const lists = atomic(() => {
        cursors.removeLink(linkId);
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

function refused(answer: ReaderAnswer): Refused {
  return { ok: false, reason: answer.kind === 'gone' ? answer.reason : `an answer about ${answer.kind}` };
}
