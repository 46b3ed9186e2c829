import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import type { Atomic } from './atomic.ts';

/** The operator's scenarios as they were written. Changes throw what SQLite throws. */
export interface ScenarioStore {
  /** By name. */
  list(): readonly { readonly name: string; readonly text: string }[];
  get(name: string): string | undefined;
  /** In place of the one with this name. */
  put(name: string, text: string): void;
  /** Whether there was one. */
  remove(name: string): boolean;
}

export function createScenarioStore(
  database: Database,
  { clock, atomic }: { readonly clock: Clock; readonly atomic: Atomic },
): ScenarioStore {
  const all = database.prepare<[], { name: string; text: string }>('SELECT name, text FROM scenario ORDER BY name');
  const read = database.prepare<[string], string>('SELECT text FROM scenario WHERE name = ?').pluck();
  const write = database.prepare(
    `INSERT INTO scenario (name, text, changed_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at`,
  );
  const drop = database.prepare('DELETE FROM scenario WHERE name = ?');
  return {
    list: () => all.all(),
    get: name => read.get(name),
    put: (name, text) => void atomic(() => write.run(name, text, clock.now())),
    remove: name => atomic(() => drop.run(name)).changes > 0,
  };
}
