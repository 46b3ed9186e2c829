import type { Database } from 'better-sqlite3';
import type { JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { NumberRange } from '../objects/numbers.ts';
import { createListReader } from './list-reader.ts';
import { createVanishedFollowing, VANISHED_TABLE } from './vanished-following.ts';

/** An object as a partner or we ourselves had it at some time. */
export interface FollowedObject {
  /** As in the table; of our own data negative: the number of its row. */
  readonly objectId: number;
  /** Null: our own. */
  readonly linkId: number | null;
  readonly module: string;
  /** Which of the module's lists, empty for the one at its endpoint itself. */
  readonly list: string;
  /** `NL-TNM`; empty where nobody knows. */
  readonly party: string;
  /** As sent. */
  readonly id: string;
  readonly version: Version;
  readonly revision: number;
  /** Not an earlier revision. */
  readonly isNewest: boolean;
  /** As sent. */
  readonly text: string;
  readonly object: JsonObject;
  /** Milliseconds since the epoch: when this text was seen first. */
  readonly changedAt: number;
  /** `last_updated` of this text, milliseconds since the epoch; undefined where it tells none that can be read. */
  readonly lastUpdated: number | undefined;
  /** As it was when it was followed: objects vanish and come back without another text. */
  readonly isVanished: boolean;
}

/** Derives something from objects, in tables of its own in the file of facts. */
export interface ObjectDeriver {
  /**
   * In the order of revisions for each object, and within a transaction. What was taken before may come once more, with
   * the same revision.
   */
  take(object: FollowedObject): void;
  /**
   * Objects with numbers in this range are there no more: drops at most `most` rows of what they left. Gives how many were
   * dropped; 0 where nothing was left.
   */
  gone(range: NumberRange, most: number): number;
  /** Before each commit: what was held back until now is written. */
  settle(): void;
}

/** Registered in `derivers.ts`. Whoever changes what is kept lets FACTS_VERSION grow (facts-file.ts). */
export interface ObjectDeriverKind {
  readonly modules: readonly string[];
  /** Earlier revisions are handed over too. */
  readonly takesEarlier: boolean;
  /** An object that vanished or came back without another text is handed over once more. */
  readonly takesVanishing?: boolean;
  /** `CREATE TABLE` statements. */
  readonly tables: string;
  /** Prepares its statements on the connection to the file of facts. */
  open(facts: Database): ObjectDeriver;
}

export interface Followed {
  /** Something of it is not told yet. */
  readonly isMore: boolean;
  readonly changed: boolean;
  /** Objects that could not be read: a defect of the workbench. */
  readonly broken: readonly { readonly objectId: number; readonly reason: string }[];
}

/** Hands every change of objects to those who derive something from them, in the order in which they came. */
export interface ObjectFollowing {
  /** For as long as `hasTime` says so, and a little. Throws what SQLite throws. */
  follow(hasTime: () => boolean): Followed;
  /** Changes that are not followed yet, about. */
  behind(): number;
  /** It knows changes that the database does not have: that was put back to an earlier state. */
  isAhead(): boolean;
}

export interface ObjectFollowingOptions {
  /** For reading. */
  readonly database: Database;
  readonly facts: Database;
  readonly kinds: readonly ObjectDeriverKind[];
}

/** Where following stands in each list, by its number; 0 is our own data. */
export const FOLLOWING_TABLES = `
  CREATE TABLE followed_list (list_id INTEGER PRIMARY KEY, up_to INTEGER NOT NULL);
  ${VANISHED_TABLE}
`;

/** Objects read at once: as many as share a few blocks of text. */
const ROWS = 200;
const DROPPED_AT_ONCE = 500;

export function createObjectFollowing({ database, facts, kinds }: ObjectFollowingOptions): ObjectFollowing {
  const modules = [...new Set(kinds.flatMap(kind => kind.modules))];
  const reader = createListReader(database, modules);
  const derivers = kinds.map(kind => ({ ...kind, ...kind.open(facts) }));
  const dropState = facts.prepare('DELETE FROM followed_list WHERE list_id = ?');
  const readStates = facts
    .prepare<[], readonly [listId: number, upTo: number]>('SELECT list_id, up_to FROM followed_list')
    .raw();
  const writeState = facts.prepare('INSERT OR REPLACE INTO followed_list (list_id, up_to) VALUES (?, ?)');
  const earlierIn = new Set(kinds.flatMap(kind => (kind.takesEarlier ? kind.modules : [])));
  const together = facts.transaction((work: () => void) => work());
  const vanishing = createVanishedFollowing(facts);
  const vanishingIn = new Set(kinds.flatMap(kind => (kind.takesVanishing === true ? kind.modules : [])));

  const hand = (object: FollowedObject) => {
    for (const deriver of derivers) {
      if (!deriver.modules.includes(object.module)) continue;
      if (object.isNewest || deriver.takesEarlier) deriver.take(object);
    }
  };
  const drop = (range: NumberRange): boolean =>
    derivers.map(deriver => deriver.gone(range, DROPPED_AT_ONCE)).some(dropped => dropped > 0);
  const settle = () => {
    for (const deriver of derivers) deriver.settle();
  };
  const states = () => new Map(readStates.all());

  return {
    follow(hasTime) {
      const broken: { objectId: number; reason: string }[] = [];
      let changed = false;
      const known = states();
      reader.refresh();
      for (const list of reader.lists()) {
        let upTo = known.get(list.id) ?? list.from;
        known.delete(list.id);
        for (;;) {
          const changes = list.after(upTo, ROWS);
          if (changes.length === 0) break;
          changed = true;
          together.immediate(() => {
            for (const change of changes) {
              if (change.isGone) while (drop(change.range));
              else {
                const read = change.read({
                  since: upTo,
                  earlier: list.module !== undefined && earlierIn.has(list.module),
                });
                if (read.ok) for (const object of read.objects) hand(object);
                else broken.push({ objectId: change.range.from, reason: read.reason });
              }
            }
            upTo = changes.at(-1)?.change ?? upTo;
            settle();
            writeState.run(list.id, upTo);
          });
          if (!hasTime()) return { isMore: true, changed, broken };
        }
        const turned = list.module !== undefined && vanishingIn.has(list.module) ? vanishing.turned(list) : [];
        if (turned.length === 0) continue;
        changed = true;
        together.immediate(() => {
          for (const { id, isVanished } of turned) {
            const read = list.object(id)?.read({ since: upTo, earlier: false });
            if (read?.ok === true) for (const object of read.objects) hand(object);
            vanishing.note(id, isVanished);
          }
          settle();
        });
        if (!hasTime()) return { isMore: true, changed, broken };
      }
      // What is left is of lists that are gone.
      for (const id of known.keys()) {
        const range = reader.numbersOf(id);
        for (let isLeft = true; isLeft; ) {
          together.immediate(() => {
            isLeft = drop(range);
            vanishing.drop(range);
            settle();
            if (!isLeft) dropState.run(id);
          });
          changed = true;
          if (!hasTime()) return { isMore: true, changed, broken };
        }
      }
      return { isMore: false, changed, broken };
    },
    behind() {
      const known = states();
      const left = reader.lists().reduce((sum, list) => {
        const upTo = known.get(list.id) ?? list.from;
        known.delete(list.id);
        return sum + list.behind(upTo);
      }, 0);
      return left + known.size;
    },
    isAhead() {
      const known = states();
      return reader.lists().some(list => (known.get(list.id) ?? list.from) > list.newest());
    },
  };
}
