import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { History } from '../../core/history/history.ts';
import type { NewOwnObject } from '../../core/history/own-data.ts';
import { createOwnOrder } from '../../core/history/own-order.ts';
import { newFile, openAt } from './folder.ts';

const NOW = Date.UTC(2026, 0, 1);

function location(id: string, more: Partial<NewOwnObject> = {}): NewOwnObject {
  const text = `{"id":"${id}"}`;
  return { party: 'NL-WBX', module: 'locations', id, type: '', version: '2.2.1', text, lastUpdated: NOW, ...more };
}

function idsOf({ ownData }: History, more: { from?: number; to?: number; offset?: number; limit?: number } = {}) {
  const { total, objects } = ownData.page({
    parties: ['NL-WBX'],
    module: 'locations',
    offset: 0,
    limit: 1000,
    ...more,
  });
  return { total, ids: objects.map(({ id }) => id) };
}

describe('what our parties own', () => {
  it('is there after a restart, by its id in any case, as the text it was written in', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.ownData.put([location('Loc-1', { text: '{"id":"Loc-1","kwh":1.00}' })]);
    await before.close();
    const after = await openAt(file);
    expect(after.ownData.get({ parties: ['NL-WBX'], module: 'locations', id: 'LOC-1' })).toMatchObject({
      id: 'Loc-1',
      party: 'NL-WBX',
      version: '2.2.1',
      text: '{"id":"Loc-1","kwh":1.00}',
      lastUpdated: NOW,
    });
    expect(after.ownData.get({ parties: ['NL-XYZ'], module: 'locations', id: 'LOC-1' })).toBeUndefined();
  });

  it('counts what is new, changed and unchanged; a changed object stays one object', async () => {
    const history = await openAt(newFile());
    expect(history.ownData.put([location('a'), location('b')])).toEqual({ added: 2, changed: 0, unchanged: 0 });
    const again = [location('A', { text: '{"id":"A"}' }), location('b'), location('c')];
    expect(history.ownData.put(again)).toEqual({ added: 1, changed: 1, unchanged: 1 });
    expect(idsOf(history).ids).toEqual(['A', 'b', 'c']);
  });

  it('tells tokens of one uid apart by their type', async () => {
    const { ownData } = await openAt(newFile());
    const token = (type: string) => location('T', { module: 'tokens', type });
    expect(ownData.put([token('RFID'), token('APP_USER')])).toMatchObject({ added: 2 });
    const of = { parties: ['NL-WBX'], module: 'tokens', id: 't' } as const;
    expect(ownData.remove({ ...of, type: 'app_user' })).toBe(1);
    expect(ownData.remove(of)).toBe(1);
    expect(ownData.remove(of)).toBe(0);
  });

  it('is ordered by last_updated, an object without one by the moment it was written', async () => {
    const clock = { ...systemClock, now: () => NOW + 5000.7 };
    const history = await openAt(newFile(), { clock });
    const { lastUpdated: _, ...undated } = location('undated');
    history.ownData.put([location('late', { lastUpdated: NOW + 9000 }), undated, location('early')]);
    expect(idsOf(history).ids).toEqual(['early', 'undated', 'late']);
    expect(idsOf(history, { from: NOW + 5000, to: NOW + 9000 })).toEqual({ total: 1, ids: ['undated'] });
  });

  it('is as before when the transaction around a change is taken back', async () => {
    const history = await openAt(newFile());
    history.ownData.put([location('a')]);
    expect(idsOf(history).total).toBe(1);
    const work = () =>
      history.transaction(() => {
        history.ownData.put([location('b')]);
        throw new Error('taken back');
      });
    expect(work).toThrow('taken back');
    expect(idsOf(history)).toEqual({ total: 1, ids: ['a'] });
  });

  it('pages in one order whatever was added, changed and removed, few at a time or many', async () => {
    const history = await openAt(newFile());
    const change = fc.record({
      kind: fc.constantFrom('put', 'remove'),
      ids: fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 5 }),
      at: fc.nat({ max: 20 }),
      many: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        (changes, from, span) => {
          const expected = new Map<string, { at: number; nth: number }>();
          let nth = 0;
          const all = { parties: ['NL-WBX'], module: 'locations' } as const;
          for (const { id } of history.ownData.page({ ...all, offset: 0, limit: 10_000 }).objects)
            history.ownData.remove({ ...all, id });
          for (const { kind, ids, at, many } of changes) {
            if (kind === 'remove') {
              for (const id of ids) {
                history.ownData.remove({ ...all, id: `L${id}` });
                expected.delete(`L${id}`);
              }
              continue;
            }
            const put = ids.map(id => location(`L${id}`, { lastUpdated: NOW + at, text: `{"at":${at}}` }));
            if (many) {
              for (let filler = 0; filler < 101; filler++) put.push(location(`F${filler}`, { lastUpdated: NOW + 100 }));
            }
            history.ownData.put(put);
            for (const { id, lastUpdated = 0 } of put)
              expected.set(id, { at: lastUpdated, nth: expected.get(id)?.nth ?? nth++ });
          }
          const wanted = [...expected]
            .sort(([, a], [, b]) => a.at - b.at || a.nth - b.nth)
            .filter(([, { at }]) => at >= NOW + from && at < NOW + from + span)
            .map(([id]) => id);
          const paged: string[] = [];
          for (let offset = 0; ; offset += 3) {
            const { total, ids } = idsOf(history, { from: NOW + from, to: NOW + from + span, offset, limit: 3 });
            expect(total).toBe(wanted.length);
            if (ids.length === 0) break;
            paged.push(...ids);
          }
          expect(paged).toEqual(wanted);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the order of a million objects', () => {
  it('gives its last page as it gives the first', () => {
    const count = 1_000_000;
    const order = createOwnOrder(
      (function* () {
        for (let row = 1; row <= count; row++) yield { lastUpdated: NOW + Math.floor(row / 3), row };
      })(),
    );
    expect(order.rows(count - 1000, count)).toEqual(Array.from({ length: 1000 }, (_, at) => count - 999 + at));
    const { first, end } = order.range({ from: NOW + 1000, to: NOW + 2000 });
    expect([first, end]).toEqual([2999, 5999]);
    order.remove({ lastUpdated: NOW, row: 1 });
    order.add({ lastUpdated: NOW, row: count + 1 });
    expect(order.rows(0, 3)).toEqual([2, count + 1, 3]);
  });
});
