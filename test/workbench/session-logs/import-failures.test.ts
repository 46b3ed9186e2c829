import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createLogThread, fill } from '../../../core/workbench/session-logs/importing/import-filling.ts';
import { openAt } from '../../history/folder.ts';
import { exchangeLine, linkLine, objectLine, runLine } from '../../session-log/support/lines.ts';
import { failureOf, newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { startImportProcess } from './import-process.ts';
import { importLog, logFile, newPath } from './log-files.ts';

const some = () => [linkLine(1), ...Array.from({ length: 200 }, (_, at) => exchangeLine(at + 1))];

/** Nobody can tell that an import was tried. */
async function expectNothing({ client }: TestPlatform): Promise<void> {
  expect(await client.logs.list()).toEqual([]);
  expect(await client.links.list()).toEqual([]);
  expect(await client.exchanges.list({})).toEqual([]);
  expect(await client.runs.list({})).toEqual([]);
}

/** An exchange of nobody known, which is shown all the time; its id. */
async function recordOwn({ versionsUrl, client }: TestPlatform): Promise<number> {
  await fetch(versionsUrl, { method: 'DELETE' });
  const [only] = await client.exchanges.list({});
  return only?.id ?? 0;
}

describe('a file that is no whole session log', () => {
  it('is refused with one clear sentence, and nothing of it is kept', async () => {
    const platform = await openPlatform({ serve: false });
    const { client } = platform;
    const refused = async (path: string) => failureOf(importLog(client, { path }));

    const har = newPath('browser.har');
    writeFileSync(har, '{"log":{"version":"1.2","entries":[]}}');
    expect(await refused(har)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('browser.har is no session log'),
      advice: expect.stringContaining('HAR'),
    });

    const picture = newPath('picture.ocpilog');
    writeFileSync(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    expect(await refused(picture)).toMatchObject({ message: expect.stringContaining('binary') });

    const newer = newPath('newer.ocpilog');
    const [first = '', ...rest] = gunzipSync(readFileSync(await logFile(some())))
      .toString()
      .split('\n');
    writeFileSync(newer, gzipSync([first.replace('"format":1', '"format":99'), ...rest].join('\n')));
    expect(await refused(newer)).toMatchObject({ message: expect.stringContaining('format 99') });

    expect(await refused('/nowhere/at/all.ocpilog')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused('relative.ocpilog')).toMatchObject({ message: expect.stringContaining('absolute') });
    await expectNothing(platform);
  });

  it('is imported where it was cut only if that is asked for, and says what it is', async () => {
    const platform = await openPlatform({ serve: false });
    const path = newPath('cut.ocpilog');
    const text = gunzipSync(readFileSync(await logFile(some()))).toString();
    writeFileSync(path, gzipSync(`${text.split('\n').slice(0, 102).join('\n')}\n`));
    expect(await failureOf(importLog(platform.client, { path }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('cut.ocpilog is not whole'),
    });
    await expectNothing(platform);
    const { imported } = await importLog(platform.client, { path }, true);
    expect(imported.log).toMatchObject({ condition: 'cut', counts: { exchanges: 100 } });
  });

  it('is refused where somebody changed a byte in it', async () => {
    const platform = await openPlatform({ serve: false });
    const path = newPath('altered.ocpilog');
    const text = gunzipSync(readFileSync(await logFile(some()))).toString();
    writeFileSync(path, gzipSync(text.replace('SESSION7"', 'SESSION8"')));
    expect(await failureOf(importLog(platform.client, { path }))).toMatchObject({
      message: expect.stringContaining('altered.ocpilog is not whole'),
    });
    await expectNothing(platform);
    const { imported } = await importLog(platform.client, { path }, true);
    expect(imported.log).toMatchObject({ condition: 'altered', counts: { exchanges: 200 } });
  });

  it('is refused where a line cannot be read though its last line tells of it, and leaves nothing', async () => {
    const platform = await openPlatform({ serve: false });
    const path = newPath('odd.ocpilog');
    const lines = gunzipSync(readFileSync(await logFile(some())))
      .toString()
      .trimEnd()
      .split('\n')
      .slice(0, -1);
    const body = `${[...lines, '{"type":"exchange"}'].join('\n')}\n`;
    const sha256 = createHash('sha256').update(body).digest('hex');
    const end = { type: 'end', lines: lines.length + 1, sha256 };
    writeFileSync(path, gzipSync(`${body}${JSON.stringify(end)}\n`));
    expect(await failureOf(importLog(platform.client, { path }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/^odd\.ocpilog is not whole: line 203 cannot be read: /),
    });
    await expectNothing(platform);
    const { imported } = await importLog(platform.client, { path }, true);
    expect(imported.log).toMatchObject({ condition: 'altered', counts: { exchanges: 200 } });
  });

  it('is refused without being read to its end where it has ten gigabytes of nothing', async () => {
    const platform = await openPlatform({ serve: false });
    const path = newPath('huge.ocpilog');
    const file = await open(path, 'w');
    await file.truncate(10 * 1024 ** 3);
    await file.close();
    expect(await failureOf(importLog(platform.client, { path }))).toMatchObject({ code: 'INVALID_INPUT' });
    await expectNothing(platform);
  });
});

describe('hostile content', () => {
  it('is shown as harmless text: names of any length and kind, ids that collide, times that cannot be', async () => {
    const { client } = await openPlatform({ serve: false });
    const evil = `<img src=x onerror=alert(1)>\u0000\u001b[31m\u202e${'A'.repeat(4000)}`;
    const path = await logFile([
      linkLine(1, { name: evil, organisation: evil, state: 'adopted' }),
      linkLine(1, { name: 'the same id' }),
      linkLine(2, { name: '__proto__' }),
      runLine(1, { linkId: 99, state: 'running', startedAt: -5, endedAt: 8.64e15 }),
      exchangeLine(1, { link: 1, startedAt: -1, fromParty: evil }),
      exchangeLine(1, { link: 2, startedAt: 8.64e15, operation: '__proto__', note: evil }),
      exchangeLine(3, { link: 77, resentFrom: 1, run: 1 }),
      exchangeLine(4, {
        link: 2,
        ended: { how: 'constructor', toString: 'x' },
        request: { method: evil.slice(0, 60), url: 'javascript:alert(1)', headers: [['a\nb', 'c\r\nd: e']] },
      }),
      objectLine({ link: 2, module: 'constructor' }),
      objectLine({ link: 2, list: '__proto__' }),
      objectLine({ link: 2, text: 'no JSON at all', revisions: [] }),
    ]);
    const { imported } = await importLog(client, { path });
    expect(imported.log.counts).toMatchObject({ links: 3, exchanges: 4, objects: 0 });
    const names = imported.log.links.map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u);
    for (const { was } of imported.log.links) {
      expect(was.length).toBeLessThanOrEqual(200);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(was).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
    for (const link of await client.links.list()) {
      expect(link.readOnly).toBe(true);
      expect(link.organisation.length).toBeLessThanOrEqual(100);
    }
    const all = await client.exchanges.list({});
    expect(all).toHaveLength(4);
    for (const { at } of all) expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
    expect(all.map(({ operation }) => operation)).toContain('unknown');
    expect(all.map(({ ended }) => ended)).toContain('unknown');
    const [run] = await client.runs.list({});
    expect(run).toMatchObject({ state: 'interrupted', startedAt: 0 });
    // What is imported can be asked for in every way, and exchanges that are recorded afterwards keep their order.
    for (const { id } of all) expect((await client.exchanges.get({ id })).id).toBe(id);
  });

  it('cannot make us call anybody', async () => {
    const { client } = await openPlatform({ serve: false });
    const { imported } = await importLog(client, { path: await logFile(some()) });
    const name = imported.log.links[0]?.name ?? '';
    expect(await failureOf(client.pulls.start({ name, module: 'sessions' }))).toMatchObject({ code: 'TOKEN_MISSING' });
    const [only] = await client.exchanges.list({ link: name, limit: 1 });
    expect(await failureOf(client.exchanges.resend({ id: only?.id ?? 0, confirmed: true }))).toBeDefined();
    expect(await client.exchanges.list({ limit: 1 })).toMatchObject([{ id: only?.id }]);
  });
});

describe('an import that does not come to its end', () => {
  it('leaves nothing when it is cancelled in its middle', async () => {
    const platform = await openPlatform({ serve: false });
    const many = [linkLine(1), ...Array.from({ length: 3000 }, (_, at) => exchangeLine(at + 1)), objectLine()];
    const path = await logFile(many);
    const importing = platform.workbench.logs.importing.import({ source: { path } });
    for await (const step of importing) {
      if (step.ok && step.value.kind === 'progress' && step.value.doing === 'storing') break;
    }
    await expectNothing(platform);
    // And the same file goes in as if nothing had been.
    const { imported } = await importLog(platform.client, { path });
    expect(imported.log).toMatchObject({ name: 'acme.ocpilog', counts: { exchanges: 3000, objects: 1 } });
  });

  it('leaves nothing when it is told to stop by its signal', async () => {
    const platform = await openPlatform({ serve: false });
    const path = await logFile([linkLine(1), ...Array.from({ length: 3000 }, (_, at) => exchangeLine(at + 1))]);
    const stop = new AbortController();
    let last: string | undefined;
    for await (const step of platform.workbench.logs.importing.import({ source: { path } }, stop.signal)) {
      if (!step.ok) last = step.failure.message;
      else if (step.value.kind === 'progress' && step.value.doing === 'storing') stop.abort();
    }
    expect(last).toBe('the import of acme.ocpilog was cancelled');
    await expectNothing(platform);
  });

  it('shows no link, run, exchange or transaction of it, neither on its way in nor on its way out', async () => {
    const platform = await openPlatform();
    const { client, workbench } = platform;
    const own = await recordOwn(platform);
    const path = await logFile([
      linkLine(1),
      runLine(1, { linkId: 1 }),
      ...Array.from({ length: 3000 }, (_, at) => exchangeLine(at + 1)),
    ]);
    const shown = async () => ({
      links: await client.links.list(),
      runs: await client.runs.list({}),
      listed: (await client.exchanges.list({})).map(({ id }) => id),
      filtered: (await client.exchanges.list({ direction: 'out' })).map(({ id }) => id),
      paged: (await client.exchanges.page({ offset: 0, limit: 10 })).rows.map(({ id }) => id),
      count: (await client.exchanges.count({})).count,
      words: (await client.exchanges.list({ search: 'SESSION1' })).map(({ id }) => id),
      troubles: (await client.errors.groups({ findings: 'note' })).groups.map(({ link }) => link),
      transactions: (await client.transactions.page({})).count,
    });
    const nothing = {
      ...{ links: [], runs: [], listed: [own], filtered: [], paged: [own], count: 1, words: [] },
      ...{ troubles: [null], transactions: 0 },
    };
    const seen: Awaited<ReturnType<typeof shown>>[] = [];
    let logId = 0;
    for await (const step of workbench.logs.importing.import({ source: { path } })) {
      if (!step.ok) throw new Error(step.failure.message);
      if (step.value.kind === 'imported') logId = step.value.log.logId;
      else if (step.value.doing === 'storing') {
        seen.push(await shown());
        expect(await failureOf(client.exchanges.get({ id: own + 1 }))).toMatchObject({ code: 'NOT_FOUND' });
        expect(await failureOf(client.exchanges.related({ id: own + 1 }))).toMatchObject({ code: 'NOT_FOUND' });
        expect(await failureOf(client.transactions.get({ id: own + 1 }))).toMatchObject({ code: 'NOT_FOUND' });
        expect(await failureOf(client.links.get({ name: 'acme-1 - acme' }))).toMatchObject({ code: 'NOT_FOUND' });
      }
    }
    expect(seen.length).toBeGreaterThan(0);
    for (const each of seen) expect(each).toEqual(nothing);
    const { listed, ...after } = await shown();
    expect(listed).toContain(own + 3000);
    expect(after).toMatchObject({ links: [{ name: 'acme-1 - acme' }], runs: [{ state: 'done' }], count: 3001 });
    expect(after.transactions).toBeGreaterThan(0);
    for await (const step of workbench.logs.importing.remove(logId)) {
      if (step.ok && step.value.kind === 'progress') expect(await shown()).toEqual(nothing);
    }
    expect(await shown()).toEqual(nothing);
  });

  it('is never stored where the file is not what it was found to be before', async () => {
    const history = await openAt(newDatabase());
    const path = await logFile(some());
    const thread = createLogThread(history.file);
    const states: (string | undefined)[] = [];
    history.onChange(() => states.push(history.logs.list()[0]?.state));
    const filling = fill({
      ...{ history, thread, path, name: 'acme', file: 'acme.ocpilog', now: Date.now() },
      beside: { name: 'acme', condition: 'cut' },
      signal: new AbortController().signal,
    });
    let end = await filling.next();
    while (!end.done) end = await filling.next();
    expect(end.value.outcome).toMatchObject({
      ok: false,
      failure: { message: 'acme.ocpilog changed while it was read' },
    });
    expect(end.value.log?.state).toBe('importing');
    expect(new Set(states)).toEqual(new Set(['importing']));
    await thread.close();
  });

  it('leaves nothing when the database refuses one of its exchanges', async () => {
    const platform = await openPlatform({ serve: false });
    const database = new Database(platform.file);
    database.exec(
      "CREATE TRIGGER refusing BEFORE INSERT ON exchange WHEN NEW.url LIKE '%SESSION150' BEGIN SELECT RAISE(ABORT, 'no room for it'); END",
    );
    const path = await logFile(some());
    expect(await failureOf(importLog(platform.client, { path }))).toMatchObject({
      code: 'DATABASE_UNUSABLE',
      message: expect.stringContaining('no room for it'),
    });
    await expectNothing(platform);
    database.exec('DROP TRIGGER refusing');
    database.close();
    expect((await importLog(platform.client, { path })).imported.log.counts).toMatchObject({ exchanges: 200 });
  });

  it('that was killed is taken back by the next start', async () => {
    const path = await logFile([
      linkLine(1),
      ...Array.from({ length: 8000 }, (_, at) => exchangeLine(at + 1)),
      objectLine(),
    ]);
    const file = newDatabase();
    const child = startImportProcess(file, path);
    await child.storing();
    await child.kill();
    const platform = await openPlatform({ serve: false, file });
    await expectNothing(platform);
    const rows = () => {
      const database = new Database(file, { readonly: true });
      const count = database.prepare('SELECT count(*) FROM exchange').pluck().get();
      const logs = database.prepare('SELECT count(*) FROM imported_log').pluck().get();
      database.close();
      return { count, logs };
    };
    await expect.poll(rows).toEqual({ count: 0, logs: 0 });
    await expectNothing(platform);
  });
});
