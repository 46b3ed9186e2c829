import type { ObjectToVanish, ObjectVanished, PageStored, PullFinished, PullToFinish } from '../../contract/ingest.ts';
import type { Gate } from './gate.ts';
import type { PageReady } from './ingesting.ts';
import type { PreparedPage } from './page-preparing.ts';

export interface IngestStart {
  /** The database. */
  readonly file: string;
  readonly gate: Gate;
}

export type IngestQuestion =
  | { readonly kind: 'store'; readonly page: PageReady }
  | { readonly kind: 'finish'; readonly pull: PullToFinish & { readonly at: number } }
  | { readonly kind: 'vanish'; readonly object: ObjectToVanish & { readonly at: number } }
  /** Objects were pushed: their values are to be indexed when there is time. */
  | { readonly kind: 'settle' }
  /** A link was removed: what is left of it is to be deleted when there is time. */
  | { readonly kind: 'sweep' };

export type IngestAnswer =
  | { readonly kind: 'stored'; readonly stored: PageStored }
  | { readonly kind: 'finished'; readonly finished: PullFinished }
  | { readonly kind: 'vanished'; readonly vanished: ObjectVanished }
  | { readonly kind: 'settling' }
  | { readonly kind: 'swept' }
  | { readonly kind: 'gone'; readonly reason: string };

export interface PreparingStart {
  /** The database; it is only read. */
  readonly file: string;
}

export type PreparingAnswer =
  | { readonly kind: 'prepared'; readonly prepared: PreparedPage }
  | { readonly kind: 'gone'; readonly reason: string };
