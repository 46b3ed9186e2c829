import type { Database } from 'better-sqlite3';
import type { ObjectChange, ObjectRevision } from '../../contract/objects.ts';
import { type JsonChange, jsonDiff } from '../../ocpi/json-diff.ts';
import { createLists } from './lists.ts';
import { numbersOf } from './numbers.ts';
import { createObjectFinder } from './object-finding.ts';
import { nameOf, parsedText } from './object-view.ts';
import type { ObjectKey } from './objects.ts';
import type { ChangesQuery, LinkFacts } from './reader-messages.ts';
import { createTextReader, type TextPlace } from './text-blocks.ts';

/** The earlier texts of objects. */
export interface Revisions {
  /** Newest first. */
  of(key: ObjectKey): ObjectRevision[];
  /** Newest first. */
  changes(query: ChangesQuery, link: LinkFacts): ObjectChange[];
}

interface RevisionRow extends TextPlace {
  readonly revision: number;
  readonly version: string;
  readonly seenAt: number;
}

interface ChangeRow extends TextPlace {
  readonly change: number;
  readonly object: number;
  readonly revision: number;
  readonly replacedAt: number;
}

const PLACE = 'block, place, length';

export function createRevisions(database: Database): Revisions {
  const lists = createLists(database);
  const find = createObjectFinder(database);
  const texts = createTextReader(database);
  const earlier = database.prepare<[number], RevisionRow>(
    `SELECT ${PLACE}, revision, version, seen_at AS seenAt FROM object_revision WHERE object = ? ORDER BY revision DESC`,
  );
  const changes = database.prepare<[number, number, number, number], ChangeRow>(
    `SELECT ${PLACE}, change, object, revision, replaced_at AS replacedAt FROM object_revision
     WHERE change >= ? AND change < ? AND replaced_at >= ? ORDER BY change DESC LIMIT ?`,
  );
  const textAfter = database.prepare<[number, number], TextPlace>(
    `SELECT ${PLACE} FROM object_revision WHERE object = ? AND revision = ?`,
  );
  const textNow = database.prepare<[number], TextPlace>(`SELECT ${PLACE} FROM object WHERE id = ?`);

  return {
    of(key) {
      const found = find(key);
      if (!found) return [];
      const { id, block, place, length, revision, version, changedAt } = found.row;
      const rows: RevisionRow[] = [{ block, place, length, revision, version, seenAt: changedAt }, ...earlier.all(id)];
      const objects = rows.map(row => parsedText(texts, row));
      return rows.map((row, at) => {
        const changed = at + 1 < rows.length ? jsonDiff(objects[at + 1], objects[at]) : [];
        return {
          revision: row.revision,
          version: row.version,
          seenAt: new Date(row.seenAt).toISOString(),
          changes: changed.map(pointerChange),
          object: objects[at],
        };
      });
    },
    changes({ linkId, module, since = 0, limit }, { party: linkParty }) {
      const rows = lists.ofModule(linkId, module).flatMap(({ id, list }) => {
        const { from, before } = numbersOf(id);
        return changes.all(from, before, since, limit).map(row => ({ row, list }));
      });
      rows.sort((left, right) => right.row.replacedAt - left.row.replacedAt || right.row.change - left.row.change);
      return rows.slice(0, limit).flatMap(({ row, list }) => {
        const next = textAfter.get(row.object, row.revision + 1) ?? textNow.get(row.object);
        if (!next) return [];
        const [before, after] = [parsedText(texts, row), parsedText(texts, next)];
        return [
          {
            ...nameOf(after, { module, list, linkParty }),
            revision: row.revision + 1,
            seenAt: new Date(row.replacedAt).toISOString(),
            changes: jsonDiff(before, after).map(pointerChange),
          },
        ];
      });
    },
  };
}

function pointerChange({ pointer, kind, before, after }: JsonChange) {
  return { pointer, kind, before, after };
}
