import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageToStore } from '../../../core/contract/ingest.ts';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createGate } from '../../../core/history/objects/gate.ts';
import { createIngesting, type PageReady } from '../../../core/history/objects/ingesting.ts';
import { arrived, createPagePreparing, memoryOf } from '../../../core/history/objects/page-preparing.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { answer, counts, location, pageOf } from './pages.ts';

function open() {
  const database = new Database(newFile());
  database.pragma('journal_mode = WAL');
  migrate(database);
  const prepare = createPagePreparing(database);
  /** Read, and moved as it is between threads. */
  const read = ({ body, ...page }: PageToStore): PageReady => {
    const prepared = prepare({ ...page, body });
    return { ...page, prepared: arrived(structuredClone(prepared, { transfer: memoryOf(prepared) })) };
  };
  const rows = () => ({
    objects: database.prepare('SELECT * FROM object ORDER BY id').all(),
    values: database.prepare('SELECT * FROM object_value ORDER BY id').all(),
    revisions: database.prepare('SELECT * FROM object_revision ORDER BY change').all(),
  });
  return { ingesting: createIngesting(database, createGate()), read, rows };
}

/** Some locations, some of them changed, wrong, without an id or met twice. */
const item = fc
  .tuple(fc.nat(30), fc.constantFrom({}, { name: 'Another' }, { publish: 'yes' }, { id: '' }, { last_updated: 1 }))
  .map(([number, more]) => location(number, more));
const pages = fc.array(fc.array(item, { maxLength: 40 }), { minLength: 1, maxLength: 6 });

describe('a page that was read ahead', () => {
  it('is stored as if it had been read only then, whatever was stored meanwhile', () => {
    fc.assert(
      fc.property(pages, pages, (stored, ahead) => {
        const one = open();
        const other = open();
        const first = stored.map((items, page) => () => pageOf(answer(items), { page }));
        const second = ahead.map((items, page) => () => pageOf(answer(items), { page, runId: 2 }));
        for (const page of first) {
          one.ingesting.store(page());
          other.ingesting.store(page());
        }
        const read = second.map(page => other.read(page()));
        for (const [at, page] of second.entries()) {
          expect(other.ingesting.storeRead(read[at] as PageReady)).toEqual(one.ingesting.store(page()));
        }
        expect(other.rows()).toEqual(one.rows());
      }),
      { numRuns: 30 },
    );
  });

  it('is judged by what is stored by then: what it was read as may have been replaced', () => {
    const { ingesting, read } = open();
    ingesting.store(pageOf(answer([location(1)])));
    const known = read(pageOf(answer([location(1)]), { runId: 2, page: 1 }));
    ingesting.store(pageOf(answer([location(1, { name: 'Another' })]), { runId: 2 }));
    expect(counts(ingesting.storeRead(known))).toEqual({ items: 1, again: 1 });
  });

  it('and is not wanted in the end leaves no trace', async () => {
    const history = await openAt(newFile());
    history.links.insert(newLink('Acme'));
    const { ingest } = history.objects;
    const { runId, page, seenAt, ...unwanted } = pageOf(answer([location(1)]));
    ingest.read(unwanted);
    const stored = await ingest.store(pageOf(answer([location(2)])));
    expect(counts(stored)).toEqual({ items: 1, added: 1 });
    const found = await history.objects.list({ linkId: 1, module: 'locations', limit: 10 });
    expect(found).toMatchObject({ ok: true, objects: [{ id: 'LOC2' }] });
  });
});
