import type { Database } from 'better-sqlite3';
import type { PulledModule } from '../../contract/objects.ts';

/** A list that objects were stored of. */
export interface ListRow {
  readonly id: number;
  readonly linkId: number;
  readonly module: PulledModule;
  readonly list: string;
}

export interface ListName {
  readonly linkId: number;
  readonly module: PulledModule;
  readonly list?: string | undefined;
}

/** Lists are few: each question is answered by the table. */
export interface Lists {
  find(name: ListName): ListRow | undefined;
  /** Of a link's module, in the order of their numbers. */
  ofModule(linkId: number, module: PulledModule): readonly ListRow[];
  all(): readonly ListRow[];
}

const COLUMNS = 'id, link_id AS linkId, module, list';

export function createLists(database: Database): Lists {
  const find = database.prepare<[number, string, string], ListRow>(
    `SELECT ${COLUMNS} FROM object_list WHERE link_id = ? AND module = ? AND list = ? AND removed_at IS NULL`,
  );
  const ofModule = database.prepare<[number, string], ListRow>(
    `SELECT ${COLUMNS} FROM object_list WHERE link_id = ? AND module = ? AND removed_at IS NULL ORDER BY id`,
  );
  const all = database.prepare<[], ListRow>(`SELECT ${COLUMNS} FROM object_list WHERE removed_at IS NULL ORDER BY id`);
  return {
    find: ({ linkId, module, list = '' }) => find.get(linkId, module, list),
    ofModule: (linkId, module) => ofModule.all(linkId, module),
    all: () => all.all(),
  };
}
