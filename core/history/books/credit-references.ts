import type { Database } from 'better-sqlite3';
import { ciKey } from '../../ocpi/ci-string.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { createCandidateSources } from '../objects/candidates.ts';
import type { ListRow } from '../objects/lists.ts';
import { numbersOf } from '../objects/numbers.ts';
import { createTextReader, type TextPlace } from '../objects/text-blocks.ts';

/** Which credit CDRs name a CDR: CDRs never change (digest 6.3), so only new ones are looked at. */
export interface CreditReferences {
  /** Ids of objects of a list whose credit_reference_id it is. */
  inList(list: ListRow, id: string): readonly number[];
  /** Rows of our own data. */
  own(id: string): readonly number[];
}

interface Known {
  upTo: number;
  readonly rows: Map<string, number[]>;
}

const AT_ONCE = 500;

export function createCreditReferences(database: Database): CreditReferences {
  const sources = createCandidateSources(database);
  const texts = createTextReader(database);
  const creditValue = database
    .prepare<[number], number>("SELECT id FROM object_value WHERE list_id = ? AND field = 'credit' AND value = 'true'")
    .pluck();
  const greatest = database
    .prepare<[number, number], number | null>('SELECT max(id) FROM object WHERE id >= ? AND id < ?')
    .pluck();
  const places = database.prepare<[string], TextPlace & { readonly id: number }>(
    'SELECT id, block, place, length FROM object WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
  );
  const ownSince = database.prepare<[number], { readonly row: number; readonly text: string }>(
    `SELECT row, text FROM own_object WHERE module = 'cdrs' AND list = '' AND row > ? AND text LIKE '%"credit"%' ORDER BY row`,
  );
  // Of all modules: that is known without going through any rows.
  const ownGreatest = database.prepare<[], number | null>('SELECT max(row) FROM own_object').pluck();
  const lists = new Map<number, Known>();
  const ours: Known = { upTo: 0, rows: new Map() };

  const learn = ({ rows }: Known, row: number, text: string): void => {
    const reference = referenceIn(text);
    if (reference === undefined) return;
    const before = rows.get(reference);
    if (before === undefined) rows.set(reference, [row]);
    else before.push(row);
  };

  return {
    inList(list, id) {
      const range = numbersOf(list.id);
      const known = lists.get(list.id) ?? { upTo: range.from - 1, rows: new Map<string, number[]>() };
      lists.set(list.id, known);
      const newest = greatest.get(range.from, range.before) ?? known.upTo;
      const value = newest > known.upTo ? creditValue.get(list.id) : undefined;
      if (value !== undefined) {
        const candidates = sources.withValues([value], range, known.upTo);
        for (let ids = candidates(AT_ONCE); ids.length > 0; ids = candidates(AT_ONCE)) {
          for (const place of places.all(JSON.stringify(ids))) {
            if (place.id <= newest) learn(known, place.id, texts.text(place));
          }
        }
      }
      known.upTo = Math.max(known.upTo, newest);
      return known.rows.get(ciKey(id)) ?? [];
    },
    own(id) {
      const newest = ownGreatest.get() ?? 0;
      if (newest > ours.upTo) for (const { row, text } of ownSince.all(ours.upTo)) learn(ours, row, text);
      ours.upTo = Math.max(ours.upTo, newest);
      return ours.rows.get(ciKey(id)) ?? [];
    },
  };
}

function referenceIn(text: string): string | undefined {
  const cdr: unknown = JSON.parse(text);
  const reference = isJsonObject(cdr) ? cdr['credit_reference_id'] : undefined;
  return typeof reference === 'string' && reference !== '' ? ciKey(reference) : undefined;
}
