import type { Migration } from './migration.ts';

/** Fault rules, how often they met and fired, what they remember, and what they did to exchanges. */
export const faults: Migration = {
  number: 80,
  name: 'faults',
  run(database) {
    database.exec(`
      -- details: parameters, scope, when, seed, armed, reachesRegistration.
      CREATE TABLE fault_rule (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        position REAL NOT NULL,
        pack TEXT,
        details TEXT NOT NULL,
        created_at REAL NOT NULL
      );
      CREATE UNIQUE INDEX fault_rule_name ON fault_rule (name COLLATE NOCASE);

      -- link_id 0: exchanges of nobody known.
      CREATE TABLE fault_tally (
        rule_id INTEGER NOT NULL,
        link_id INTEGER NOT NULL,
        met INTEGER NOT NULL,
        fired INTEGER NOT NULL,
        last_fired_at REAL,
        PRIMARY KEY (rule_id, link_id)
      ) WITHOUT ROWID;

      CREATE TABLE fault_memory (
        rule_id INTEGER NOT NULL,
        link_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (rule_id, link_id, key)
      ) WITHOUT ROWID;

      -- Its rows are the index of exchanges at which faults were at work. start to length: what would have been sent.
      CREATE TABLE exchange_fault (
        exchange_id INTEGER PRIMARY KEY,
        kinds TEXT NOT NULL,
        firings TEXT NOT NULL,
        start TEXT,
        headers TEXT,
        body INTEGER,
        length INTEGER,
        wire TEXT NOT NULL
      );
    `);
  },
};
