import type { Migration } from './migration.ts';

/** Who owns the database, settings, links, sealed tokens, runs. */
export const ground: Migration = {
  number: 10,
  name: 'ground',
  run(database) {
    database.exec(`
      CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

      CREATE TABLE owner (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        pid INTEGER NOT NULL,
        port INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        nonce TEXT NOT NULL
      );

      -- A removed link keeps its row: its exchanges still say whose they were.
      CREATE TABLE link (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        details TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        removed_at INTEGER
      );
      CREATE UNIQUE INDEX link_name ON link (name COLLATE NOCASE) WHERE removed_at IS NULL;

      CREATE TABLE token (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        link_id INTEGER NOT NULL REFERENCES link (id),
        direction TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        issued_by TEXT NOT NULL,
        length INTEGER NOT NULL,
        key_id TEXT NOT NULL,
        nonce BLOB NOT NULL,
        sealed BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        last_used_at INTEGER,
        last_form TEXT
      );
      CREATE INDEX token_link ON token (link_id);

      CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        link_id INTEGER,
        initiator TEXT NOT NULL,
        state TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        steps TEXT NOT NULL,
        result TEXT
      );
      CREATE INDEX run_link ON run (link_id);
      CREATE INDEX run_running ON run (id) WHERE state = 'running';
    `);
  },
};
