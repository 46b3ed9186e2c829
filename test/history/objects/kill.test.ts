import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createRevisions } from '../../../core/history/objects/revisions.ts';
import { createTextReader, type TextPlace } from '../../../core/history/objects/text-blocks.ts';
import { newFile, openAt } from '../folder.ts';
import { answer, pageOf } from './pages.ts';
import { pageOfRun, pullingProcess } from './pulling-process.ts';

const SIZE = 500;

it('a process killed in the middle of a pull loses no page it was told is stored, leaves no object half, and a new pull mends the rest', async () => {
  const file = newFile();
  let last = 0;
  for (const run of [1, 2]) {
    const child = pullingProcess(file, { run, size: SIZE });
    await child.atLeast(3 + run);
    await child.kill();
    last = Math.max(last, ...child.acknowledged);
    const database = new Database(file);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    assertStored(database, run, child.acknowledged);
    database.close();
  }

  const history = await openAt(file);
  for (let page = 0; page <= last; page++) {
    await history.objects.ingest.store(pageOf(answer(pageOfRun(4, page, SIZE)), { runId: 4, page, seenAt: 2e12 }));
  }
  const found = await history.objects.list({
    linkId: 1,
    module: 'locations',
    limit: 10_000,
    where: ['city=town 4'],
  });
  const wanted = Array.from({ length: (last + 1) * SIZE }, (_, number) => number).filter(number => number % 3 === 1);
  expect(found.ok && found.objects.map(({ id }) => id)).toEqual(wanted.map(number => `LOC${number}`));
});

/** Pages that were acknowledged are there as sent; whatever else is there is whole. */
function assertStored(database: Database.Database, run: number, pages: readonly number[]): void {
  const texts = createTextReader(database);
  const revisions = createRevisions(database);
  const row = database.prepare<[string], TextPlace>('SELECT block, place, length FROM object WHERE key = ?');
  for (const page of pages) {
    for (const object of pageOfRun(run, page, SIZE)) {
      const place = row.get(`${object.id.toLowerCase()}\nnl-tnm\n`);
      if (!place) throw new Error(`${object.id} is missing`);
      if (texts.text(place) !== JSON.stringify(object)) throw new Error(`${object.id} is not as it was sent`);
    }
  }
  const sample = database.prepare<[], string>('SELECT key FROM object ORDER BY random() LIMIT 50').pluck().all();
  for (const key of sample) {
    const found = revisions.of({ linkId: 1, module: 'locations', id: key.split('\n')[0] ?? '' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ revision }) => revision)).toEqual(found.map((_, at) => found.length - at));
  }
}
