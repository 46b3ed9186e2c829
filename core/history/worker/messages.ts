/** What the worker is started with. */
export interface WorkerStart {
  /** The database; the index lies beside it. */
  readonly file: string;
  readonly databaseId: string;
  /** Characters of each body that can be searched. */
  readonly searchedBody: number;
  /** Two numbers: how many exchanges have been stored so far; how many pages of objects are being stored. */
  readonly progress: Int32Array;
}

export interface TextQuery {
  readonly text: string;
  /** Any of these links; absent: all. */
  readonly linkIds?: readonly number[];
  readonly errors?: boolean;
  readonly runId?: number;
  /** Ids from here on. */
  readonly from?: number;
  /** Ids below this one. */
  readonly before?: number;
  readonly limit: number;
}

export type ToWorker =
  | { readonly kind: 'search'; readonly ask: number; readonly query: TextQuery }
  | { readonly kind: 'reindex'; readonly ids: readonly number[] }
  | { readonly kind: 'close' };

export type FromWorker =
  /** Newest first. `behind`: exchanges not yet in the index. */
  | { readonly kind: 'found'; readonly ask: number; readonly ids: readonly number[]; readonly behind: number }
  | { readonly kind: 'not-found'; readonly ask: number; readonly reason: string }
  | { readonly kind: 'well' }
  | { readonly kind: 'ill'; readonly reason: string };
