import type { Database } from 'better-sqlite3';
import type { Notice, NoticeKind } from '../contract/health.ts';
import type { Atomic } from './atomic.ts';

/** A notice as it is kept; times in milliseconds since the epoch. */
export interface StoredNotice extends Omit<Notice, 'link' | 'since' | 'until'> {
  readonly linkId: number;
  readonly since: number;
  readonly until: number | null;
}

export type NewNotice = Omit<StoredNotice, 'id' | 'until' | 'acknowledged'>;

export interface NoticeConditions {
  readonly linkIds?: readonly number[] | undefined;
  /** Absent: both. */
  readonly open?: boolean | undefined;
}

/** What is or was over its threshold. Changes throw what SQLite throws. */
export interface Notices {
  /** Open ones of a link. */
  open(linkId: number): StoredNotice[];
  /** Links with open notices. */
  linksWithOpen(): number[];
  /** Newest first. */
  page(conditions: NoticeConditions & { readonly offset: number; readonly limit: number }): StoredNotice[];
  count(conditions: NoticeConditions & { readonly unseen?: boolean }): number;
  /** Throws where the link has an open one of the same kind and subject. */
  add(notice: NewNotice): void;
  reword(id: number, sentence: string): void;
  end(id: number, at: number): void;
  /** How many of these had not been acknowledged before. */
  acknowledge(ids: readonly number[], at: number): number;
  /** Of ended ones only the newest stay; drops at most `most`. */
  dropOldest(kept: number, most: number): number;
}

interface NoticeRow {
  readonly id: number;
  readonly link_id: number;
  readonly kind: NoticeKind;
  readonly severity: Notice['severity'];
  readonly party: string | null;
  readonly location: string | null;
  readonly evse: string | null;
  readonly subject: string;
  readonly sentence: string;
  readonly since: number;
  readonly until: number | null;
  readonly acknowledged_at: number | null;
}

export function createNotices(database: Database, atomic: Atomic): Notices {
  const openOf = database.prepare<[number], NoticeRow>(
    'SELECT * FROM notice WHERE link_id = ? AND until IS NULL ORDER BY id',
  );
  const linksWithOpen = database.prepare<[], number>('SELECT DISTINCT link_id FROM notice WHERE until IS NULL').pluck();
  const add = database.prepare(
    `INSERT INTO notice (link_id, kind, severity, party, location, evse, subject, sentence, since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const reword = database.prepare('UPDATE notice SET sentence = ? WHERE id = ?');
  const end = database.prepare('UPDATE notice SET until = ? WHERE id = ? AND until IS NULL');
  const acknowledge = database.prepare(
    'UPDATE notice SET acknowledged_at = ? WHERE id = ? AND acknowledged_at IS NULL',
  );
  const endedCount = database.prepare<[], number>('SELECT count(*) FROM notice WHERE until IS NOT NULL').pluck();
  const dropOldest = database.prepare(
    'DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE until IS NOT NULL ORDER BY until LIMIT ?)',
  );

  return {
    open: linkId => openOf.all(linkId).map(noticeOf),
    linksWithOpen: () => linksWithOpen.all(),
    page: ({ offset, limit, ...conditions }) => {
      const { where, values } = whereOf(conditions);
      return database
        .prepare<unknown[], NoticeRow>(`SELECT * FROM notice ${where} ORDER BY id DESC LIMIT ? OFFSET ?`)
        .all(...values, limit, offset)
        .map(noticeOf);
    },
    count: conditions => {
      const { where, values } = whereOf(conditions);
      const count = database.prepare<unknown[], number>(`SELECT count(*) FROM notice ${where}`).pluck();
      return count.get(...values) ?? 0;
    },
    add: ({ linkId, kind, severity, party, location, evse, subject, sentence, since }) => {
      atomic(() => add.run(linkId, kind, severity, party, location, evse, subject, sentence, since));
    },
    reword: (id, sentence) => void atomic(() => reword.run(sentence, id)),
    end: (id, at) => void atomic(() => end.run(at, id)),
    acknowledge: (ids, at) => atomic(() => ids.reduce((changed, id) => changed + acknowledge.run(at, id).changes, 0)),
    dropOldest: (kept, most) => {
      const surplus = Math.min(most, (endedCount.get() ?? 0) - kept);
      return surplus <= 0 ? 0 : atomic(() => dropOldest.run(surplus).changes);
    },
  };
}

function whereOf({ linkIds, open, unseen }: NoticeConditions & { readonly unseen?: boolean }) {
  const parts: string[] = [];
  const values: unknown[] = [];
  if (linkIds !== undefined) {
    parts.push('link_id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(linkIds));
  }
  if (open !== undefined) parts.push(`until IS ${open ? '' : 'NOT '}NULL`);
  if (unseen) parts.push('acknowledged_at IS NULL');
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

function noticeOf({ link_id, acknowledged_at, ...row }: NoticeRow): StoredNotice {
  return { ...row, linkId: link_id, acknowledged: acknowledged_at !== null };
}
