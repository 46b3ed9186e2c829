import type { NoticeKind } from '../../contract/health.ts';
import type { History } from '../../history/history.ts';
import { type Judged, severityOf } from '../../insight/health/judged.ts';
import { reconcile } from '../../insight/health/reconciling.ts';

/** Writes what was judged into the notices. */
export interface Noticing {
  /**
   * Of one link; notices of other kinds than these stay as they are. True where something changed. Throws what SQLite throws:
   * the next look goes on from what is stored by then.
   */
  note(noted: Noted): Promise<boolean>;
  /** Ends all of links that are not among these. True where something changed. */
  forget(linkIds: readonly number[], now: number): Promise<boolean>;
}

export interface Noted {
  readonly linkId: number;
  readonly judged: readonly Judged[];
  readonly kinds: ReadonlySet<NoticeKind>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Written in one transaction, which the thread that answers waits for. */
const AT_ONCE = 50;
/** Ended ones that are kept. */
const KEPT = 10_000;

export function createNoticing({ notices, transaction }: Pick<History, 'notices' | 'transaction'>): Noticing {
  const write = async (changes: readonly (() => void)[]): Promise<boolean> => {
    for (let at = 0; at < changes.length; at += AT_ONCE) {
      const stored = transaction(() => {
        for (const change of changes.slice(at, at + AT_ONCE)) change();
      });
      // Said by whoever watches the storage; the next look finds the same.
      if (!stored.ok) return at > 0;
      await new Promise<void>(resolve => setImmediate(resolve));
    }
    return changes.length > 0;
  };
  return {
    async note({ linkId, judged, kinds, now }) {
      const open = notices.open(linkId).filter(({ kind }) => kinds.has(kind));
      const { opened, reworded, ended } = reconcile(open, judged);
      const changed = await write([
        ...ended.map(id => () => notices.end(id, now)),
        ...reworded.map(
          ({ id, sentence }) =>
            () =>
              notices.reword(id, sentence),
        ),
        ...opened.map(({ isOver: _, overSince: __, ...one }) => () => {
          notices.add({ ...one, linkId, severity: severityOf(one.kind), since: now });
        }),
      ]);
      if (ended.length > 0) await write([() => void notices.dropOldest(KEPT, AT_ONCE + ended.length)]);
      return changed;
    },
    async forget(linkIds, now) {
      const known = new Set(linkIds);
      const gone = notices.linksWithOpen().filter(id => !known.has(id));
      return write(
        gone.flatMap(linkId =>
          notices.open(linkId).map(
            ({ id }) =>
              () =>
                notices.end(id, now),
          ),
        ),
      );
    },
  };
}
