import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newFile, openAt } from './folder.ts';
import { recordingProcess } from './recording-process.ts';

it('a process that is killed while it records loses nothing it was told is stored, and the database needs no repair', async () => {
  const file = newFile();
  let known = 0;
  for (let time = 1; time <= 3; time++) {
    const child = await recordingProcess(file);
    await child.atLeast(400 * time);
    await child.kill();
    known += child.acknowledged.length;

    const database = new Database(file);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const ids = new Set(database.prepare('SELECT id FROM exchange').pluck().all());
    expect(child.acknowledged.filter(id => !ids.has(id))).toEqual([]);
    expect(ids.size).toBeGreaterThanOrEqual(known);
    database.close();
  }
  const history = await openAt(file);
  expect(history.exchanges.count()).toBeGreaterThanOrEqual(known);
  expect(history.health()).toEqual({ ok: true });
});
