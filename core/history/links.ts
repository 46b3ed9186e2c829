import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import { Link } from '../contract/link.ts';
import type { Atomic } from './atomic.ts';
import { sealSettings, unsealSettings } from './link-secrets.ts';
import { LINKS_NOT_SHOWN } from './logs.ts';
import type { SealingKeys } from './sealing-key.ts';

/** What a link is made of; the history adds its id and times. */
export type NewLinkRow = Omit<Link, 'id' | 'createdAt' | 'updatedAt'>;

/** Keys that are there are changed; one that is there and undefined is taken away. */
export type LinkRowPatch = { readonly [Key in keyof NewLinkRow]?: NewLinkRow[Key] | undefined };

export interface Links {
  /** By name, without regard to case; without those of a log that is on its way in or out. */
  list(): readonly Link[];
  /** Of a log that is on its way in or out: nothing that stands under them is shown. */
  hidden(): readonly number[];
  /** Erased since the database was opened: what was derived of what stood under them goes a moment later. */
  erased(): readonly number[];
  get(id: number): Link | undefined;
  /** Names compare without regard to case. */
  byName(name: string): Link | undefined;
  /** Throws where the name is taken: ask `byName` first. */
  insert(link: NewLinkRow): Link;
  /** Throws where there is no such link, or the name is taken. */
  update(id: number, patch: LinkRowPatch): Link;
  /** Its settings go; its name and its exchanges stay. Tokens are removed by the token table. */
  remove(id: number): void;
  /** With its name: nothing must be left that stands under it. Its tokens are removed before. */
  erase(id: number): void;
  /** Of removed links as well. */
  nameOf(id: number): string | undefined;
  /** Ids of every link that has or had this name: a name may be used again after a removal. */
  idsNamed(name: string): readonly number[];
  /** Another object after each change of any link, and only then. */
  revision(): object;
  /** Reads everything anew, after a transaction was rolled back. */
  reload(): void;
}

interface LinkRow {
  readonly id: number;
  readonly name: string;
  readonly details: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly removed_at: number | null;
  /** 1: of a log that nobody is shown. */
  readonly hidden: number;
}

/** Links are few and asked for with every request, so all of them stay in memory. */
export function createLinks(
  database: Database,
  {
    clock,
    atomic,
    keys,
    changed,
  }: {
    readonly clock: Clock;
    readonly atomic: Atomic;
    readonly keys: SealingKeys;
    readonly changed: () => void;
  },
): Links {
  const all = database.prepare<[], LinkRow>(
    `SELECT link.*, id IN (${LINKS_NOT_SHOWN}) AS hidden FROM link ORDER BY name COLLATE NOCASE, id`,
  );
  const add = database.prepare('INSERT INTO link (name, details, created_at, updated_at) VALUES (?, ?, ?, ?)');
  const change = database.prepare('UPDATE link SET name = ?, details = ?, updated_at = ? WHERE id = ?');
  const drop = database.prepare("UPDATE link SET removed_at = ?, details = '{}' WHERE id = ?");
  const erase = database.prepare('DELETE FROM link WHERE id = ?');
  let links = new Map<number, Link>();
  let names = new Map<number, string>();
  let hidden: readonly number[] = [];
  let erased: readonly number[] = [];

  const reload = () => {
    const rows = all.all();
    names = new Map(rows.map(({ id, name }) => [id, name]));
    // A transaction that was rolled back erased nothing.
    erased = erased.filter(id => !names.has(id));
    hidden = rows.flatMap(row => (row.hidden === 1 ? [row.id] : []));
    links = new Map(rows.filter(row => row.removed_at === null).map(row => [row.id, linkOf(row, keys)]));
    changed();
  };
  const known = (id: number): Link => {
    const link = links.get(id);
    if (!link) throw new Error(`there is no link ${id}`);
    return link;
  };
  reload();

  return {
    list: () => [...links.values()].filter(({ id }) => !hidden.includes(id)),
    hidden: () => hidden,
    erased: () => erased,
    get: id => links.get(id),
    byName(name) {
      const wanted = folded(name);
      for (const link of links.values()) if (folded(link.name) === wanted) return link;
      return undefined;
    },
    insert(link) {
      const now = clock.now();
      const { lastInsertRowid } = atomic(() => add.run(link.name, detailsOf(link, keys), now, now));
      reload();
      return known(Number(lastInsertRowid));
    },
    update(id, patch) {
      const next: NewLinkRow = Link.omit({ id: true, createdAt: true, updatedAt: true }).parse({
        ...known(id),
        ...patch,
      });
      atomic(() => change.run(next.name, detailsOf(next, keys), clock.now(), id));
      reload();
      return known(id);
    },
    remove(id) {
      known(id);
      atomic(() => drop.run(clock.now(), id));
      reload();
    },
    erase(id) {
      atomic(() => erase.run(id));
      erased = [...erased, id];
      reload();
    },
    nameOf: id => names.get(id),
    idsNamed(name) {
      const wanted = folded(name);
      return [...names].filter(([, known]) => folded(known) === wanted).map(([id]) => id);
    },
    revision: () => links,
    reload,
  };
}

/** As SQLite's NOCASE compares: ASCII letters only, so that the unique index and this agree. */
function folded(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => letter.toLowerCase());
}

function detailsOf(link: NewLinkRow | Link, keys: SealingKeys): string {
  const { name: _, ...rest } = link;
  const settings = sealSettings(link.settings, keys);
  return JSON.stringify({ ...rest, settings, id: undefined, createdAt: undefined, updatedAt: undefined });
}

function linkOf(row: LinkRow, keys: SealingKeys): Link {
  const details = JSON.parse(row.details) as { readonly settings?: unknown };
  return Link.parse({
    ...details,
    settings: unsealSettings(details.settings, keys),
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
}
