import type { Migration } from './migration.ts';

/** What vanished is mostly little among much, and asked for alone. Objects that are there cost nothing by it. */
export const vanishedObjects: Migration = {
  number: 60,
  name: 'vanished-objects',
  run(database) {
    database.exec('CREATE INDEX object_vanished ON object (id) WHERE vanished_at IS NOT NULL');
  },
};
