import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../core/history/keeping/drafts.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { answered, asked, daysAgo, KEEP_ALL, must, recordAll, standing } from './recorded.ts';

async function recorded(count: number, file = newFile()) {
  const history = await openAt(file, { clock: standing });
  history.links.insert(newLink('acme'));
  await recordAll(
    history,
    Array.from({ length: count }, (_, at) =>
      daysAgo(2, at, { linkId: 1, ...answered(at, `{"number":${at},"text":"${'abcdefgh'.repeat(at % 300)}"}`) }),
    ),
  );
  await history.find({ search: 'nothing', limit: 1 });
  return { file, history };
}

/** Whatever the workbench itself never does. */
function spoil(file: string, ...sql: string[]): void {
  const database = new Database(file);
  for (const each of sql) database.exec(each);
  database.close();
}

describe('the figures of a database', () => {
  it('tell its files, its tables, its exchanges, and what the bounds would let go', async () => {
    const { file, history } = await recorded(300);
    history.keeping.pins.set([3, 4], true);
    history.notes.write(5, 'a note');
    const stats = must(await history.keeping.stats({ ...KEEP_ALL, count: 100 }));
    expect(stats.file).toBe(file);
    expect(stats.files.map(({ what }) => what)).toContain('database');
    expect(stats.files.map(({ what }) => what)).toContain('full text and index of traffic');
    expect(stats.bytes).toBe(stats.files.reduce((sum, { bytes }) => sum + bytes, 0));
    const rows = Object.fromEntries(stats.tables.map(({ table, rows }) => [table, rows]));
    expect(rows).toMatchObject({ exchange: 300, body: 300, exchange_pin: 2, exchange_note: 1, link: 1 });
    expect(stats.exchanges).toMatchObject({ count: 300, pinned: 2, noted: 1, perDay: 300 });
    expect(stats.exchanges.bytesEach).toBeGreaterThan(500);
    expect(stats.due).toBe(197);
    expect(stats.diskFree).toBeGreaterThan(0);
  });
});

describe('checking a database', () => {
  it('finds nothing wrong with a sound one, and says what it looked at', async () => {
    const { history } = await recorded(120);
    const told: string[] = [];
    const check = must(await history.keeping.check({ progress: ({ doing }) => told.push(doing) }));
    expect(check).toMatchObject({ ok: true, problems: [] });
    expect(check.checked.join('\n')).toContain('120 bodies');
    expect(told).toContain('checking pages');
    expect(told).toContain('checking bodies');
  });

  it('finds a flipped byte and a body that does not unpack, and names the exchange', async () => {
    const { file, history } = await recorded(50);
    spoil(
      file,
      "UPDATE body SET content = replace(content, 'number', 'numbex') WHERE id = (SELECT response_body FROM exchange WHERE id = 7)",
      "UPDATE body SET coding = 1, content = x'28b52ffd00' WHERE id = (SELECT response_body FROM exchange WHERE id = 9)",
    );
    const { ok, problems } = must(await history.keeping.check());
    expect(ok).toBe(false);
    expect(problems.map(({ what }) => what)).toEqual([
      'body 7, of exchange 7, is not what was stored: its bytes have changed',
      'body 9, of exchange 9, is not what was stored: its bytes have changed',
    ]);
  });

  it('finds rows whose owner is gone, and exchanges whose body is', async () => {
    const { file, history } = await recorded(50);
    spoil(
      file,
      "INSERT INTO exchange_note (exchange_id, text, written_at) VALUES (900, 'of nothing', 1)",
      'DELETE FROM body WHERE id = 12',
    );
    const { problems } = must(await history.keeping.check());
    expect(problems.map(({ what }) => what)).toEqual([
      'exchange_note has rows of which there is no exchange any more: 900',
      'exchanges name a body or a link that is not there: 12',
    ]);
  });

  it('finds that what is derived knows more than there is, and says that it can be made anew', async () => {
    const { file, history } = await recorded(40);
    spoil(`${file}.search`, 'UPDATE state SET up_to = 9000');
    const { problems } = must(await history.keeping.check());
    expect(problems).toEqual([
      {
        what: 'the full text knows exchanges that the database does not have',
        advice: 'Delete that file while the workbench is closed: it is made anew.',
      },
    ]);
  });

  it('finds a page that makes no sense', async () => {
    const { file, history } = await recorded(400);
    const page = asked<number>(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'exchange_link'")[0] ?? 0;
    const moved = new Database(file);
    moved.pragma('wal_checkpoint(TRUNCATE)');
    moved.close();
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(512, 0xa5), 0, 512, (page - 1) * 4096);
    closeSync(descriptor);
    const { ok, problems } = must(await history.keeping.check());
    expect(ok).toBe(false);
    expect(problems.map(({ what }) => what).join('\n')).toContain('table exchange');
    expect(problems[0]?.advice).toContain('backup');
  });

  it('can be cancelled', async () => {
    const { history } = await recorded(50);
    const stop = new AbortController();
    stop.abort();
    expect(await history.keeping.check({ signal: stop.signal })).toMatchObject({
      ok: false,
      failure: { message: 'the database could not be checked: it was cancelled' },
    });
  });
});

