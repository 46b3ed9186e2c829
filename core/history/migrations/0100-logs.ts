import type { Migration } from './migration.ts';

/** Session logs that were imported, and the links they stand under. */
export const logs: Migration = {
  number: 100,
  name: 'logs',
  run(database) {
    database.exec(`
      -- state: importing, stored, removing; whoever starts finds one that is not stored half there, and removes the rest of it.
      -- details: what its first line says, its condition, what was counted, its fault rules.
      CREATE TABLE imported_log (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        imported_at REAL NOT NULL,
        details TEXT NOT NULL
      );

      -- was: what the link was called where the log was written.
      CREATE TABLE imported_log_link (
        link_id INTEGER PRIMARY KEY,
        log_id INTEGER NOT NULL,
        was TEXT NOT NULL
      );
      CREATE INDEX imported_log_link_of ON imported_log_link (log_id);
    `);
  },
};
