import Database from 'better-sqlite3';
import { isDamage } from '../worker/text-index.ts';
import { OBJECT_DERIVERS } from './derivers.ts';
import { openFactsFile, removeFactsFile } from './facts-file.ts';
import { createObjectFollowing, type ObjectFollowing } from './following.ts';
import { createLinkParties } from './link-parties.ts';

/** What is derived from the objects of a database, on connections of its own: to the database for reading, to the facts for both. */
export interface Facts {
  /** To read from; another one after they were made anew. */
  connection(): Database.Database;
  following(): ObjectFollowing;
  linkName(id: number): string;
  /** `NL-TNM`; empty where the partner has several parties, or none is known. */
  linkParty(id: number): string;
  /** Drops everything and begins anew. */
  anew(why: string): void;
  /** Why everything was begun anew; told once. */
  madeAnew(): string | undefined;
  /** Runs it; where the facts turn out to be damaged they are made anew, and it is run once more. */
  safely<T>(work: () => T): T;
  close(): void;
}

const PATIENCE = 1000;
const CACHE_KIB = 2 * 1024;
const MAPPED_BYTES = 512 * 1024 * 1024;

interface Opened {
  readonly connection: Database.Database;
  readonly following: ObjectFollowing;
}

/** Throws what SQLite throws, but for damage of what is derived. */
export function openFacts({ file, databaseId }: { readonly file: string; readonly databaseId: string }): Facts {
  const database = new Database(file, { readonly: true, timeout: PATIENCE });
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  const linkName = database.prepare<[number], string>('SELECT name FROM link WHERE id = ?').pluck();
  const parties = createLinkParties(database);
  let told: string | undefined;

  const openAnew = (before: Database.Database | undefined, why: string): Opened => {
    before?.close();
    removeFactsFile(file);
    told = why;
    return open();
  };
  const open = (): Opened => {
    // Where the database itself is damaged, nothing is made anew for that.
    database.prepare('SELECT count(*) FROM object_list').get();
    let connection: Database.Database | undefined;
    try {
      const opened = openFactsFile(file, databaseId);
      connection = opened.connection;
      told = opened.madeAnew ?? told;
      const following = createObjectFollowing({ database, facts: connection, kinds: OBJECT_DERIVERS });
      // What came after it never happened.
      if (following.isAhead()) return openAnew(connection, 'the database is older than it');
      return { connection, following };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return openAnew(connection, 'it was damaged');
    }
  };
  let opened = open();

  return {
    connection: () => opened.connection,
    following: () => opened.following,
    linkName: id => linkName.get(id) ?? '',
    linkParty(id) {
      parties.refresh();
      return parties.of(id);
    },
    anew(why) {
      opened = openAnew(opened.connection, why);
      told = undefined;
    },
    madeAnew() {
      const why = told;
      told = undefined;
      return why;
    },
    safely(work) {
      try {
        return work();
      } catch (error) {
        if (!isDamage(error)) throw error;
        opened = openAnew(opened.connection, 'it was damaged');
        return work();
      }
    },
    close() {
      opened.connection.close();
      database.close();
    },
  };
}