describe('a backup', () => {
  it('made while exchanges are recorded opens by itself and holds what was there when it began', async () => {
    const { file, history } = await recorded(2000);
    let isOver = false;
    const path = join(dirname(file), 'copy.db');
    const making = history.keeping.backUp(path).finally(() => {
      isOver = true;
    });
    let more = 0;
    while (!isOver) {
      await recordAll(history, [daysAgo(0, 5000 + more++, answered(more))]);
      await new Promise(resolve => setImmediate(resolve));
    }
    const made = must(await making);
    expect(made).toEqual({ kind: 'backed-up', path, bytes: statSync(path).size });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file)).filter(name => name.startsWith('copy'))).toEqual(['copy.db']);
    expect(history.exchanges.count()).toBe(2000 + more);
    const copy = await openAt(path, { clock: standing });
    expect(copy.exchanges.count()).toBeGreaterThanOrEqual(2000);
    expect(copy.exchanges.get(1999)?.response?.body.text).toContain('"number":1998');
    expect(must(await copy.keeping.check())).toMatchObject({ ok: true });
    expect(existsSync(`${path}.key`)).toBe(existsSync(`${file}.key`));
  });

  it('never replaces a file, and needs a folder', async () => {
    const { file, history } = await recorded(10);
    const path = join(dirname(file), 'mine.txt');
    writeFileSync(path, 'mine');
    expect(await history.keeping.backUp(path)).toMatchObject({
      ok: false,
      failure: { message: `the backup was not made: ${path} is there already, and was not touched` },
    });
    expect(await history.keeping.backUp(join(dirname(file), 'nowhere', 'copy.db'))).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('there is no folder') },
    });
    const folder = join(dirname(file), 'folder');
    mkdirSync(folder);
    expect(await history.keeping.backUp(folder)).toMatchObject({ ok: false });
  });

  it('is made once where two are begun to the same path', async () => {
    const { file, history } = await recorded(500);
    const path = join(dirname(file), 'copy.db');
    const made = await Promise.all([history.keeping.backUp(path), history.keeping.backUp(path)]);
    expect(made.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(made.find(({ ok }) => !ok)).toMatchObject({
      failure: { message: `the backup was not made: ${path} is there already, and was not touched` },
    });
    expect(readdirSync(dirname(file)).filter(name => name.startsWith('copy'))).toEqual(['copy.db']);
    const copy = await openAt(path, { clock: standing });
    expect(copy.exchanges.count()).toBe(500);
    expect(must(await copy.keeping.check())).toMatchObject({ ok: true });
  });

  it('takes away what a killed one left at the same path, and nothing else', async () => {
    const { file, history } = await recorded(20);
    const folder = dirname(file);
    const path = join(folder, 'copy.db');
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const host = basename(draftOf(path)).slice('copy.db.part-'.length).split('-')[0];
    const left = [`copy.db.part-${host}-${gone}-0123abcd`, `copy.db.part-${host}-${gone}-0123abcd-wal`];
    const others = [
      `copy.db.part-${host}-${process.ppid}-0123abcd`,
      `copy.db.part-${host}-${process.pid}-0123abcd`,
      `copy.db.part-elsewhere-${gone}-0123abcd`,
      `copy.db.part-${host}-${gone}-mine`,
      `other.db.part-${host}-${gone}-0123abcd`,
      'copy.db.part-1',
    ];
    for (const name of [...left, ...others]) writeFileSync(join(folder, name), 'x');
    const before = join(folder, `copy.db.part-${host}-${process.pid}-00000000`);
    writeFileSync(before, 'x');
    utimesSync(before, new Date(0), new Date(0));
    must(await history.keeping.backUp(path));
    const names = readdirSync(folder).filter(name => name.includes('.part-'));
    expect(names.toSorted()).toEqual(others.toSorted());
  });

  it('that is cancelled leaves nothing', async () => {
    const { file, history } = await recorded(3000);
    const stop = new AbortController();
    stop.abort();
    expect(await history.keeping.backUp(join(dirname(file), 'copy.db'), { signal: stop.signal })).toMatchObject({
      ok: false,
      failure: { message: 'the backup was not made: it was cancelled' },
    });
    expect(readdirSync(dirname(file)).filter(name => name.startsWith('copy'))).toEqual([]);
  });
});
