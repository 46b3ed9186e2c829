import type { Database } from 'better-sqlite3';
import { PulledModule } from '../../contract/objects.ts';
import { type Run, RunState } from '../../contract/run.ts';
import { moduleOfOperation } from '../operation-module.ts';
import { type RunRow, runOf } from '../runs.ts';

/** A pull of a module's list, or something that has a result to wait for. */
export interface RunFigure {
  readonly id: number;
  readonly linkId: number;
  readonly kind: 'pull' | 'command' | 'profile';
  readonly state: RunState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Runs as they are counted. */
export interface RunFigures {
  /** By id; those of links that pull, or wait for results. */
  after(id: number, limit: number): RunFigure[];
  /** Undefined: it is not there any more. */
  get(id: number): RunFigure | undefined;
  /** What a pull is of; undefined where it was of one object, or nothing is left that tells. */
  moduleOf(pullId: number): PulledModule | undefined;
  /** All of one. */
  run(id: number): Run | undefined;
}

interface FigureRow {
  readonly id: number;
  readonly link_id: number;
  readonly kind: RunFigure['kind'];
  readonly state: string;
  readonly started_at: number;
  readonly ended_at: number | null;
}

const FIGURES = 'id, link_id, kind, state, started_at, ended_at';
/** Catalogue ids of lists: `locations.list`, `payments.list-terminals`. */
const LIST = /\.list(-|$)/;
const COUNTED = "kind IN ('pull', 'command', 'profile') AND link_id IS NOT NULL";

/** On a connection for reading. */
export function createRunFigures(database: Database): RunFigures {
  const after = database.prepare<[number, number], FigureRow>(
    `SELECT ${FIGURES} FROM run WHERE id > ? AND ${COUNTED} ORDER BY id LIMIT ?`,
  );
  const one = database.prepare<[number], FigureRow>(`SELECT ${FIGURES} FROM run WHERE id = ? AND ${COUNTED}`);
  const whole = database.prepare<[number], RunRow>('SELECT * FROM run WHERE id = ?');
  const asked = database
    .prepare<[number], string>('SELECT operation FROM exchange WHERE run_id = ? ORDER BY id LIMIT 1')
    .pluck();
  const summary = database
    .prepare<[number], string | null>("SELECT json_extract(result, '$.summary') FROM run WHERE id = ?")
    .pluck();
  return {
    after: (id, limit) => after.all(id, limit).map(figureOf),
    get(id) {
      const row = one.get(id);
      return row && figureOf(row);
    },
    moduleOf(pullId) {
      const operation = asked.get(pullId);
      if (operation !== undefined) return LIST.test(operation) ? pulled(moduleOfOperation(operation)) : undefined;
      // Its exchanges are deleted, or it had none; a pull of a list begins its summary with the module.
      return pulled(/^(\w+) of /.exec(summary.get(pullId) ?? '')?.[1] ?? null);
    },
    run(id) {
      const row = whole.get(id);
      return row && runOf(row);
    },
  };
}

function pulled(module: string | null): PulledModule | undefined {
  const known = PulledModule.safeParse(module);
  return known.success ? known.data : undefined;
}

function figureOf(row: FigureRow): RunFigure {
  const state = RunState.parse(row.state);
  const { id, kind } = row;
  return { id, kind, state, linkId: row.link_id, startedAt: row.started_at, endedAt: row.ended_at };
}
