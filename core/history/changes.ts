import type { ObjectIngest, PageStored } from '../contract/ingest.ts';

/** What of the history changed, besides exchanges. */
export type HistoryChange =
  | { readonly kind: 'links' | 'own' }
  | { readonly kind: 'objects'; readonly linkId: number; readonly module: string };

export interface ChangeBoard {
  tell(change: HistoryChange): void;
  listen(listener: (change: HistoryChange) => void): () => void;
}

export function createChangeBoard(): ChangeBoard {
  const listeners = new Set<(change: HistoryChange) => void>();
  return {
    tell(change) {
      for (const listener of listeners) listener(change);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Tells of each page that changed something, of each pull after which objects had vanished, and of each object that vanished by itself. */
export function tellingIngest(ingest: ObjectIngest, tell: ChangeBoard['tell']): ObjectIngest {
  const stored = async (of: { readonly linkId: number; readonly module: string }, storing: Promise<PageStored>) => {
    const page = await storing;
    if (page.added + page.changed + page.unchanged > 0) tell({ kind: 'objects', linkId: of.linkId, module: of.module });
    return page;
  };
  return {
    // What is needed of a page is taken first: it is handed over.
    store: ({ linkId, module, ...page }) => stored({ linkId, module }, ingest.store({ linkId, module, ...page })),
    read: page => {
      const { linkId, module } = page;
      const ahead = ingest.read(page);
      return { store: met => stored({ linkId, module }, ahead.store(met)) };
    },
    finish: async pull => {
      const finished = await ingest.finish(pull);
      tell({ kind: 'objects', linkId: pull.linkId, module: pull.module });
      return finished;
    },
    vanish: async object => {
      const gone = await ingest.vanish(object);
      if (gone.vanished) tell({ kind: 'objects', linkId: object.linkId, module: object.module });
      return gone;
    },
  };
}
