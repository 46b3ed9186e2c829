import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { Pruned, StorageCheck, StorageStats } from '../../core/contract/storage.ts';
import { openAt } from '../history/folder.ts';
import { DAY, recordAll } from '../history/keeping/recorded.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { versionsExchange } from '../support/exchanges.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

/** Exchanges of the last forty days, oldest first. */
async function filled(): Promise<void> {
  const history = await openAt(shell.db);
  await recordAll(
    history,
    Array.from({ length: 40 }, (_, at) => versionsExchange(at, { startedAt: systemClock.now() - (40 - at) * DAY })),
  );
  await history.close();
}

describe('wb db', { timeout: 60_000 }, () => {
  it('tells, prunes, keeps what is pinned and sets bounds, with an owner running and without', async () => {
    await filled();
    const serving = await shell.serve();
    expect(await shell.json('pin', '3', '#4')).toEqual({ code: 0, document: { changed: 2, missing: [] } });
    const pinned = await shell.wb('pin', '4', '999', '1000');
    expect(pinned).toMatchObject({
      code: 1,
      stdout: '0 of 3 pinned.\n',
      stderr: 'There is no exchange #999, #1000.\n',
    });
    const stats = (await shell.json('db', 'stats')).document as StorageStats;
    expect(stats).toMatchObject({ exchanges: { count: 40, pinned: 2 }, retention: { age: 90, count: null }, due: 0 });
    expect((await shell.wb('db', 'stats')).stdout).toContain('exchanges older than 90 days go');
    const dry = (await shell.json('db', 'prune', '--older-than', '30d', '--dry')).document as Pruned;
    expect(dry).toMatchObject({ exchanges: 9, kept: 31 });
    expect((await shell.json('exchanges', '--pinned')).document).toMatchObject([{ id: 4 }, { id: 3 }]);
    await serving.stop();

    const much = await shell.wb('db', 'prune', '--keep', '5');
    expect({ code: much.code, stderr: much.stderr }).toEqual({
      code: 1,
      stderr:
        '33 of 40 exchanges would be deleted for good\nConfirm it, pin what shall stay, or choose other bounds.\n',
    });
    const pruned = (await shell.json('db', 'prune', '--keep', '5', '--yes')).document as Pruned;
    expect(pruned).toMatchObject({ exchanges: 33, kept: 7 });
    expect(await shell.json('unpin', '3', '4', '999')).toEqual({ code: 0, document: { changed: 2, missing: [999] } });
    const retention = { age: 10, count: null, size: 2_000_000_000 };
    expect((await shell.json('db', 'retention', '--age', '10d', '--size', '2GB')).document).toEqual(retention);
    expect((await shell.json('db', 'retention')).document).toEqual(retention);
    expect((await shell.json('db', 'retention', '--age', 'none', '--size', 'none')).document).toEqual({
      age: null,
      count: null,
      size: null,
    });
    expect((await shell.wb('db', 'retention', '--size', 'much')).code).toBe(2);
  });

  it('copies a database, which opens and is sound, and never over a file', async () => {
    await filled();
    const copy = join(shell.folder, 'copy.db');
    const made = await shell.wb('db', 'backup', copy);
    expect(made.stdout).toContain('the key is not in it');
    expect((await shell.json('exchanges', '--db', copy, '--limit', '100')).document).toHaveLength(40);
    expect((await shell.json('db', 'check', '--db', copy)).document).toMatchObject({ ok: true, problems: [] });
    const again = await shell.wb('db', 'backup', copy);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already, and was not touched')]);
  });

  it.each([
    ['a damaged file', 'damaged', 3],
    ['one of a newer workbench', 'newer OCPI Workbench', 3],
    ['a database of another program', 'database of another program', 3],
    ['something else', 'is not a database', 3],
  ])('says what %s is, and leaves it as it is', async (kind, said, code) => {
    const file = join(shell.folder, 'given.db');
    if (kind === 'something else') writeFileSync(file, 'what is this');
    else {
      await filled();
      const made = new Database(kind === 'a database of another program' ? file : shell.db);
      if (kind === 'a damaged file') made.pragma('wal_checkpoint(TRUNCATE)');
      else if (kind === 'a database of another program') made.exec('CREATE TABLE theirs (id INTEGER)');
      else made.pragma('user_version = 99999');
      made.close();
    }
    const given = existsSync(file) ? file : shell.db;
    if (kind === 'a damaged file') {
      const { readFileSync } = await import('node:fs');
      writeFileSync(given, readFileSync(given).subarray(0, 20_000));
    }
    const before = readdirSync(shell.folder);
    const checked = await shell.wb('db', 'check', '--db', given);
    expect([checked.code, checked.stderr]).toEqual([code, expect.stringContaining(said)]);
    expect(readdirSync(shell.folder)).toEqual(before);
  });

  it('ends with 1 where the check finds something', async () => {
    await filled();
    const database = new Database(shell.db);
    database.exec("UPDATE body SET content = x'00', coding = 0");
    database.close();
    const { code, document } = await shell.json('db', 'check');
    expect([code, (document as StorageCheck).problems.length]).toEqual([1, 1]);
    expect((await shell.wb('db', 'check')).stdout).toContain('its bytes have changed');
  });
});
