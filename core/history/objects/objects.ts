import type { ObjectIngest } from '../../contract/ingest.ts';
import type { ObjectChange, ObjectFilter, ObjectRevision, PulledModule, StoredObject } from '../../contract/objects.ts';
import type { ReadObjectText } from '../browse/object-text.ts';
import type { BrowseFound, BrowseQuestion } from '../browse/queries.ts';
import type { ValuesAsked } from '../browse/value-listing.ts';
import type { PushedObject, PushKept } from './pushing.ts';

/** One list of a partner: of a link, a module, and where the module has several lists, which of them. */
export interface ObjectList {
  readonly linkId: number;
  readonly module: PulledModule;
  readonly list?: string;
}

/** As the contract's filter, with the link by its id. */
export interface ObjectQuery extends Omit<ObjectFilter, 'name' | 'limit'> {
  readonly linkId: number;
  /** As in ObjectList, empty for the list at the endpoint itself; absent: all of the module. */
  readonly list?: string;
  readonly limit: number;
}

export interface ObjectKey {
  readonly linkId: number;
  readonly module: PulledModule;
  /** As in ObjectList, empty for the list at the endpoint itself; absent: whichever has it. */
  readonly list?: string;
  /** Compared without regard to case. */
  readonly id: string;
  /** `NL-TNM`; absent: whoever's. */
  readonly party?: string;
  /** Of a token; absent: RFID, else the only one with that uid (T44). */
  readonly type?: string;
}

/** What a long query tells while it goes through objects one by one. */
export interface ScanProgress {
  readonly scanned: number;
  /** How many there are to go through, about. */
  readonly total: number;
}

export interface Watching {
  readonly progress?: (progress: ScanProgress) => void;
  readonly signal?: AbortSignal;
}

export type Refused = { readonly ok: false; readonly reason: string };

/** `next`: what to give as `after` for the page that follows; absent on the last one. */
export type ObjectsFound =
  | {
      readonly ok: true;
      readonly objects: readonly StoredObject[];
      readonly next?: number;
      /** Of a search: how many changed objects the full text does not know yet. */
      readonly behind: number;
    }
  | Refused;

export type RevisionsFound = { readonly ok: true; readonly revisions: readonly ObjectRevision[] } | Refused;
export type ChangesFound = { readonly ok: true; readonly changes: readonly ObjectChange[] } | Refused;

/** What partners' lists held, and what they pushed: every object as last sent, with its earlier revisions. */
export interface Objects {
  /** Works in a thread of its own, started on first use; never rejects. */
  readonly ingest: ObjectIngest;
  /**
   * In the order in which they were first seen. Words, indexed fields (core/history/objects/kinds.ts) and times are
   * answered from an index, at once; any other path in `where` goes through the objects and tells its progress.
   */
  list(query: ObjectQuery, watching?: Watching): Promise<ObjectsFound>;
  /** Where several match: one that has not vanished, then the one seen last. At once, on the calling thread. */
  get(key: ObjectKey): StoredObject | undefined;
  /** Of one object, newest first, each with the places in which it differs from the one before; empty for no such object. */
  revisions(key: ObjectKey): Promise<RevisionsFound>;
  /** Newest first. `since`: milliseconds since the epoch. `limit`: 1000 unless given. */
  changes(of: {
    readonly linkId: number;
    readonly module: PulledModule;
    readonly since?: number;
    readonly limit?: number;
  }): Promise<ChangesFound>;
  /** Tables by position, counts and maps. Never rejects. */
  browse(question: BrowseQuestion, signal?: AbortSignal): Promise<BrowseFound>;
  /** As it was sent. At once, on the calling thread. */
  text: ReadObjectText;
  /** The same of one that has not vanished. */
  present(key: ObjectKey): string | undefined;
  /**
   * Keeps an object that its owner pushed; resolves once it is committed, and never rejects. Pushes of one object are to be
   * awaited one after the other; different ones share a commit.
   */
  push(pushed: PushedObject): Promise<PushKept>;
  /** Values of an indexed field, for completing one. At once, on the calling thread. */
  values(asked: ValuesAsked): string[];
  /** The newest `last_updated` taken over, in milliseconds since the epoch; undefined before the first pull. */
  cursor(of: ObjectList): number | undefined;
  /** Forward only. Part of a transaction where there is one. */
  moveCursor(of: ObjectList & { readonly to: number }): void;
  /** Forgets it: the next pull is a whole one. */
  dropCursor(of: ObjectList): void;
  /** Its objects are gone at once, their rows soon after. Part of a transaction where there is one. */
  removeLink(linkId: number): void;
}
