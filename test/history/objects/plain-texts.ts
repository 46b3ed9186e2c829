import type { Database } from 'better-sqlite3';
import { createObjectFinder } from '../../../core/history/objects/object-finding.ts';
import type { ObjectKey } from '../../../core/history/objects/objects.ts';
import { createTextReader } from '../../../core/history/objects/text-blocks.ts';

/** The text of an object that has not vanished, looked up anew each time: what whoever remembers it has to agree with. */
export function createPlainTexts(database: Database): (key: ObjectKey) => string | undefined {
  const find = createObjectFinder(database);
  const texts = createTextReader(database, 1);
  return key => {
    const row = find(key)?.row;
    return row?.vanishedAt === null ? texts.text(row) : undefined;
  };
}
