import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { createLists } from '../objects/lists.ts';
import { listOf, numbersOf } from '../objects/numbers.ts';
import { createObjectFinder } from '../objects/object-finding.ts';
import type { ObjectWords } from '../objects/object-listing.ts';
import { countBelow, hasBit } from './bits.ts';
import { wordsIn } from './conditions.ts';
import { createMapDrawing } from './mapping.ts';
import { createMarkReading } from './mark-reading.ts';
import { createNarrowing } from './narrowing.ts';
import { createLineReader } from './object-lines.ts';
import type { BrowsedLink, BrowseFound, BrowseQuery, BrowseQuestion, ListCount } from './queries.ts';
import { createSearchFile } from './search-file.ts';
import { createSelect, listsToSelect, type Selected } from './selecting.ts';
import { createSelections } from './selections.ts';

/** Answers what tables and maps of stored objects ask, in a thread of its own. */
export interface ObjectBrowser {
  answer(question: BrowseQuestion, cancelled: () => boolean): Promise<BrowseFound>;
  close(): void;
}

export interface ObjectBrowserOptions {
  /** The database; what is derived lies beside it. */
  readonly file: string;
  readonly words: ObjectWords;
  readonly clock: Clock;
}

export function createObjectBrowser(database: Database, { file, words, clock }: ObjectBrowserOptions): ObjectBrowser {
  const searchFile = createSearchFile(file);
  const marks = createMarkReading(searchFile);
  const lists = createLists(database);
  const select = createSelect(database, { narrowed: createNarrowing(database, marks), words, clock });
  const selections = createSelections(database, {
    select,
    marks,
    clock,
    listsOf: query => listsToSelect(database, link => lists.ofModule(link.linkId, query.module))(query),
  });
  const find = createObjectFinder(database);
  const linesOf = createLineReader(database);
  const draw = createMapDrawing(database, marks);
  const greatest = database
    .prepare<[number, number], number | null>('SELECT max(id) FROM object WHERE id >= ? AND id < ?')
    .pluck();
  const vanishedIn = database
    .prepare<[number, number], number>(
      'SELECT count(*) FROM object WHERE vanished_at IS NOT NULL AND id >= ? AND id < ?',
    )
    .pluck();

  const behind = ({ lists: selected }: Selected): number =>
    selected.reduce((sum, { list }) => sum + words.behind(list), 0);
  const dependsOnDerived = (query: BrowseQuery): boolean =>
    query.finding !== undefined || query.within !== undefined || wordsIn(query) !== undefined;

  const countLists = (links: readonly BrowsedLink[]): ListCount[] => {
    const names = new Map(links.map(({ linkId, name }) => [linkId, name]));
    const counts = new Map<string, ListCount>();
    for (const { id, linkId, module } of lists.all()) {
      const link = names.get(linkId);
      if (link === undefined) continue;
      const { from, before } = numbersOf(id);
      const key = `${linkId} ${module}`;
      const known = counts.get(key);
      counts.set(key, {
        link,
        module,
        objects: (known?.objects ?? 0) + (greatest.get(from, before) ?? from) - from,
        vanished: (known?.vanished ?? 0) + (vanishedIn.get(from, before) ?? 0),
      });
    }
    return [...counts.values()];
  };

  return {
    async answer(question, cancelled) {
      if (question.kind === 'lists') return { ok: true, kind: 'lists', lists: countLists(question.links) };
      const { query } = question;
      const wanted = question.kind === 'lines' ? question.offset + question.limit : Number.POSITIVE_INFINITY;
      const selected = await selections.until(query, wanted, cancelled);
      if (!selected) return { ok: false, reason: 'cancelled' };
      switch (question.kind) {
        case 'lines': {
          const lines = linesOf(selected, question.offset, question.limit);
          return { ok: true, kind: 'lines', lines, behind: dependsOnDerived(query) ? behind(selected) : 0 };
        }
        case 'offset':
          return { ok: true, kind: 'offset', offset: offsetOf(selected, find(question.key)?.row.id) };
        case 'count':
          return { ok: true, kind: 'count', count: selected.count };
        case 'map':
          return { ok: true, kind: 'map', ...draw(selected, question.bounds, question.zoom), behind: behind(selected) };
      }
    },
    close: () => searchFile.close(),
  };
}

/** Position of an object among the lines of a selection. */
function offsetOf({ lists }: Selected, object: number | undefined): number | null {
  if (object === undefined) return null;
  let before = 0;
  for (const { list, from, size, bits, count } of lists) {
    if (list.id !== listOf(object)) {
      before += count;
      continue;
    }
    const place = object - from;
    if (place > size || (bits && !hasBit(bits, place))) return null;
    return before + (bits ? countBelow(bits, place) : place - 1);
  }
  return null;
}
