import type { Migration } from './migration.ts';

/** Payments and bookings have two lists each, with ids of their own. */
export const ownLists: Migration = {
  number: 70,
  name: 'own-lists',
  run(database) {
    database.exec(`
      -- list: which of the module's lists, empty for the one at its endpoint itself.
      ALTER TABLE own_object ADD COLUMN list TEXT NOT NULL DEFAULT '';
      DROP INDEX own_object_key;
      CREATE UNIQUE INDEX own_object_key ON own_object (module, key, list, party, type);
      DROP INDEX own_object_order;
      CREATE INDEX own_object_order ON own_object (module, list, party, last_updated);
    `);
  },
};
