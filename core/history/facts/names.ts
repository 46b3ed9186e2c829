import type { Database } from 'better-sqlite3';
import { ciKey } from '../../ocpi/ci-string.ts';

/** What is named again and again: each spelling but for its case has a number, from 1 on. */
export const NAME_TABLE = `
  CREATE TABLE name (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL);
  CREATE UNIQUE INDEX name_key ON name (kind, key);
`;

/** `session`: of whoever's, joined in one text. */
export type NameKind = 'party' | 'evse' | 'token' | 'tariff' | 'currency' | 'session';

export interface Names {
  /** The number of a name, given now where it has none; 0 for no name. */
  number(kind: NameKind, text: string | undefined): number;
  /** The same of one that is there; undefined where nobody was ever called so. */
  find(kind: NameKind, text: string): number | undefined;
  /** As it was written first; empty for 0. */
  text(id: number): string;
  /** Drops all but these. */
  dropUnused(used: ReadonlySet<number>): void;
}

/** As many are remembered; then all are forgotten. */
const MOST = 100_000;

export function createNames(facts: Database): Names {
  const find = facts.prepare<[string, string], number>('SELECT id FROM name WHERE kind = ? AND key = ?').pluck();
  const add = facts.prepare('INSERT INTO name (kind, key, text) VALUES (?, ?, ?)');
  const read = facts.prepare<[number], string>('SELECT text FROM name WHERE id = ?').pluck();
  const ids = facts.prepare<[], number>('SELECT id FROM name').pluck();
  const drop = facts.prepare('DELETE FROM name WHERE id = ?');
  const known = new Map<string, number>();
  return {
    number(kind, text) {
      if (text === undefined || text === '') return 0;
      const key = ciKey(text);
      const remembered = `${kind}\n${key}`;
      const before = known.get(remembered);
      if (before !== undefined) return before;
      const id = find.get(kind, key) ?? Number(add.run(kind, key, text).lastInsertRowid);
      if (known.size >= MOST) known.clear();
      known.set(remembered, id);
      return id;
    },
    find: (kind, text) => find.get(kind, ciKey(text)),
    dropUnused(used) {
      for (const id of ids.all()) if (!used.has(id)) drop.run(id);
      known.clear();
    },
    text: id => (id === 0 ? '' : (read.get(id) ?? '')),
  };
}
