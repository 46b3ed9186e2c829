import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { newFile, openAt } from '../folder.ts';
import { killedWhile } from './deleting-process.ts';
import { answered, asked, countOf, daysAgo, KEEP_ALL, must, recordAll, standing } from './recorded.ts';

const OLD = 6000;
const YOUNG = 50;

async function filled(): Promise<string> {
  const file = newFile();
  const history = await openAt(file, { clock: standing });
  await recordAll(
    history,
    Array.from({ length: OLD + YOUNG }, (_, at) => daysAgo(at < OLD ? 60 : 1, at, answered(at, `lantern ${at}`))),
  );
  await history.find({ search: 'lantern', limit: 1 });
  await history.close();
  return file;
}

describe('a process that is killed while it prunes', () => {
  it.each(['deleting', 'deleting bodies', 'giving back space'])(
    'leaves a sound database while it is %s, and what it began is done the next time',
    { timeout: 60_000 },
    async doing => {
      const file = await filled();
      await killedWhile(file, doing);
      const database = new Database(file, { readonly: true });
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
      expect(asked(file, 'SELECT id FROM exchange WHERE response_body NOT IN (SELECT id FROM body)')).toEqual([]);
      expect(countOf(file, `exchange WHERE id > ${OLD}`)).toBe(YOUNG);

      const history = await openAt(file, { clock: standing });
      // What the killed one had deleted is not found any more, also where nobody was told.
      const left = history.exchanges.count();
      const all = await history.traffic.count({ direction: 'in' });
      expect(all.ok && all.found.count).toBe(left);
      expect(must(await history.keeping.check()).problems).toEqual([]);
      must(
        await history.keeping.deleteExchanges({
          kind: 'retention',
          retention: { ...KEEP_ALL, count: YOUNG - 1 },
          gently: false,
        }),
      );
      expect(countOf(file, 'exchange')).toBe(YOUNG - 1);
      expect(countOf(file, 'body')).toBe(YOUNG - 1);
      const found = await history.traffic.count({ search: 'lantern' });
      expect(found.ok && found.found.count).toBe(YOUNG - 1);
    },
  );
});
