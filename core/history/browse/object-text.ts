import type { Database } from 'better-sqlite3';
import { createObjectFinder } from '../objects/object-finding.ts';
import type { ObjectKey } from '../objects/objects.ts';
import { createTextReader, type TextPlace } from '../objects/text-blocks.ts';

/** The text of an object as it was sent: of a revision, or as it is now; undefined where there is none. */
export type ReadObjectText = (key: ObjectKey, revision?: number) => string | undefined;

export function createObjectTextReader(database: Database): ReadObjectText {
  const find = createObjectFinder(database);
  const texts = createTextReader(database, 1);
  const earlier = database.prepare<[number, number], TextPlace>(
    'SELECT block, place, length FROM object_revision WHERE object = ? AND revision = ?',
  );
  return (key, revision) => {
    const found = find(key);
    if (!found) return undefined;
    if (revision === undefined || revision === found.row.revision) return texts.text(found.row);
    const place = earlier.get(found.row.id, revision);
    return place && texts.text(place);
  };
}
