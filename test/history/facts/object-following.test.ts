import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  createObjectFollowing,
  FOLLOWING_TABLES,
  type FollowedObject,
  type ObjectDeriverKind,
} from '../../../core/history/facts/following.ts';
import { location } from '../objects/pages.ts';
import { cdrOf, charged } from './charges.ts';
import { openFollowed, openTold, type Told } from './facts-support.ts';

type Heard = readonly [id: string, name: unknown, revision: number, isNewest: boolean, isVanished: boolean];

/** Whoever derives something from locations, and what he hears. */
function listening(told: Told, more: Partial<ObjectDeriverKind> = {}) {
  const heard: Heard[] = [];
  const gone: number[] = [];
  const database = new Database(told.file, { readonly: true });
  const facts = new Database(':memory:');
  facts.exec(FOLLOWING_TABLES);
  const take = ({ id, object, revision, isNewest, isVanished }: FollowedObject) =>
    heard.push([id, object['name'], revision, isNewest, isVanished]);
  const kind: ObjectDeriverKind = {
    ...{ modules: ['locations'], takesEarlier: true, takesVanishing: true, tables: '' },
    ...more,
    open: () => ({
      take,
      settle: () => undefined,
      gone: ({ from, before }) => {
        const isFirst = !gone.includes(from);
        gone.push(from);
        return isFirst && before > from ? 1 : 0;
      },
    }),
  };
  const following = createObjectFollowing({ database, facts, kinds: [kind] });
  return {
    following,
    gone,
    /** What was heard since it was asked last. */
    follow: (hasTime = () => true): Heard[] => {
      following.follow(hasTime);
      return heard.splice(0);
    },
    close() {
      database.close();
      facts.close();
    },
  };
}

describe('following objects', () => {
  it('tells earlier revisions too, oldest first, and what vanished and came back', async () => {
    const told = await openTold();
    const [first, second] = [listening(told), listening(told, { takesEarlier: false, takesVanishing: false })];
    const tell = (name: string) => told.tell('locations', [location(1, { name })]);
    await tell('one');
    expect(first.follow()).toEqual([['LOC1', 'one', 1, true, false]]);
    for (const name of ['two', 'three', 'four']) await tell(name);
    // What was told before may be told once more.
    expect(first.follow().filter(([, , revision]) => revision > 1)).toEqual([
      ['LOC1', 'two', 2, false, false],
      ['LOC1', 'three', 3, false, false],
      ['LOC1', 'four', 4, true, false],
    ]);
    expect(second.follow()).toEqual([['LOC1', 'four', 4, true, false]]);
    expect(first.follow()).toEqual([]);

    await told.history.objects.ingest.vanish({ linkId: 1, module: 'locations', id: 'loc1' });
    expect([first.follow(), first.follow(), second.follow()]).toEqual([[['LOC1', 'four', 4, true, true]], [], []]);
    await tell('four');
    expect([first.follow(), first.follow()]).toEqual([[['LOC1', 'four', 4, true, false]], []]);
    await tell('five');
    expect(first.follow().at(-1)).toEqual(['LOC1', 'five', 5, true, false]);

    told.history.objects.removeLink(1);
    expect(first.following.behind()).toBe(1);
    expect(first.follow()).toEqual([]);
    expect([new Set(first.gone).size, first.following.behind()]).toEqual([1, 0]);
    first.close();
    second.close();
  });

  it('loses nothing and counts nothing twice when it is killed in the middle', { timeout: 30_000 }, async () => {
    const told = await openTold();
    const all = Array.from({ length: 3000 }, (_, at) => charged(String(at), { token: `T${at}` }));
    await told.tell(
      'cdrs',
      all.map(charge => cdrOf(charge)),
    );
    const child = fork(join(import.meta.dirname, 'following-process.ts'), [told.file, told.history.databaseId]);
    for (let batches = 0; batches < 4; batches++) expect((await once(child, 'message'))[0]).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const facts = openFollowed(told);
    expect(facts.facts.madeAnew()).toBeUndefined();
    expect(facts.report().total).toMatchObject({ charges: 3000, kwh: 60_000 });
    expect(facts.report({ by: 'token' }).count).toBe(3000);
    expect(facts.charges({ limit: 5000 }).rows.map(({ id }) => id)).toHaveLength(3000);
  });
});
