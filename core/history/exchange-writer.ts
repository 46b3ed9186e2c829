import type { Database, Statement } from 'better-sqlite3';
import type { ExchangeRecord, ExchangeUpdate } from '../http/exchange.ts';
import { createExchangeFaults } from './exchange-faults.ts';
import { type BodyKeeping, COLUMNS, toChanges, toColumns } from './exchange-row.ts';
import { createGreatestId } from './keeping/gone.ts';

/** Writes rows; the caller is inside a transaction. */
export interface ExchangeWriter {
  nextId(): number;
  insert(id: number, record: ExchangeRecord): void;
  /** False where there is no such row. */
  update(id: number, update: ExchangeUpdate): boolean;
}

export function createExchangeWriter(database: Database, keeping: BodyKeeping): ExchangeWriter {
  const add = database.prepare(
    `INSERT INTO exchange (${COLUMNS}) VALUES (${COLUMNS.split(',')
      .map(() => '?')
      .join(', ')})`,
  );
  const faults = createExchangeFaults(database, keeping);
  const exists = database.prepare<[number], number>('SELECT 1 FROM exchange WHERE id = ?').pluck();
  const last = database
    .prepare<[], { readonly id: number; readonly opened_at: number }>(
      'SELECT id, opened_at FROM exchange ORDER BY id DESC LIMIT 1',
    )
    .get();
  let lastId = createGreatestId(database)();
  let openedAt = last?.opened_at ?? 0;
  // An exchange is updated with one of a few sets of columns, so each set is prepared once.
  const updates = new Map<string, Statement>();

  return {
    nextId: () => ++lastId,
    insert(id, record) {
      if (record.startedAt > openedAt) openedAt = record.startedAt;
      add.run(toColumns(record, { id, openedAt, ...keeping }));
      if (record.faults !== undefined) faults.put(id, record.faults);
    },
    update(id, update) {
      const changes = toChanges(update, keeping);
      if (update.faults !== undefined) faults.put(id, update.faults);
      if (changes.length === 0) return exists.get(id) === 1;
      const columns = changes.map(({ set }) => set).join(', ');
      let statement = updates.get(columns);
      if (!statement) {
        statement = database.prepare(`UPDATE exchange SET ${columns} WHERE id = ?`);
        updates.set(columns, statement);
      }
      return statement.run(...changes.flatMap(({ values }) => values), id).changes > 0;
    },
  };
}

/** Exchanges that a stopped workbench left open: nobody will finish them. Returns how many. */
export function interruptExchanges(database: Database): number {
  return database
    .prepare("UPDATE exchange SET ended = 'interrupted', ended_details = NULL, failed = 1 WHERE ended = 'open'")
    .run().changes;
}
