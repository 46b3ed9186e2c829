import type { Database } from 'better-sqlite3';

/** What the rows of a piece have in common, in the order of SHARED. */
export type SharedColumns = readonly [
  listId: number,
  version: string,
  changedAt: number,
  seenAt: number,
  seenRun: number,
  seenPage: number,
  detector: number,
];

/** What is one object's own, in the order of OWN. */
export type OwnColumns = readonly [
  id: number,
  key: string,
  hash: string,
  block: number,
  place: number,
  length: number,
  lastUpdated: number | null,
  change: number,
  outcome: number,
  fieldValues: string,
  findings: string | null,
];

const SHARED = ['list_id', 'version', 'changed_at', 'seen_at', 'seen_run', 'seen_page', 'detector'];
const OWN = [
  ...['id', 'key', 'hash', 'block', 'place', 'length', 'last_updated', 'change', 'outcome', 'field_values'],
  'findings',
];

/** Rows of one statement: calling for a row costs as much as writing it. */
const ROWS = 16;

/** Writes objects that were not there before. Used inside transactions only. */
export type AddObjects = (shared: SharedColumns, objects: readonly OwnColumns[]) => void;

export function createNewObjects(database: Database): AddObjects {
  const marks = (count: number) => Array(count).fill('?').join(', ');
  const adding = (rows: number) =>
    database.prepare(
      `INSERT INTO object (${[...SHARED, ...OWN].join(', ')}, revision)
       SELECT ${marks(SHARED.length)}, ${OWN.map((_, at) => `column${at + 1}`).join(', ')}, 1
       FROM (VALUES ${Array(rows)
         .fill(`(${marks(OWN.length)})`)
         .join(', ')})`,
    );
  const addMany = adding(ROWS);
  const addOne = adding(1);
  return (shared, objects) => {
    let at = 0;
    for (; at + ROWS <= objects.length; at += ROWS) addMany.run(shared, objects.slice(at, at + ROWS).flat());
    for (; at < objects.length; at++) addOne.run(shared, objects[at]);
  };
}
