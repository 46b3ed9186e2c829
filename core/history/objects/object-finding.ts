import type { Database } from 'better-sqlite3';
import { createLists } from './lists.ts';
import { keysOfId, objectKey } from './object-key.ts';
import { OBJECT_COLUMNS, type ObjectRow } from './object-view.ts';
import type { ObjectKey } from './objects.ts';

export interface FoundObject {
  readonly row: ObjectRow;
  readonly list: string;
}

/** What a token is taken for where its type is not said (T44). */
const USUAL_TOKEN_TYPE = 'RFID';

/** Finds one object by what people call it. Where several match: one that is still there, then the one seen last. */
export function createObjectFinder(database: Database): (key: ObjectKey) => FoundObject | undefined {
  const lists = createLists(database);
  const find = database.prepare<[number, string, string], ObjectRow & { readonly key: string }>(
    `SELECT ${OBJECT_COLUMNS}, key FROM object WHERE list_id = ? AND key >= ? AND key < ?
     ORDER BY vanished_at IS NOT NULL, seen_at DESC, id`,
  );
  return ({ linkId, module, list: wantedList, id, party, type }) => {
    const ofModule = lists.ofModule(linkId, module);
    const searched = wantedList === undefined ? ofModule : ofModule.filter(({ list }) => list === wantedList);
    const found = searched.flatMap(({ id: listId, list }) =>
      find
        .all(listId, ...keysOfId(id))
        .filter(({ key }) => partOf(key, 1) === folded(party) || party === undefined || partOf(key, 1) === '')
        .map(row => ({ row, list })),
    );
    const wanted = folded(type ?? USUAL_TOKEN_TYPE);
    const ofType = found.find(({ row }) => partOf(row.key, 2) === wanted);
    return ofType ?? (type === undefined ? found[0] : undefined);
  };
}

function partOf(key: string, part: number): string {
  return key.split('\n')[part] ?? '';
}

/** As the parts of a key are folded. */
function folded(text: string | undefined): string {
  return text === undefined ? '' : partOf(objectKey({ id: text, countryCode: '', partyId: '', variant: '' }), 0);
}
