import type { Migration } from './migration.ts';

/** What was over its threshold, and what partners' links said when. */
export const notices: Migration = {
  number: 120,
  name: 'notices',
  run(database) {
    database.exec(`
      -- until: null while it is over its threshold. No number is given twice: whoever has seen one has seen all before it.
      CREATE TABLE notice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        link_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        severity TEXT NOT NULL,
        party TEXT,
        location TEXT,
        evse TEXT,
        subject TEXT NOT NULL,
        sentence TEXT NOT NULL,
        since REAL NOT NULL,
        until REAL,
        acknowledged_at REAL
      );
      CREATE UNIQUE INDEX notice_open ON notice (link_id, kind, subject) WHERE until IS NULL;
      CREATE INDEX notice_link ON notice (link_id);
      CREATE INDEX notice_ended ON notice (until) WHERE until IS NOT NULL;

      -- A row whenever the version or the endpoints of a link were others than before. endpoints: JSON, as in the link.
      CREATE TABLE link_offer (
        link_id INTEGER NOT NULL,
        at REAL NOT NULL,
        version TEXT,
        endpoints TEXT NOT NULL,
        PRIMARY KEY (link_id, at)
      ) WITHOUT ROWID;
    `);
  },
};
