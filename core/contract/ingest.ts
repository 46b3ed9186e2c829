import type { Finding } from '../ocpi/findings.ts';
import type { Version } from '../ocpi/versions.ts';
import type { PulledModule } from './objects.ts';

/** One answered page on its way from the wire into the object store. */
export interface PageToRead {
  readonly linkId: number;
  readonly module: PulledModule;
  readonly version: Version;
  /**
   * Which of the module's lists, where it has more than one: `booking_locations`, `terminals`,
   * `financial-advice-confirmations`. Absent: the list at the endpoint itself.
   */
  readonly list?: string;
  /** The body as received and its Content-Encoding; handed over, not copied: it is empty afterwards. */
  readonly body: Uint8Array;
  readonly contentEncoding?: string;
  /** `list`: an envelope around an array. `one`: an envelope around one object (or EVSE, connector: `within` says of what). */
  readonly shape: 'list' | 'one';
  /** Path of the parents where an EVSE or connector was asked for: `['LOC1', 'EVSE1']`. */
  readonly within?: readonly string[];
}

/** Where in a run a page was met. */
export interface PageMet {
  /** 0 for what was pushed. */
  readonly runId: number;
  /** Counts from 0 within the run. */
  readonly page: number;
  /** Milliseconds since the epoch: when it was seen. */
  readonly seenAt: number;
}

export interface PageToStore extends PageToRead, PageMet {}

/** A page that is being read, or was. One that turns out not to be wanted is just let go. */
export interface PageAhead {
  /** Once; never rejects. */
  store(met: PageMet): Promise<PageStored>;
}

/** What became of a page. Findings are counted by code, with the first examples of each. */
export interface PageStored {
  /** Envelope's status code; absent when there is no envelope. */
  readonly ocpiStatus?: number;
  readonly statusMessage?: string;
  /** What `data` was: a list, nothing, or something else in words. */
  readonly data: 'list' | 'object' | 'none' | 'other';
  readonly items: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Met before in the same run, on an earlier page or this one. */
  readonly again: number;
  /** Without a usable id: kept as a finding, not as an object. */
  readonly unusable: number;
  /** `last_updated` moved, nothing else did; something changed, `last_updated` did not. */
  readonly movedOnly: number;
  readonly changedSilently: number;
  readonly oldestUpdate?: number;
  readonly newestUpdate?: number;
  /** Fingerprint of the ids in order: two pages with the same one are the same page. */
  readonly fingerprint: string;
  /** Fingerprints of the first and of the last item's text: whether one page begins where another ended. */
  readonly first?: string;
  readonly last?: string;
  readonly findings: readonly { readonly finding: Finding; readonly count: number }[];
  /** Why it was not stored: the database refused. Everything else is zero then, and the same page may be asked for and stored again. */
  readonly trouble?: string;
}

/** A complete pull of one list. */
export interface PullToFinish {
  readonly linkId: number;
  readonly runId: number;
  readonly module: PulledModule;
  readonly list?: string;
}

export interface PullFinished {
  readonly vanished: number;
  /** Why it was not judged, or not to the end: the database refused. It may be asked again. */
  readonly trouble?: string;
}

/** One object that its owner says is no more. */
export interface ObjectToVanish {
  readonly linkId: number;
  readonly module: PulledModule;
  /** Compared without regard to case, as `party`. */
  readonly id: string;
  /** `NL-TNM`; absent: whoever's. */
  readonly party?: string;
  /** When, milliseconds since the epoch; now unless said. */
  readonly at?: number;
}

/** `trouble`: why the database refused. */
export interface ObjectVanished {
  readonly vanished: boolean;
  readonly trouble?: string;
}

/**
 * Where pulled objects go. One page at a time per run, in order. A page that is not JSON stores nothing; one that the
 * database refused half-way counts as not stored, and storing it again gives what storing it at once would have given.
 */
export interface ObjectIngest {
  store(page: PageToStore): Promise<PageStored>;
  /**
   * The same in two steps: reading, parsing and checking begin at once, while pages before this one are still being stored.
   * Nothing is stored by it.
   */
  read(page: PageToRead): PageAhead;
  /** After a complete, unfiltered pull: objects of the link's module not met in this run have vanished. */
  finish(run: PullToFinish): Promise<PullFinished>;
  /** Its text and its revisions stay. Never rejects. */
  vanish(object: ObjectToVanish): Promise<ObjectVanished>;
}
