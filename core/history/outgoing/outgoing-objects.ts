import type { Database } from 'better-sqlite3';
import type { PulledModule } from '../../contract/objects.ts';
import { createLists, type ListRow } from '../objects/lists.ts';
import { numbersOf } from '../objects/numbers.ts';
import { createTextReader, type TextPlace } from '../objects/text-blocks.ts';

/** One object of a partner with its earlier texts, oldest first; times in milliseconds since the epoch. */
export interface OutgoingObject {
  readonly linkId: number;
  readonly module: PulledModule;
  readonly list: string;
  readonly version: string;
  readonly text: string;
  /** When it was seen last. */
  readonly seenAt: number;
  /** Since when it has had this text. */
  readonly changedAt: number;
  readonly vanishedAt: number | undefined;
  readonly revisions: readonly OutgoingRevision[];
}

export interface OutgoingRevision {
  readonly version: string;
  readonly text: string;
  readonly seenAt: number;
  readonly replacedAt: number;
}

export interface OutgoingObjects {
  /** Of these links, those whose key is wanted, in the order in which they were first seen. */
  of(linkIds: readonly number[], wanted: (key: string, list: ListRow) => boolean): Generator<OutgoingObject>;
}

interface Row extends TextPlace {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly seenAt: number;
  readonly changedAt: number;
  readonly vanishedAt: number | null;
  readonly revision: number;
}

interface RevisionRow extends TextPlace {
  readonly version: string;
  readonly seenAt: number;
  readonly replacedAt: number;
}

const AT_ONCE = 500;

export function createOutgoingObjects(database: Database): OutgoingObjects {
  const lists = createLists(database);
  const texts = createTextReader(database);
  const rows = database.prepare<[number, number, number], Row>(
    `SELECT id, key, version, seen_at AS seenAt, changed_at AS changedAt, vanished_at AS vanishedAt, revision, block, place, length
     FROM object WHERE id > ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const earlier = database.prepare<[number], RevisionRow>(
    `SELECT version, seen_at AS seenAt, replaced_at AS replacedAt, block, place, length
     FROM object_revision WHERE object = ? ORDER BY revision`,
  );
  return {
    *of(linkIds, wanted) {
      for (const list of lists.all().filter(({ linkId }) => linkIds.includes(linkId))) {
        const { from, before } = numbersOf(list.id);
        let last = from - 1;
        for (;;) {
          const found = rows.all(last, before, AT_ONCE);
          for (const row of found) {
            if (!wanted(row.key, list)) continue;
            yield {
              linkId: list.linkId,
              module: list.module,
              list: list.list,
              version: row.version,
              text: texts.text(row),
              seenAt: row.seenAt,
              changedAt: row.changedAt,
              vanishedAt: row.vanishedAt ?? undefined,
              revisions:
                row.revision <= 1
                  ? []
                  : earlier.all(row.id).map(one => ({
                      version: one.version,
                      text: texts.text(one),
                      seenAt: one.seenAt,
                      replacedAt: one.replacedAt,
                    })),
            };
          }
          if (found.length < AT_ONCE) break;
          last = found.at(-1)?.id ?? before;
        }
      }
    },
  };
}
