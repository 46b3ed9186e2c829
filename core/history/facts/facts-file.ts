import { type DerivedFile, openDerivedFile, removeDerivedFile } from '../derived-file.ts';
import { OBJECT_DERIVERS } from './derivers.ts';
import { FOLLOWING_TABLES } from './following.ts';

/** Grows when what is derived, or how it is kept, is another: the file is made anew then. */
export const FACTS_VERSION = 1;

const CACHE_KIB = 16 * 1024;
const MAPPED_BYTES = 512 * 1024 * 1024;

export function factsFileOf(file: string): string {
  return `${file}.facts`;
}

/** What is derived from the objects of the database. Throws what SQLite throws, but for damage. */
export function openFactsFile(file: string, databaseId: string): DerivedFile {
  return openDerivedFile({
    name: factsFileOf(file),
    databaseId,
    version: FACTS_VERSION,
    // state.up_to stays 0: where following stands is told by list.
    tables: `${FOLLOWING_TABLES}\n${OBJECT_DERIVERS.map(({ tables }) => tables).join('\n')}`,
    cacheKib: CACHE_KIB,
    mappedBytes: MAPPED_BYTES,
  });
}

export function removeFactsFile(file: string): void {
  removeDerivedFile(factsFileOf(file));
}
