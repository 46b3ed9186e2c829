import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { openHistory } from '../../core/history/history.ts';
import { NEWEST_VERSION } from '../../core/history/migrations/list.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openAt } from './folder.ts';

const open = (file: string, more = {}) => openHistory({ file, clock: systemClock, keyStore: 'file', ...more });

/** A closed database with something in it. */
async function written(file: string, exchanges = 3): Promise<void> {
  const history = await openAt(file);
  history.links.insert(newLink('Acme'));
  await Promise.all(
    Array.from({ length: exchanges }, (_, number) => history.recorder.record(versionsExchange(number))),
  );
  await history.close();
}

/** Everything about a file that must not change when it is refused. */
function traces(file: string) {
  const { mtimeMs, size, ino } = statSync(file);
  return {
    bytes: readFileSync(file).toString('base64'),
    mtimeMs,
    size,
    ino,
    beside: readdirSync(dirname(file)).sort(),
  };
}

describe('opening a database', () => {
  it('a new one is made in a folder that is not there yet, and says which program it belongs to', async () => {
    const file = join(dirname(newFile()), 'deep', 'down', 'workbench.db');
    await (await openAt(file)).close();
    const database = new Database(file, { readonly: true });
    expect(database.pragma('application_id', { simple: true })).toBe(0x4f435057);
    expect(database.pragma('user_version', { simple: true })).toBe(NEWEST_VERSION);
    expect(database.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });

  it('leaves no log behind when it is closed, and finds everything again', async () => {
    const file = newFile();
    await written(file);
    expect(readdirSync(dirname(file)).sort()).toEqual(['workbench.db', 'workbench.db.key', 'workbench.db.search']);
    const history = await openAt(file);
    expect(history.links.byName('acme')?.name).toBe('Acme');
    expect(history.exchanges.count()).toBe(3);
  });

  it('one written by a newer workbench is refused, and not a byte of it or beside it changes', async () => {
    const file = newFile();
    await written(file);
    const database = new Database(file);
    database.pragma('user_version = 9990');
    database.close();
    const before = traces(file);
    for (const setAside of [false, true]) {
      expect(await open(file, { setAside })).toMatchObject({ ok: false, code: 'NEWER' });
      expect(traces(file)).toEqual(before);
    }
  });

  it('a newer one that was killed, with its version still in the log, is refused and keeps file and log', async () => {
    const file = newFile();
    await written(file);
    const newer = new Database(file);
    newer.pragma('user_version = 9990');
    const copy = newFile();
    for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(file + end));
    newer.close();
    const log = readFileSync(`${copy}-wal`);
    const { bytes, mtimeMs } = traces(copy);
    expect(await open(copy)).toMatchObject({ ok: false, code: 'NEWER' });
    expect(traces(copy)).toMatchObject({ bytes, mtimeMs });
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
  });

  it('a file that is no database is refused and left alone, asked to set it aside or not', async () => {
    const file = newFile();
    writeFileSync(file, 'meeting notes, very important\n'.repeat(50));
    const before = traces(file);
    expect(await open(file, { setAside: true })).toMatchObject({ ok: false, code: 'NOT_A_DATABASE' });
    expect(traces(file)).toEqual(before);
  });

  it('an empty database that another program has marked with a version is refused and left alone', async () => {
    const file = newFile();
    const database = new Database(file);
    database.pragma('user_version = 7');
    database.close();
    const before = traces(file);
    expect(await open(file, { setAside: true })).toMatchObject({ ok: false, code: 'NOT_OURS' });
    expect(traces(file)).toEqual(before);
  });

  it('a new database, its log and its index can be read by this user alone', async () => {
    const file = newFile();
    const history = await openAt(file);
    await history.find({ search: 'anything', limit: 1 });
    for (const end of ['', '-wal', '.search']) expect(statSync(file + end).mode & 0o777).toBe(0o600);
  });

  it('a database of another program is refused and left alone', async () => {
    const file = newFile();
    const database = new Database(file);
    database.exec('CREATE TABLE recipe (name TEXT)');
    database.close();
    const before = traces(file);
    expect(await open(file, { setAside: true })).toMatchObject({ ok: false, code: 'NOT_OURS' });
    expect(traces(file)).toEqual(before);
  });

  it.each([
    ['cut in half', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['with a header of zeros', (file: string) => overwrite(file, 0, Buffer.alloc(100))],
    ['with a page of rubbish in the middle', (file: string) => overwrite(file, 4096 * 3, Buffer.alloc(4096, 0xa5))],
  ])('a damaged one (%s) is named, refused and left alone; asked to, it is set aside whole', async (_, harm) => {
    const file = newFile();
    await written(file, 40);
    harm(file);
    const before = traces(file);
    expect(await open(file)).toMatchObject({ ok: false, code: 'DAMAGED', message: expect.stringContaining(file) });
    expect(traces(file)).toEqual(before);

    const opened = await open(file, { setAside: true });
    if (!opened.ok) throw new Error(opened.message);
    expect(opened.setAsideAs).toMatch(/\.damaged-\d{8}T\d{6}Z$/);
    expect(readFileSync(opened.setAsideAs ?? '').toString('base64')).toBe(before.bytes);
    expect(opened.history.exchanges.count()).toBe(0);
    await opened.history.close();
  });

  it('one that another program holds locked is refused as locked', async () => {
    const file = newFile();
    await written(file);
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(await open(file)).toMatchObject({ ok: false, code: 'LOCKED' });
    other.close();
    expect((await openAt(file)).exchanges.count()).toBe(3);
  });

  it('a file marked read-only is refused for writing, and can be read', async () => {
    const file = newFile();
    await written(file);
    chmodSync(file, 0o444);
    rmSync(`${file}.key`);
    expect(await open(file)).toMatchObject({ ok: false, code: 'READ_ONLY' });
    const history = await openAt(file, { readOnly: true });
    expect(history.exchanges.list()).toHaveLength(3);
    expect(existsSync(`${file}.key`)).toBe(false);
    expect(history.keyNotice()).toBeUndefined();
    expect(await history.recorder.record(versionsExchange(4))).toMatchObject({ stored: false });
    expect(await history.find({ search: 'versions', limit: 10 })).toMatchObject({ ok: false });
  });

  it('a large one is opened after a look at the newest rows of each table, also of those without row ids', async () => {
    const file = newFile();
    const history = await openAt(file);
    const body = Buffer.from(Array.from({ length: 9 * 1024 * 1024 }, (_, at) => (at * at) >> 8));
    const response = { status: 200, statusText: 'OK', headers: [], body };
    await history.recorder.record(versionsExchange(1, { response }));
    history.objects.moveCursor({ linkId: 1, module: 'locations', to: 1 });
    await history.close();
    expect((await openAt(file)).exchanges.count()).toBe(1);
  });

  it('a path in a folder that cannot be made is refused with what the system said', async () => {
    const file = newFile();
    writeFileSync(file, '');
    expect(await open(join(file, 'below', 'workbench.db'))).toMatchObject({ ok: false, code: 'NOT_REACHABLE' });
    expect(await open(join(dirname(file), 'missing.db'), { readOnly: true })).toMatchObject({ code: 'NOT_REACHABLE' });
    expect(existsSync(join(dirname(file), 'missing.db'))).toBe(false);
  });

  it('an older one is brought up to date, except for reading only', async () => {
    const file = newFile();
    const schema = readFileSync(new URL('../fixtures/history/schema-10.sql', import.meta.url), 'utf8');
    const database = new Database(file);
    database.exec(schema);
    database.pragma(`application_id = ${0x4f435057}`);
    database.pragma('user_version = 10');
    database.close();
    expect(await open(file, { readOnly: true })).toMatchObject({ ok: false, code: 'READ_ONLY' });
    const history = await openAt(file);
    expect(history.links.list().map(({ name }) => name)).toEqual(['Kept']);
    expect(await history.recorder.record(versionsExchange(1))).toEqual({ stored: true, id: 1 });
  });
});

function overwrite(file: string, at: number, bytes: Buffer): void {
  const content = readFileSync(file);
  bytes.copy(content, at);
  writeFileSync(file, content);
}
