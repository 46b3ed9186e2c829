import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { FaultRuleText } from '../contract/fault.ts';
import type { Atomic } from './atomic.ts';
import { createFaultCounts, type FaultCounts } from './fault-counts.ts';
import { createFaultHits, type FaultHits } from './fault-hits.ts';
import type { GroupRecorder } from './recorder.ts';

/** What is kept of a rule besides its name and kind. */
const Details = FaultRuleText.omit({ name: true, kind: true }).extend({
  /** Somebody said that it may reach production links. */
  reachesProduction: z.boolean().default(false),
});

export interface NewFaultRule extends z.infer<typeof Details> {
  readonly name: string;
  readonly kind: string;
  readonly pack: string | null;
}

export interface KeptFaultRule extends NewFaultRule {
  readonly id: number;
  readonly position: number;
  readonly createdAt: number;
}

/** Fault rules, what they counted, and what they did. Changes throw what SQLite throws; they belong to a transaction where there is one. */
export interface FaultStore extends FaultCounts, FaultHits {
  /** In the order in which they are tried. */
  rules(): readonly KeptFaultRule[];
  /** Another object after each change of any rule, and only then. */
  revision(): object;
  /** Behind all others. Throws where the name is taken, without regard to case. Returns its id. */
  insert(rule: NewFaultRule): number;
  /** Throws where there is no such rule, or the name is taken. */
  update(id: number, rule: NewFaultRule): void;
  /** Before another one; undefined: behind all. */
  move(id: number, before: number | undefined): void;
  /** With all that they counted and remember. */
  remove(ids: readonly number[]): void;
  /** A transaction was rolled back: what is kept in memory is read anew. */
  reload(): void;
}

interface RuleRow {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly position: number;
  readonly pack: string | null;
  readonly details: string;
  readonly created_at: number;
}

export interface FaultStoreOptions {
  readonly clock: Clock;
  readonly atomic: Atomic;
  /** Of the recorder: counts are written in the commit of the exchange they belong to. */
  readonly beside: GroupRecorder['beside'];
  readonly nameOf: (linkId: number) => string | undefined;
}

/** Rules are few and looked at with every exchange, so all of them stay in memory. */
export function createFaultStore(database: Database, { clock, atomic, beside, nameOf }: FaultStoreOptions): FaultStore {
  const all = database.prepare<[], RuleRow>('SELECT * FROM fault_rule ORDER BY position, id');
  const add = database.prepare(
    'INSERT INTO fault_rule (name, kind, position, pack, details, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const change = database.prepare('UPDATE fault_rule SET name = ?, kind = ?, pack = ?, details = ? WHERE id = ?');
  const place = database.prepare('UPDATE fault_rule SET position = ? WHERE id = ?');
  const drop = database.prepare('DELETE FROM fault_rule WHERE id = ?');
  const counts = createFaultCounts(database, { atomic, beside });
  const last = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM fault_rule').pluck();
  /** Undefined after a change: read anew when somebody looks, so that many changes at once cost one reading. */
  let known: readonly KeptFaultRule[] | undefined;

  const rules = () => {
    known ??= all.all().map(keptOf);
    return known;
  };
  const reload = () => {
    known = undefined;
  };

  return {
    ...counts,
    ...createFaultHits(database, { nameOf }),
    rules,
    revision: rules,
    insert(rule) {
      const position = (last.get() ?? 0) + 1;
      const values = [rule.name, rule.kind, position, rule.pack, detailsOf(rule), clock.now()];
      const { lastInsertRowid } = atomic(() => add.run(...values));
      reload();
      return Number(lastInsertRowid);
    },
    update(id, rule) {
      const { changes } = atomic(() => change.run(rule.name, rule.kind, rule.pack, detailsOf(rule), id));
      if (changes === 0) throw new Error(`there is no fault rule ${id}`);
      reload();
    },
    move(id, before) {
      const others = rules()
        .filter(rule => rule.id !== id)
        .map(rule => rule.id);
      const at = before === undefined ? others.length : others.indexOf(before);
      if (at < 0) throw new Error(`there is no fault rule ${before}`);
      others.splice(at, 0, id);
      atomic(() => {
        for (const [index, one] of others.entries()) place.run(index + 1, one);
      });
      reload();
    },
    remove(ids) {
      atomic(() => {
        for (const id of ids) drop.run(id);
        counts.restart(ids);
      });
      reload();
    },
    reload() {
      reload();
      counts.reload();
    },
  };
}

function detailsOf({ name: _, kind: __, pack: ___, ...details }: NewFaultRule): string {
  return JSON.stringify(Details.parse(details));
}

function keptOf(row: RuleRow): KeptFaultRule {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    position: row.position,
    pack: row.pack,
    createdAt: row.created_at,
    ...Details.parse(JSON.parse(row.details)),
  };
}
