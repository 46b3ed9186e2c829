import type { Migration } from './migration.ts';

/** What changed of our own data and in which order, for whoever derives something from it. */
export const ownChanges: Migration = {
  number: 130,
  name: 'own-changes',
  run(database) {
    database.exec(`
      -- One row for each row own_object ever had: the number of its newest change. Where it is not in own_object, that was
      -- its removal.
      CREATE TABLE own_change (row INTEGER PRIMARY KEY, change INTEGER NOT NULL);
      INSERT INTO own_change (row, change) SELECT row, row FROM own_object;
      CREATE UNIQUE INDEX own_change_order ON own_change (change);
    `);
    const next = 'coalesce((SELECT max(change) FROM own_change), 0) + 1';
    for (const [event, row] of [
      ['INSERT', 'NEW'],
      ['UPDATE', 'NEW'],
      ['DELETE', 'OLD'],
    ] as const) {
      database.exec(`
        CREATE TRIGGER own_object_${event.toLowerCase()} AFTER ${event} ON own_object BEGIN
          INSERT INTO own_change (row, change) VALUES (${row}.row, ${next})
            ON CONFLICT (row) DO UPDATE SET change = excluded.change;
        END;
      `);
    }
  },
};
