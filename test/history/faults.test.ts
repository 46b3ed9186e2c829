import { describe, expect, it } from 'vitest';
import type { NewFaultRule } from '../../core/history/faults.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openAt, openWithConnection } from './folder.ts';

function rule(name: string, more: Partial<NewFaultRule> = {}): NewFaultRule {
  return {
    name,
    kind: 'envelope.data-null',
    pack: null,
    parameters: {},
    scope: {},
    when: {},
    seed: '1',
    armed: true,
    reachesRegistration: false,
    reachesProduction: false,
    ...more,
  };
}

describe('fault rules', () => {
  it('keep their order and everything said of them over a restart; a name is taken in any case', async () => {
    const file = newFile();
    const before = await openAt(file);
    const [a = 0, b = 0, c = 0] = ['a', 'b', 'c'].map(name => before.faults.insert(rule(name)));
    before.faults.move(c, a);
    before.faults.update(b, rule('B', { scope: { module: 'tokens' }, pack: 'p', reachesProduction: true }));
    expect(() => before.faults.insert(rule('A'))).toThrow(/UNIQUE/);
    expect(() => before.faults.update(99, rule('x'))).toThrow('no fault rule 99');
    expect(() => before.faults.move(a, 99)).toThrow('no fault rule 99');
    const kept = before.faults.rules();
    await before.close();
    const after = await openAt(file);
    expect(after.faults.rules()).toEqual(kept);
    expect(kept.map(({ name }) => name)).toEqual(['c', 'a', 'B']);
    expect(kept[2]).toMatchObject({ scope: { module: 'tokens' }, pack: 'p', reachesProduction: true });
  });

  it('are as before, counts included, where the transaction that took them away was rolled back', async () => {
    const history = await openAt(newFile());
    const id = history.faults.insert(rule('a'));
    history.faults.count({ ruleId: id, linkId: 0 }, 5);
    history.faults.memory({ ruleId: id, linkId: 0 }).set('k', 'v');
    await history.recorder.record(versionsExchange(1));
    const before = history.faults.revision();
    expect(() =>
      history.transaction(() => {
        history.faults.remove([id]);
        throw new Error('changed my mind');
      }),
    ).toThrow('changed my mind');
    expect(history.faults.rules()).toMatchObject([{ id, name: 'a' }]);
    expect(history.faults.revision()).not.toBe(before);
    expect(history.faults.tally({ ruleId: id, linkId: 0 })).toEqual({ met: 1, fired: 1, lastFiredAt: 5 });
    expect(history.faults.memory({ ruleId: id, linkId: 0 }).get('k')).toBe('v');
  });
});

describe('what rules count and remember', () => {
  it('stands in the file with the exchange it belongs to, for each rule and link', async () => {
    const { database, history } = await openWithConnection(newFile());
    const { faults } = history;
    const id = faults.insert(rule('a'));
    faults.count({ ruleId: id, linkId: 1 });
    faults.count({ ruleId: id, linkId: 1 }, 10);
    faults.count({ ruleId: id, linkId: 2 }, 20);
    faults.memory({ ruleId: id, linkId: 1 }).set('seen', 'LOC1');
    faults.memory({ ruleId: id, linkId: 1 }).set('gone', 'x');
    faults.memory({ ruleId: id, linkId: 1 }).set('gone', undefined);
    expect(database.prepare('SELECT count(*) FROM fault_tally').pluck().get()).toBe(0);
    await history.recorder.record(versionsExchange(1));
    expect(database.prepare('SELECT link_id, met, fired, last_fired_at FROM fault_tally').raw().all()).toEqual([
      [1, 2, 1, 10],
      [2, 1, 1, 20],
    ]);
    expect(database.prepare('SELECT link_id, key, value FROM fault_memory').raw().all()).toEqual([[1, 'seen', 'LOC1']]);
    expect(faults.total(id)).toEqual({ met: 3, fired: 2, lastFiredAt: 20 });
    faults.restart([id]);
    expect(faults.total(id)).toEqual({ met: 0, fired: 0, lastFiredAt: null });
    expect(database.prepare('SELECT count(*) FROM fault_memory').pluck().get()).toBe(0);
  });

  it('is written later where it could not be written, and not for a rule that is gone by then', async () => {
    const { database, history } = await openWithConnection(newFile());
    const { faults } = history;
    const [kept = 0, gone = 0] = ['kept', 'gone'].map(name => faults.insert(rule(name)));
    database.exec("CREATE TRIGGER broken BEFORE INSERT ON fault_tally BEGIN SELECT RAISE(ABORT, 'broken'); END");
    faults.count({ ruleId: kept, linkId: 0 });
    faults.count({ ruleId: gone, linkId: 0 });
    faults.memory({ ruleId: kept, linkId: 0 }).set('k', 'v');
    // The exchange is stored all the same: one that cannot be written does not take the others with it.
    expect(await history.recorder.record(versionsExchange(1))).toMatchObject({ stored: true });
    expect(database.prepare('SELECT count(*) FROM fault_tally').pluck().get()).toBe(0);
    database.exec('DROP TRIGGER broken');
    faults.remove([gone]);
    faults.count({ ruleId: kept, linkId: 0 });
    await history.recorder.record(versionsExchange(2));
    expect(database.prepare('SELECT rule_id, met FROM fault_tally').raw().all()).toEqual([[kept, 2]]);
    expect(database.prepare('SELECT value FROM fault_memory').pluck().all()).toEqual(['v']);
  });
});

describe('what rules did', () => {
  it('is listed newest first, of one rule or before an exchange', async () => {
    const history = await openAt(newFile());
    const { id: linkId } = history.links.insert(newLink('volta'));
    const firing = (ruleId: number, hit: number) => ({
      rule: `rule ${ruleId}`,
      ruleId,
      kind: 'envelope.data-null',
      parameters: {},
      hit,
      did: 'data was replaced with null',
      applied: true,
    });
    for (let number = 1; number <= 4; number++) {
      const firings = [firing(1, number), ...(number % 2 === 0 ? [firing(11, number / 2)] : [])];
      await history.recorder.record(versionsExchange(number, { linkId, faults: { firings, wire: ['head'] } }));
    }
    await history.recorder.record(versionsExchange(5));
    const hits = (query: object) =>
      history.faults.hits({ limit: 100, ...query }).map(hit => [hit.exchangeId, hit.rule]);
    expect(hits({})).toEqual([
      [4, 'rule 1'],
      [4, 'rule 11'],
      [3, 'rule 1'],
      [2, 'rule 1'],
      [2, 'rule 11'],
      [1, 'rule 1'],
    ]);
    expect(hits({ ruleId: 11 })).toEqual([
      [4, 'rule 11'],
      [2, 'rule 11'],
    ]);
    expect(hits({ before: 3, limit: 1 })).toEqual([
      [2, 'rule 1'],
      [2, 'rule 11'],
    ]);
    expect(history.faults.hits({ limit: 1 })[0]).toMatchObject({
      direction: 'in',
      link: 'volta',
      operation: 'versions.list',
      hit: 4,
    });
  });
});
