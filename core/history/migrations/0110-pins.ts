import type { Migration } from './migration.ts';

/** Exchanges that stay whatever is let go, and which ones were let go. */
export const pins: Migration = {
  number: 110,
  name: 'pins',
  run(database) {
    database.exec(`
      CREATE TABLE exchange_pin (exchange_id INTEGER PRIMARY KEY, pinned_at REAL NOT NULL);

      -- One row a deletion: from the first to the last id it has come to, some of which may have stayed. What is derived
      -- from exchanges follows it, and no id is given twice.
      CREATE TABLE exchange_gone (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        first_id INTEGER NOT NULL,
        last_id INTEGER NOT NULL
      );
    `);
  },
};
