import type { Database } from 'better-sqlite3';
import { ground } from './0010-ground.ts';
import { exchanges } from './0020-exchanges.ts';
import { objects } from './0030-objects.ts';
import { ownObjects } from './0040-own-objects.ts';
import { notes } from './0050-notes.ts';
import { vanishedObjects } from './0060-vanished-objects.ts';
import { ownLists } from './0070-own-lists.ts';
import { faults } from './0080-faults.ts';
import { replays } from './0090-replays.ts';
import { logs } from './0100-logs.ts';
import { pins } from './0110-pins.ts';
import { notices } from './0120-notices.ts';
import { ownChanges } from './0130-own-changes.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order; a test checks the order and that no file is left out. */
export const MIGRATIONS: readonly Migration[] = [
  ground,
  exchanges,
  objects,
  ownObjects,
  notes,
  vanishedObjects,
  ownLists,
  faults,
  replays,
  logs,
  pins,
  notices,
  ownChanges,
];

export const NEWEST_VERSION = MIGRATIONS.at(-1)?.number ?? 0;

/**
 * Brings the schema up to `upTo`, each migration in its own transaction with its number, so that a crash leaves a
 * database that the next start continues with.
 */
export function migrate(database: Database, upTo = NEWEST_VERSION): void {
  for (const migration of MIGRATIONS) {
    if (migration.number > upTo) return;
    database
      .transaction(() => {
        // Read inside: another process may have run it while we waited for the lock.
        if (versionOf(database) >= migration.number) return;
        migration.run(database);
        database.pragma(`user_version = ${migration.number}`);
      })
      .immediate();
  }
}

export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
