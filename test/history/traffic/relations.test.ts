import { describe, expect, it } from 'vitest';
import { moduleOfOperation } from '../../../core/history/operation-module.ts';
import { catalogue } from '../../../core/ocpi/catalogue.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, openAt } from '../folder.ts';

describe('what belongs to an exchange', () => {
  it('is its transaction, its run, and what was sent again, from whichever of them one looks', async () => {
    const history = await openAt(newFile());
    for (let number = 1; number <= 300; number++) {
      const correlationId = number % 2 === 0 ? 'even' : `odd ${number}`;
      await history.recorder.record(versionsExchange(number, { correlationId, ...(number > 290 ? { runId: 7 } : {}) }));
    }
    history.resent.mark(20, 10);
    history.resent.mark(30, 20);
    history.resent.mark(31, 10);
    const related = async (id: number) => {
      const answer = await history.traffic.related(id);
      if (!answer.ok || answer.found === null) throw new Error(`nothing about ${id}`);
      const { correlated, run, resent } = answer.found;
      const ids = (rows: typeof run) => rows.map(row => row.id);
      return { correlated: ids(correlated), run: ids(run), resent: ids(resent) };
    };
    const evens = (from: number, to: number) => Array.from({ length: (to - from) / 2 + 1 }, (_, at) => from + 2 * at);
    expect((await related(2)).correlated).toEqual(evens(4, 202));
    expect((await related(150)).correlated).toEqual([...evens(50, 148), ...evens(152, 250)]);
    expect((await related(151)).correlated).toEqual([]);
    expect((await related(295)).run).toEqual([291, 292, 293, 294, 296, 297, 298, 299, 300]);
    expect((await related(10)).resent).toEqual([20, 30, 31]);
    expect((await related(30)).resent).toEqual([10, 20, 31]);
    expect((await related(11)).resent).toEqual([]);
    expect(await history.traffic.related(999)).toEqual({ ok: true, found: null });
  });
});

describe('a note', () => {
  it('stays beside its exchange, over a restart, until it is taken away', async () => {
    const file = newFile();
    const history = await openAt(file);
    await history.recorder.record(versionsExchange(1));
    await history.recorder.record(versionsExchange(2));
    history.notes.write(1, 'asked Acme about it');
    await history.close();
    const again = await openAt(file);
    expect(again.exchanges.get(1)?.note).toBe('asked Acme about it');
    expect(again.exchanges.list().map(({ note }) => note)).toEqual([null, 'asked Acme about it']);
    const noted = async () => {
      const page = await again.traffic.page({ noted: true, offset: 0, limit: 10 });
      return page.ok && page.found.rows.map(({ id, note }) => [id, note]);
    };
    expect(await noted()).toEqual([[1, 'asked Acme about it']]);
    again.notes.write(1, null);
    expect(await noted()).toEqual([]);
  });
});

describe('the module of an operation', () => {
  it('is told as the catalogue tells it', () => {
    for (const version of VERSIONS) {
      for (const { id, module } of catalogue(version)) expect([id, moduleOfOperation(id)]).toEqual([id, module]);
    }
    expect(moduleOfOperation('unknown')).toBe(null);
  });
});
