import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { ReplayOptions, ReplayRewrite, ReplayStep } from '../contract/replay.ts';
import type { Atomic } from './atomic.ts';

const Details = z.object({
  /** As it can be asked for again: what was a file is the link it was imported into. */
  options: ReplayOptions,
  seed: z.string(),
  rewrites: z.array(ReplayRewrite),
  notes: z.array(z.string()),
});

export interface ReplayCounts {
  readonly steps: number;
  readonly done: number;
  readonly same: number;
  /** Different, missing or failed. */
  readonly different: number;
}

export interface NewReplay extends z.infer<typeof Details>, ReplayCounts {
  readonly runId: number;
  /** Name of the link. */
  readonly target: string;
  readonly title: string;
  /** JSON of whoever plans. */
  readonly ground: string;
}

export type KeptReplay = Omit<NewReplay, 'ground'>;
export type KeptReplayLine = Pick<NewReplay, 'runId' | 'target' | 'title'> & ReplayCounts;

export interface ReplayStepsOf {
  readonly runId: number;
  /** Only those that are different, missing or failed. */
  readonly unlike?: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Replays and their steps. Changes throw what SQLite throws, and belong to a transaction where there is one. */
export interface Replays {
  insert(replay: NewReplay): void;
  /** How far it has come. Throws where there is no such replay. */
  count(runId: number, counts: ReplayCounts): void;
  /** What became known while it ran. Throws where there is no such replay. */
  finish(runId: number, known: Pick<NewReplay, 'rewrites' | 'notes' | 'ground'>): void;
  /** In place of those with their numbers. */
  writeSteps(runId: number, steps: readonly ReplayStep[]): void;
  get(runId: number): KeptReplay | undefined;
  ground(runId: number): string | undefined;
  /** Newest first; `target` without regard to case. */
  list(of: { readonly target?: string | undefined; readonly limit: number }): KeptReplayLine[];
  /** By their numbers. */
  steps(of: ReplayStepsOf): { readonly count: number; readonly steps: ReplayStep[] };
  step(runId: number, no: number): ReplayStep | undefined;
}

interface LineRow extends ReplayCounts {
  readonly run_id: number;
  readonly target: string;
  readonly title: string;
}

const LINE = 'run_id, target, title, steps, done, same, different';

export function createReplays(database: Database, atomic: Atomic): Replays {
  const add = database.prepare(
    `INSERT INTO replay (run_id, target, title, details, ground, steps, done, same, different)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const recount = database.prepare('UPDATE replay SET steps = ?, done = ?, same = ?, different = ? WHERE run_id = ?');
  const end = database.prepare('UPDATE replay SET details = ?, ground = ? WHERE run_id = ?');
  const put = database.prepare(
    `INSERT INTO replay_step (run_id, no, verdict, details) VALUES (?, ?, ?, ?)
     ON CONFLICT (run_id, no) DO UPDATE SET verdict = excluded.verdict, details = excluded.details`,
  );
  const whole = database.prepare<[number], LineRow & { readonly details: string }>(
    `SELECT ${LINE}, details FROM replay WHERE run_id = ?`,
  );
  const ground = database.prepare<[number], string>('SELECT ground FROM replay WHERE run_id = ?').pluck();
  const lines = database.prepare<[{ target: string | null; limit: number }], LineRow>(
    `SELECT ${LINE} FROM replay WHERE :target IS NULL OR target = :target COLLATE NOCASE
     ORDER BY run_id DESC LIMIT :limit`,
  );
  const pages = {
    all: pageOf(database, ''),
    unlike: pageOf(database, "AND verdict IN ('different', 'missing', 'failed')"),
  };
  const one = database
    .prepare<[number, number], string>('SELECT details FROM replay_step WHERE run_id = ? AND no = ?')
    .pluck();

  const get = (runId: number): KeptReplay | undefined => {
    const row = whole.get(runId);
    return row && { ...lineOf(row), ...Details.parse(JSON.parse(row.details)) };
  };

  return {
    insert({ runId, target, title, ground: made, steps, done, same, different, ...details }) {
      const written = JSON.stringify(Details.parse(details));
      atomic(() => add.run(runId, target, title, written, made, steps, done, same, different));
    },
    count(runId, { steps, done, same, different }) {
      const { changes } = atomic(() => recount.run(steps, done, same, different, runId));
      if (changes === 0) throw new Error(`there is no replay ${runId}`);
    },
    finish(runId, { rewrites, notes, ground: made }) {
      const known = get(runId);
      if (known === undefined) throw new Error(`there is no replay ${runId}`);
      const { options, seed } = known;
      atomic(() => end.run(JSON.stringify({ options, seed, rewrites, notes }), made, runId));
    },
    writeSteps: (runId, steps) =>
      atomic(() => {
        for (const step of steps) put.run(runId, step.no, step.verdict, JSON.stringify(step));
      }),
    get,
    ground: runId => ground.get(runId),
    list: ({ target, limit }) => lines.all({ target: target ?? null, limit }).map(lineOf),
    steps: ({ runId, unlike = false, offset, limit }) => {
      const { count, page } = pages[unlike ? 'unlike' : 'all'];
      return { count: count.get(runId) ?? 0, steps: page.all(runId, limit, offset).map(stepOf) };
    },
    step: (runId, no) => {
      const text = one.get(runId, no);
      return text === undefined ? undefined : stepOf(text);
    },
  };
}

function pageOf(database: Database, condition: string) {
  return {
    count: database.prepare<[number], number>(`SELECT count(*) FROM replay_step WHERE run_id = ? ${condition}`).pluck(),
    page: database
      .prepare<[number, number, number], string>(
        `SELECT details FROM replay_step WHERE run_id = ? ${condition} ORDER BY no LIMIT ? OFFSET ?`,
      )
      .pluck(),
  };
}

function lineOf({ run_id: runId, target, title, steps, done, same, different }: LineRow): KeptReplayLine {
  return { runId, target, title, steps, done, same, different };
}

function stepOf(text: string): ReplayStep {
  return ReplayStep.parse(JSON.parse(text));
}
