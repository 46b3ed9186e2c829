import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Failure } from '../../contract/failure.ts';
import { OwnListName, OwnModuleName } from '../../contract/own.ts';
import { VersionName } from '../../contract/platform.ts';
import type { History } from '../../history/history.ts';
import type { NewOwnObject } from '../../history/own-data.ts';

/** Whether everything stands as it did before; otherwise the rest waits in the journal. */
export type PutBack = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

/** What an import of a workspace changed of our own data, and how it was before: it outlives the process. */
export interface UndoJournal {
  /** Inside of the transaction that puts these. */
  note(objects: readonly NewOwnObject[]): void;
  /** Puts what was noted last back as it was, in a transaction; gives an end where there is nothing more, or no way. */
  putBackLast(): PutBack | undefined;
  /** Inside of a transaction: what was put stays. */
  forget(): void;
}

const Place = z.object({
  party: z.string(),
  module: OwnModuleName,
  list: OwnListName.or(z.literal('')).default(''),
  id: z.string(),
  type: z.string(),
});
const Noted = z.object({
  place: Place,
  /** What was put, by its digest: what somebody changed since is not touched. */
  now: z.string(),
  /** Absent where there was none. */
  before: z.object({ id: z.string(), version: VersionName, text: z.string(), lastUpdated: z.number() }).optional(),
});
const Page = z.array(Noted);

const nameOf = (page: number) => `workspace.undo.${page}`;

export function createUndoJournal({
  ownData,
  settings,
  transaction,
}: Pick<History, 'ownData' | 'settings' | 'transaction'>): UndoJournal {
  const countPages = (): number => {
    for (let page = 0; ; page++) if (settings.get(nameOf(page), z.unknown()) === undefined) return page;
  };
  const keptAt = ({ party, module, list, id, type }: z.infer<typeof Place>) =>
    ownData.get({ parties: [party], module, list, id, type });
  let pages = countPages();

  const noted = (object: NewOwnObject): z.infer<typeof Noted> => {
    const { party, module, list = '', id, type, text } = object;
    const place = { party, module, list, id, type };
    const kept = keptAt(place);
    const before = kept && { id: kept.id, version: kept.version, text: kept.text, lastUpdated: kept.lastUpdated };
    return { place, now: digestOf(text), ...(before === undefined ? {} : { before }) };
  };

  return {
    note: objects => {
      settings.set(nameOf(pages), objects.map(noted) satisfies z.infer<typeof Page>);
      pages++;
    },
    putBackLast: () => {
      // What was noted in a transaction that was rolled back never came to be.
      pages = countPages();
      if (pages === 0) return { ok: true };
      const name = nameOf(pages - 1);
      const done = transaction(() => {
        for (const { place, now, before } of settings.get(name, Page) ?? []) {
          const kept = keptAt(place);
          if (kept === undefined || digestOf(kept.text) !== now) continue;
          if (before === undefined) ownData.remove({ parties: [place.party], ...place });
          else ownData.put([{ ...place, ...before }]);
        }
        settings.set(name, undefined);
      });
      if (!done.ok) return done;
      pages--;
      return undefined;
    },
    forget: () => {
      while (pages > 0) settings.set(nameOf(--pages), undefined);
    },
  };
}

/** Whoever was killed in the middle of an import imported nothing: what is left of it is put back. */
export function settleUndone(history: Pick<History, 'ownData' | 'settings' | 'transaction'>): PutBack {
  const journal = createUndoJournal(history);
  for (;;) {
    const end = journal.putBackLast();
    if (end !== undefined) return end;
  }
}

function digestOf(text: string): string {
  return hash('sha256', text, 'base64').slice(0, 22);
}
