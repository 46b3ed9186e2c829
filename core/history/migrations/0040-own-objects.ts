import type { Migration } from './migration.ts';

/** What parties of ours own and serve. */
export const ownObjects: Migration = {
  number: 40,
  name: 'own-objects',
  run(database) {
    database.exec(`
      -- party: NL-WBX. key: the id without regard to case; type: of a token, else empty, as one uid may have several.
      -- last_updated: milliseconds since the epoch; the moment of writing where the object has none.
      -- row: given once and never again, so that pages stay in order.
      CREATE TABLE own_object (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        party TEXT NOT NULL,
        module TEXT NOT NULL,
        key TEXT NOT NULL,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        text TEXT NOT NULL,
        last_updated INTEGER NOT NULL,
        changed_at REAL NOT NULL
      );
      CREATE UNIQUE INDEX own_object_key ON own_object (module, key, party, type);
      CREATE INDEX own_object_order ON own_object (module, party, last_updated);
    `);
  },
};
