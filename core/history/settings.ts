import type { Database } from 'better-sqlite3';
import type * as z from 'zod';
import type { Atomic } from './atomic.ts';

/** Named values that last, kept as JSON. */
export interface Settings {
  /** The value, or undefined where none is kept or what is kept does not fit the shape. */
  get<T>(name: string, shape: z.ZodType<T>): T | undefined;
  /** `undefined` removes it. */
  set(name: string, value: unknown): void;
}

export function createSettings(database: Database, atomic: Atomic): Settings {
  const read = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  const write = database.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM setting WHERE name = ?');
  return {
    get(name, shape) {
      const kept = read.get(name);
      if (typeof kept !== 'string') return undefined;
      const parsed = shape.safeParse(JSON.parse(kept));
      return parsed.success ? parsed.data : undefined;
    },
    set(name, value) {
      atomic(() => (value === undefined ? remove.run(name) : write.run(name, JSON.stringify(value))));
    },
  };
}
