import type { Failure } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import type { NewOwnObject } from '../../history/own-data.ts';
import { createUndoJournal, type PutBack } from './undo-journal.ts';

export interface Putting {
  readonly history: Pick<History, 'ownData' | 'settings' | 'transaction'>;
  /** The turn of others. */
  readonly yielding: () => Promise<void>;
}

interface Refused {
  readonly ok: false;
  readonly failure: Failure;
}

/** Objects that stand here now. */
export interface Put {
  /** Inside of the transaction with all else: from now on they stay, whatever happens. */
  keep(): void;
  /** Everything as it was before. */
  undo(): Promise<PutBack>;
}

/** Written in one transaction: some milliseconds. */
const AT_ONCE = 50;

/**
 * Objects of ours, a few at a time, so that partners are answered in between. Until they are kept, what was there before
 * stands in a journal: where the database refuses some, and where the process is killed, all of it is put back, by the next
 * start at the latest.
 */
export async function putOwn(
  objects: readonly NewOwnObject[],
  { history, yielding }: Putting,
): Promise<{ readonly ok: true; readonly value: Put } | Refused> {
  const { ownData, transaction } = history;
  const journal = createUndoJournal(history);
  const undo = async (): Promise<PutBack> => {
    for (;;) {
      const step = journal.putBackLast();
      if (step !== undefined) return step;
      await yielding();
    }
  };

  // Of an import whose objects could not be put back when it failed.
  const before = await undo();
  if (!before.ok) return refusedWith(before.failure, before);
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const some = objects.slice(at, at + AT_ONCE);
    const put = transaction(() => {
      journal.note(some);
      ownData.put(some);
    });
    if (!put.ok) return refusedWith(put.failure, await undo());
    await yielding();
  }
  return { ok: true, value: { keep: journal.forget, undo } };
}

/** `back`: what became of the objects that were changed before it failed. */
export function refusedWith(failure: Failure, back: PutBack): Refused {
  if (back.ok) return { ok: false, failure };
  const { message, advice, ...same } = failure;
  return {
    ok: false,
    failure: {
      ...same,
      message: `${message} Own objects were changed already, and could not be put back yet.`,
      advice: `${advice} They are put back when the workbench starts next, or imports a workspace.`,
    },
  };
}
