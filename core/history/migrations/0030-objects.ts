import type { Migration } from './migration.ts';

/**
 * What partners' lists held. Ids of objects, blocks, changes begin with the number of their list (objects/numbers.ts), so
 * that all of one list is a range of ids. Texts stand in packed blocks of many; earlier revisions point to where they
 * always stood, so nothing is copied.
 */
export const objects: Migration = {
  number: 30,
  name: 'objects',
  run(database) {
    database.exec(`
      -- One list of a partner. run_id: the newest pull that met it; what was seen before run_began and not in it vanished.
      -- fields_up_to: the object up to which object_field is complete.
      CREATE TABLE object_list (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        link_id INTEGER NOT NULL,
        module TEXT NOT NULL,
        list TEXT NOT NULL,
        run_id INTEGER,
        run_began REAL,
        fields_up_to INTEGER NOT NULL DEFAULT 0,
        removed_at REAL
      );
      CREATE UNIQUE INDEX object_list_of ON object_list (link_id, module, list) WHERE removed_at IS NULL;

      CREATE TABLE pull_cursor (
        link_id INTEGER NOT NULL,
        module TEXT NOT NULL,
        list TEXT NOT NULL,
        last_updated INTEGER NOT NULL,
        PRIMARY KEY (link_id, module, list)
      ) WITHOUT ROWID;

      -- Texts of objects one after the other, packed with zstd.
      CREATE TABLE object_block (id INTEGER PRIMARY KEY, content BLOB NOT NULL);

      -- key: id, owner and type without regard to case. change: grows with every new text. outcome: what the page that
      -- met it last made of it, so that a page stored twice counts the same. field_values: rows of object_value. When it
      -- was seen first is changed_at, or seen_at of its first revision.
      CREATE TABLE object (
        id INTEGER PRIMARY KEY,
        list_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        version TEXT NOT NULL,
        hash TEXT NOT NULL,
        block INTEGER NOT NULL,
        place INTEGER NOT NULL,
        length INTEGER NOT NULL,
        last_updated INTEGER,
        revision INTEGER NOT NULL,
        change INTEGER NOT NULL,
        changed_at REAL NOT NULL,
        seen_at REAL NOT NULL,
        seen_run INTEGER,
        seen_page INTEGER,
        outcome INTEGER NOT NULL,
        vanished_at REAL,
        detector INTEGER NOT NULL,
        field_values TEXT NOT NULL,
        findings TEXT
      );
      CREATE UNIQUE INDEX object_key ON object (list_id, key);
      CREATE UNIQUE INDEX object_change ON object (change);

      -- Earlier texts. change: the one that replaced it.
      CREATE TABLE object_revision (
        change INTEGER PRIMARY KEY,
        object INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        version TEXT NOT NULL,
        block INTEGER NOT NULL,
        place INTEGER NOT NULL,
        length INTEGER NOT NULL,
        seen_at REAL NOT NULL,
        replaced_at REAL NOT NULL
      );
      CREATE INDEX object_revision_of ON object_revision (object, revision);

      -- Values of the indexed fields, each once, folded; and which objects have them.
      CREATE TABLE object_value (
        id INTEGER PRIMARY KEY,
        list_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL
      );
      CREATE UNIQUE INDEX object_value_of ON object_value (list_id, field, value);
      -- bits: one for each of the 32 objects whose id divided by 32 is the span.
      CREATE TABLE object_field (
        value INTEGER NOT NULL,
        span INTEGER NOT NULL,
        bits INTEGER NOT NULL,
        PRIMARY KEY (value, span)
      ) WITHOUT ROWID;
    `);
  },
};
