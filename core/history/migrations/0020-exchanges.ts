import type { Migration } from './migration.ts';

/**
 * Bodies once per content, and exchanges. Each index costs every request a microsecond, so all but one are partial:
 * an ordinary exchange of a link stands in the table and in `exchange_link`, nothing else.
 */
export const exchanges: Migration = {
  number: 20,
  name: 'exchanges',
  run(database) {
    database.exec(`
      -- coding: 0 as it came, 1 zstd, 2 as it came because packing does not pay.
      CREATE TABLE body (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        length INTEGER NOT NULL,
        coding INTEGER NOT NULL,
        content BLOB NOT NULL
      );
      CREATE INDEX body_unpacked ON body (id) WHERE coding = 0 AND length >= 1024;

      -- opened_at is the greatest started_at so far: it grows with id, so a time is found by halving.
      CREATE TABLE exchange (
        id INTEGER PRIMARY KEY,
        incoming INTEGER NOT NULL,
        link_id INTEGER,
        run_id INTEGER,
        operation TEXT NOT NULL,
        version TEXT,
        started_at REAL NOT NULL,
        opened_at REAL NOT NULL,
        method TEXT NOT NULL,
        url TEXT NOT NULL,
        request_headers TEXT NOT NULL,
        request_body INTEGER,
        request_length INTEGER NOT NULL,
        http_status INTEGER,
        status_text TEXT,
        response_headers TEXT,
        response_body INTEGER,
        response_length INTEGER,
        ended TEXT NOT NULL,
        ended_details TEXT,
        duration REAL,
        timings TEXT,
        connection TEXT,
        ocpi_status INTEGER,
        request_id TEXT,
        correlation_id TEXT,
        from_party TEXT,
        to_party TEXT,
        findings TEXT,
        -- No whole answer, HTTP 400 and above, or an OCPI status other than 1xxx.
        failed INTEGER NOT NULL
      );
      CREATE INDEX exchange_link ON exchange (link_id) WHERE link_id IS NOT NULL;
      CREATE INDEX exchange_run ON exchange (run_id) WHERE run_id IS NOT NULL;
      CREATE INDEX exchange_failed ON exchange (id) WHERE failed = 1;
      CREATE INDEX exchange_failed_link ON exchange (link_id) WHERE failed = 1 AND link_id IS NOT NULL;
      CREATE INDEX exchange_open ON exchange (id) WHERE ended = 'open';
    `);
  },
};
