import type { Database } from 'better-sqlite3';
import { Run, type RunKind } from '../contract/run.ts';
import type { Atomic } from './atomic.ts';
import { LINKS_NOT_SHOWN } from './logs.ts';

export type NewRun = Pick<Run, 'kind' | 'linkId' | 'initiator' | 'startedAt'>;
export type RunPatch = Partial<Omit<Run, 'id'>>;

export interface Runs {
  /** Starts as `running`, without steps. */
  insert(run: NewRun): Run;
  /** Throws where there is no such run. */
  update(id: number, patch: RunPatch): Run;
  get(id: number): Run | undefined;
  /** As faces see it: none of a log that is half imported, or half deleted. */
  shown(id: number): Run | undefined;
  /** Newest first; of any kind unless some are named; without those of a log that is on its way in or out. */
  list(filter?: RunListFilter): Run[];
}

export interface RunListFilter {
  readonly linkId?: number;
  readonly kinds?: readonly RunKind[];
  readonly limit?: number;
}

export interface RunRow {
  readonly id: number;
  readonly kind: string;
  readonly link_id: number | null;
  readonly initiator: string;
  readonly state: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly steps: string;
  readonly result: string | null;
}

interface ListParameters {
  readonly limit: number;
  /** A JSON array. */
  readonly kinds: string | null;
}

export function createRuns(database: Database, atomic: Atomic): Runs {
  const add = database.prepare(
    "INSERT INTO run (kind, link_id, initiator, state, started_at, steps) VALUES (?, ?, ?, 'running', ?, '[]')",
  );
  const read = database.prepare<[number], RunRow>('SELECT * FROM run WHERE id = ?');
  const change = database.prepare(
    `UPDATE run SET kind = ?, link_id = ?, initiator = ?, state = ?, started_at = ?, ended_at = ?, steps = ?, result = ?
     WHERE id = ?`,
  );
  const isShown = `(link_id IS NULL OR link_id NOT IN (${LINKS_NOT_SHOWN}))`;
  const readShown = database.prepare<[number], RunRow>(`SELECT * FROM run WHERE id = ? AND ${isShown}`);
  const ofKinds = `(:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds))) AND ${isShown}`;
  const listAll = database.prepare<[ListParameters], RunRow>(
    `SELECT * FROM run WHERE ${ofKinds} ORDER BY id DESC LIMIT :limit`,
  );
  const listOfLink = database.prepare<[ListParameters & { linkId: number }], RunRow>(
    `SELECT * FROM run WHERE link_id = :linkId AND ${ofKinds} ORDER BY id DESC LIMIT :limit`,
  );
  const get = (id: number): Run | undefined => {
    const row = read.get(id);
    return row && runOf(row);
  };
  const known = (id: number): Run => {
    const run = get(id);
    if (!run) throw new Error(`there is no run ${id}`);
    return run;
  };
  return {
    insert({ kind, linkId, initiator, startedAt }) {
      return known(Number(atomic(() => add.run(kind, linkId ?? null, initiator, startedAt)).lastInsertRowid));
    },
    update(id, patch) {
      const next = { ...known(id), ...patch };
      const result = next.result === undefined ? null : JSON.stringify(next.result);
      const columns = [next.kind, next.linkId ?? null, next.initiator, next.state, next.startedAt];
      atomic(() => change.run(...columns, next.endedAt ?? null, JSON.stringify(next.steps), result, id));
      return next;
    },
    get,
    shown(id) {
      const row = readShown.get(id);
      return row && runOf(row);
    },
    list: ({ linkId, kinds, limit = 100 } = {}) => {
      const asked = { limit, kinds: kinds === undefined ? null : JSON.stringify(kinds) };
      return (linkId === undefined ? listAll.all(asked) : listOfLink.all({ ...asked, linkId })).map(runOf);
    },
  };
}

/** Runs that a stopped workbench left behind: nobody goes on with them. Returns how many. */
export function interruptRuns(database: Database, now: number): number {
  const stop = database.prepare("UPDATE run SET state = 'interrupted', ended_at = ? WHERE state = 'running'");
  return stop.run(now).changes;
}

/** What SQLite gives, as a run. */
export function runOf(row: RunRow): Run {
  return Run.parse({
    id: row.id,
    kind: row.kind,
    ...(row.link_id === null ? {} : { linkId: row.link_id }),
    initiator: row.initiator,
    state: row.state,
    startedAt: row.started_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    steps: JSON.parse(row.steps),
    ...(row.result === null ? {} : { result: JSON.parse(row.result) }),
  });
}
