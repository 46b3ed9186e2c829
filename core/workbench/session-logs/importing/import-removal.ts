import { done, type Outcome } from '../../../contract/failure.ts';
import type { History } from '../../../history/history.ts';
import { forgetPulls } from '../../pull-bookmarks.ts';

export interface RemovalOptions {
  readonly history: History;
  readonly logId: number;
  /** What is gone by then stays so; the rest goes with the next removal. */
  readonly signal: AbortSignal;
  readonly progress?: (told: { readonly done: number; readonly total: number | null }) => void;
}

/**
 * Takes a log away with all that stands under its links, in small steps. Until it is through, the log is in state `removing`:
 * nobody is shown it, and whoever starts goes on with it.
 */
export async function removeLog({ history, logId, signal, progress }: RemovalOptions): Promise<Outcome<void>> {
  const { logs, links, tokens, objects, transaction } = history;
  const log = logs.get(logId);
  if (log === undefined) return done(undefined);
  const begun = transaction(() => {
    logs.update(logId, { state: 'removing' });
    for (const linkId of log.linkIds) {
      objects.removeLink(linkId);
      forgetPulls(history, linkId);
    }
  });
  if (!begun.ok) return begun;
  if (log.linkIds.length > 0) {
    const deleted = await history.keeping.deleteExchanges(
      { kind: 'links', linkIds: log.linkIds },
      { signal, progress: ({ done, total }) => progress?.({ done, total }) },
    );
    if (!deleted.ok) return deleted;
  }
  return transaction(() => {
    for (const linkId of log.linkIds) {
      tokens.remove(linkId);
      links.erase(linkId);
    }
    logs.remove(logId);
  });
}
