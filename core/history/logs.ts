import type { Database } from 'better-sqlite3';
import type * as z from 'zod';
import type { Clock } from '../clock.ts';
import { ImportedLog, LogCondition } from '../contract/session-log.ts';
import type { Atomic } from './atomic.ts';

/**
 * `importing`: on its way in; `removing`: on its way out. Neither is shown to anybody. `showing`: on its way into a database that
 * was made to look at it meanwhile.
 */
export type LogState = 'importing' | 'showing' | 'stored' | 'removing';

/** Selects the ids of links whose log nobody is shown. */
export const LINKS_NOT_SHOWN = `SELECT imported_log_link.link_id FROM imported_log_link
  JOIN imported_log ON imported_log.id = imported_log_link.log_id WHERE imported_log.state IN ('importing', 'removing')`;

const LogDetails = ImportedLog.pick({ about: true, counts: true, rules: true, from: true, to: true }).extend({
  condition: LogCondition,
});
/** What is known of a log beside its name and its links. */
export type LogDetails = z.infer<typeof LogDetails>;

export interface StoredLog extends LogDetails {
  readonly logId: number;
  readonly name: string;
  readonly state: LogState;
  /** Milliseconds since the epoch. */
  readonly importedAt: number;
  /** What they were called there; what they are called here stands in the links. */
  readonly links: readonly { readonly linkId: number; readonly was: string }[];
  readonly linkIds: readonly number[];
}

export interface NewLog extends LogDetails {
  readonly name: string;
  /** `importing` unless said. */
  readonly state?: 'importing' | 'showing';
}

/** Session logs that stand in this database. Changes throw what SQLite throws. */
export interface Logs {
  /** On its way in, without links. */
  insert(log: NewLog): StoredLog;
  addLink(logId: number, link: { readonly linkId: number; readonly was: string }): void;
  /** Throws where there is no such log. */
  update(logId: number, change: { readonly state?: LogState; readonly details?: LogDetails }): StoredLog;
  /** In any state, oldest first. */
  list(): StoredLog[];
  get(logId: number): StoredLog | undefined;
  /** The log whose link it is, in any state. */
  ofLink(linkId: number): number | undefined;
  /** Only what says that there was one: its links and all under them are removed by whoever asks. */
  remove(logId: number): void;
}

interface LogRow {
  readonly id: number;
  readonly name: string;
  readonly state: LogState;
  readonly imported_at: number;
  readonly details: string;
}

interface LinkRow {
  readonly linkId: number;
  readonly was: string;
}

export interface LogsOptions {
  readonly clock: Clock;
  readonly atomic: Atomic;
  /** Other links are shown than before. */
  readonly shown: () => void;
}

export function createLogs(database: Database, { clock, atomic, shown }: LogsOptions): Logs {
  const add = database.prepare('INSERT INTO imported_log (name, state, imported_at, details) VALUES (?, ?, ?, ?)');
  const all = database.prepare<[], LogRow>('SELECT * FROM imported_log ORDER BY id');
  const one = database.prepare<[number], LogRow>('SELECT * FROM imported_log WHERE id = ?');
  const change = database.prepare('UPDATE imported_log SET state = ?, details = ? WHERE id = ?');
  const drop = database.prepare('DELETE FROM imported_log WHERE id = ?');
  const links = database.prepare<[number], LinkRow>(
    'SELECT link_id AS linkId, was FROM imported_log_link WHERE log_id = ? ORDER BY link_id',
  );
  const addLink = database.prepare('INSERT INTO imported_log_link (link_id, log_id, was) VALUES (?, ?, ?)');
  const dropLinks = database.prepare('DELETE FROM imported_log_link WHERE log_id = ?');
  const ofLink = database.prepare<[number], number>('SELECT log_id FROM imported_log_link WHERE link_id = ?').pluck();

  const logOf = ({ id, name, state, imported_at, details }: LogRow): StoredLog => {
    const named = links.all(id);
    return {
      ...LogDetails.parse(JSON.parse(details)),
      logId: id,
      name,
      state,
      importedAt: imported_at,
      links: named,
      linkIds: named.map(({ linkId }) => linkId),
    };
  };
  const known = (logId: number): StoredLog => {
    const row = one.get(logId);
    if (row === undefined) throw new Error(`there is no log ${logId}`);
    return logOf(row);
  };

  return {
    insert({ name, state = 'importing', ...details }) {
      const text = JSON.stringify(LogDetails.parse(details));
      return known(Number(atomic(() => add.run(name, state, clock.now(), text)).lastInsertRowid));
    },
    addLink(logId, { linkId, was }) {
      atomic(() => addLink.run(linkId, logId, was));
      shown();
    },
    update(logId, { state, details }) {
      const before = known(logId);
      const text = JSON.stringify(LogDetails.parse(details ?? before));
      atomic(() => change.run(state ?? before.state, text, logId));
      if (state !== undefined && state !== before.state) shown();
      return known(logId);
    },
    list: () => all.all().map(logOf),
    get(logId) {
      const row = one.get(logId);
      return row && logOf(row);
    },
    ofLink: linkId => ofLink.get(linkId),
    remove(logId) {
      atomic(() => {
        dropLinks.run(logId);
        drop.run(logId);
      });
    },
  };
}
