import Database from 'better-sqlite3';
import { createExchangeFigures, type ExchangeFigures } from './exchange-figures.ts';
import { createRunFigures, type RunFigures } from './run-figures.ts';

/** What is counted of links, on a connection of its own. */
export interface FiguresReader {
  readonly exchanges: ExchangeFigures;
  readonly runs: RunFigures;
  close(): void;
}

const PATIENCE = 1000;
const CACHE_KIB = 2 * 1024;
const MAPPED_BYTES = 512 * 1024 * 1024;

/** For reading. Throws what SQLite throws. */
export function openFiguresReader(file: string): FiguresReader {
  const database = new Database(file, { readonly: true, timeout: PATIENCE });
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  return {
    exchanges: createExchangeFigures(database),
    runs: createRunFigures(database),
    close: () => void database.close(),
  };
}
