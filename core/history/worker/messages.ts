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

export type ToWorker =
  | { readonly kind: 'reindex'; readonly ids: readonly number[] }
  /** Answered once what is stored is derived, as far as there is time. */
  | { readonly kind: 'catch-up'; readonly ask: number }
  /** Answered once nothing of what was deleted until then is found any more. */
  | { readonly kind: 'gone'; readonly ask: number }
  /** Everything derived is dropped and made anew; answered once it is dropped. */
  | { readonly kind: 'anew'; readonly ask: number }
  /** Somebody who read what is derived found it damaged. */
  | { readonly kind: 'doubted' }
  /** Exchanges changed in what they are filtered by. `change` counts these messages. */
  | { readonly kind: 'changed'; readonly ids: readonly number[]; readonly change: number }
  | { readonly kind: 'close' };

export type FromWorker =
  /** `behind`: exchanges whose text is not in the index yet. */
  | { readonly kind: 'caught-up'; readonly ask: number; readonly behind: number }
  | { readonly kind: 'held-up'; readonly ask: number; readonly reason: string }
  /** Facets follow every change up to this one. */
  | { readonly kind: 'derived'; readonly change: number }
  | { readonly kind: 'well' }
  | { readonly kind: 'ill'; readonly reason: string };
