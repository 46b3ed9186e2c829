import type { Migration } from './migration.ts';

/** What the operator wrote beside exchanges, and which of them are requests that were sent again. */
export const notes: Migration = {
  number: 50,
  name: 'notes',
  run(database) {
    database.exec(`
      CREATE TABLE exchange_note (
        exchange_id INTEGER PRIMARY KEY,
        text TEXT NOT NULL,
        written_at REAL NOT NULL
      );

      -- origin: the exchange whose request was sent again, as it was or edited.
      CREATE TABLE exchange_resent (
        exchange_id INTEGER PRIMARY KEY,
        origin INTEGER NOT NULL
      );
      CREATE INDEX exchange_resent_origin ON exchange_resent (origin);
    `);
  },
};
