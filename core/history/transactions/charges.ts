import { openChargeFile } from './charge-file.ts';
import { type ChargePage, type ChargePageAsked, readChargePage } from './charge-pages.ts';
import { type ChargeRows, createChargeRows } from './charge-rows.ts';

/** The charges kept beside a database, on a connection of their own. All of it throws what SQLite throws. */
export interface Charges {
  readonly rows: ChargeRows;
  /** Why what was there before is not used. */
  readonly madeAnew: string | undefined;
  page(asked: ChargePageAsked): ChargePage;
  /** All that the work changes is stored in one transaction, or nothing of it. */
  together(work: () => void): void;
  close(): void;
}

export function openCharges(file: string, databaseId: string): Charges {
  const { connection, madeAnew } = openChargeFile(file, databaseId);
  const run = connection.transaction((work: () => void) => work());
  try {
    return {
      rows: createChargeRows(connection),
      madeAnew,
      page: asked => readChargePage(connection, asked),
      together: work => run.immediate(work),
      close: () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
