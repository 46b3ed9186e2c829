import type { Migration } from './migration.ts';

/** Replays with their steps, and the operator's scenarios. */
export const replays: Migration = {
  number: 90,
  name: 'replays',
  run(database) {
    database.exec(`
      -- details: options, seed, rewrites, notes. ground: what the plan was made of, and what was learned since.
      CREATE TABLE replay (
        run_id INTEGER PRIMARY KEY,
        target TEXT NOT NULL,
        title TEXT NOT NULL,
        details TEXT NOT NULL,
        ground TEXT NOT NULL,
        steps INTEGER NOT NULL,
        done INTEGER NOT NULL,
        same INTEGER NOT NULL,
        different INTEGER NOT NULL
      );

      CREATE TABLE replay_step (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL,
        no INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        details TEXT NOT NULL
      );
      CREATE UNIQUE INDEX replay_step_no ON replay_step (run_id, no);
      CREATE INDEX replay_step_unlike ON replay_step (run_id, no) WHERE verdict IN ('different', 'missing', 'failed');

      CREATE TABLE scenario (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        changed_at REAL NOT NULL
      );
    `);
  },
};
