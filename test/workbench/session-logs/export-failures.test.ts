import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { LinkSettings } from '../../../core/contract/link.ts';
import { openHistory } from '../../../core/history/history.ts';
import { draftOf } from '../../../core/history/keeping/drafts.ts';
import { createKeptExports } from '../../../core/workbench/session-logs/exporting/kept-exports.ts';
import { createOutFile, fileFailure } from '../../../core/workbench/session-logs/exporting/out-file.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { failureOf, must, newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { exportLog, ofType, recordsOf } from './recorded-pair.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbench-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OUT_FILE = new URL('../../../core/workbench/session-logs/exporting/out-file.ts', import.meta.url).href;

/** A folder of its own, so that whatever is left in it is seen. */
function newFolder(): string {
  return mkdtempSync(join(folder, 'out-'));
}

/** A workbench over as many exchanges of one link. */
async function filled(count: number): Promise<TestPlatform> {
  const file = newDatabase();
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  const link = history.links.insert({
    name: 'acme',
    organisation: 'Acme',
    environment: 'test',
    state: 'new',
    readOnly: true,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: LinkSettings.parse({}),
  });
  for (let number = 1; number <= count; number += 500) {
    const group = Array.from({ length: Math.min(500, count - number + 1) }, (_, at) => number + at);
    await Promise.all(group.map(one => history.recorder.record(versionsExchange(one, { linkId: link.id }))));
  }
  await history.close();
  return openPlatform({ file, serve: false });
}

describe('where a file is to lie', () => {
  it('is refused with its reason, and nothing is left there', async () => {
    const platform = await filled(3);
    const out = newFolder();
    writeFileSync(join(out, 'there.ocpilog'), 'mine');
    mkdirSync(join(out, 'folder'));
    const before = readdirSync(out);
    const refusals: readonly (readonly [path: string, code: string, message: string])[] = [
      ['relative.ocpilog', 'INVALID_INPUT', 'is no absolute path'],
      [join(out, 'there.ocpilog'), 'NAME_TAKEN', 'exists already'],
      [join(out, 'folder'), 'INVALID_INPUT', 'is a folder'],
      [join(out, 'nowhere', 'a.ocpilog'), 'INVALID_INPUT', 'its folder does not exist'],
      [join(out, 'there.ocpilog', 'a.ocpilog'), 'INVALID_INPUT', 'a part of its path is no folder'],
      [join(out, `${'x'.repeat(300)}.ocpilog`), 'INVALID_INPUT', 'its name is too long'],
      ['/dev/null', 'INVALID_INPUT', 'is no ordinary file'],
    ];
    for (const [path, code, message] of refusals) {
      const failure = await failureOf(exportLog(platform.client, { path }));
      expect([path, failure]).toEqual([
        path,
        expect.objectContaining({ code, message: expect.stringContaining(message) }),
      ]);
    }
    expect(readdirSync(out)).toEqual(before);
    expect(readFileSync(join(out, 'there.ocpilog'), 'utf8')).toBe('mine');
  });

  it('may be an existing file where it is to be replaced', async () => {
    const platform = await filled(3);
    const path = join(newFolder(), 'there.ocpilog');
    writeFileSync(path, 'mine');
    await exportLog(platform.client, { path, replace: true });
    expect(ofType(await recordsOf(path), 'exchange')).toHaveLength(3);
    expect(readdirSync(dirname(path))).toEqual([basename(path)]);
  });

  it('is not taken from a file that came to lie there meanwhile', async () => {
    const path = join(newFolder(), 'a.har');
    const out = must(await createOutFile({ path, temporary: `${path}.part`, replace: false, hidden: false }));
    await out.write(Buffer.from('ours'));
    writeFileSync(path, 'theirs');
    expect(await out.finish()).toMatchObject({ ok: false, failure: { code: 'NAME_TAKEN' } });
    await out.discard();
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(readdirSync(dirname(path))).toEqual([basename(path)]);
  });

  it.each([
    ['ENOSPC', 'OPERATION_FAILED', 'the disk is full'],
    ['EDQUOT', 'OPERATION_FAILED', 'no more may be stored there'],
    ['EACCES', 'INVALID_INPUT', 'it may not be written there'],
    ['EROFS', 'INVALID_INPUT', 'that disk may only be read'],
  ])('tells %s in words', (code, failure, message) => {
    const error = Object.assign(new Error(`${code}: as the system says it`), { code });
    expect(fileFailure(error, '/out/a.har')).toMatchObject({
      ok: false,
      failure: { code: failure, message: `/out/a.har cannot be written: ${message}` },
    });
  });

  it.skipIf(process.platform === 'win32')('that has no room is told, and nothing of the file stays', () => {
    const out = newFolder();
    const script = join(newFolder(), 'write.mjs');
    writeFileSync(
      script,
      `import { createOutFile, fileFailure } from ${JSON.stringify(OUT_FILE)};
      // The system says it with a signal too.
      process.on('SIGXFSZ', () => {});
      const path = ${JSON.stringify(join(out, 'a.har'))};
      const made = await createOutFile({ path, temporary: path + '.part', replace: false, hidden: false });
      const told = await made.value.write(Buffer.alloc(3_000_000)).catch(error => fileFailure(error, path));
      await made.value.discard();
      console.log(told.failure.code + ': ' + told.failure.message);`,
    );
    const said = execFileSync('/bin/sh', ['-c', 'ulimit -f 1024; exec "$0" "$1"', process.execPath, script]);
    expect(said.toString()).toBe(
      `OPERATION_FAILED: ${join(out, 'a.har')} cannot be written: the file grew larger than is allowed there\n`,
    );
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('an export that is killed', () => {
  it('leaves a draft, which the next one to the same path takes away; what others are at stays', async () => {
    const platform = await filled(3);
    const path = join(newFolder(), 'charge.ocpilog');
    const draft = basename(draftOf(join(dirname(path), `.${basename(path)}`)));
    // No process has this id.
    const left = draft.replace(`-${process.pid}-`, `-${2 ** 22 + 1}-`);
    const others = draft.replace(`-${process.pid}-`, `-${process.ppid}-`);
    for (const name of [left, others]) writeFileSync(join(dirname(path), name), 'half');
    await exportLog(platform.client, { path });
    expect(readdirSync(dirname(path)).sort()).toEqual([others, basename(path)].sort());
  });
});

describe('an export that is cancelled', () => {
  it('leaves nothing behind, and the workbench goes on', async () => {
    const platform = await filled(6000);
    const out = newFolder();
    const stop = new AbortController();
    const steps = platform.workbench.logs.exporting.export(
      {
        scope: {},
        redaction: { groups: ['personal'] },
        title: '',
        format: 'ocpilog',
        table: 'exchanges',
        path: join(out, 'a.ocpilog'),
      },
      stop.signal,
    );
    const first = await steps.next();
    expect(first.value).toMatchObject({ ok: true, value: { kind: 'progress', doing: 'looking' } });
    stop.abort();
    let last = first;
    for (let step = first; !step.done; step = await steps.next()) last = step;
    expect(last.value).toMatchObject({ ok: false, failure: { message: 'the export was cancelled' } });
    expect(readdirSync(out)).toEqual([]);
    await exportLog(platform.client, { path: join(out, 'b.ocpilog'), scope: { ids: [1] } });
    expect(readdirSync(out)).toEqual(['b.ocpilog']);
  });

  it('by nobody listening any more leaves nothing behind either', async () => {
    const platform = await filled(6000);
    const out = newFolder();
    for await (const step of await platform.client.logs.export({ path: join(out, 'a.ocpilog') })) {
      expect(step.kind).toBe('progress');
      break;
    }
    await platform.close();
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('an export to no path', () => {
  it('is fetched in pieces, and is the file it would have been', async () => {
    const platform = await filled(2000);
    const { exported } = await exportLog(platform.client, { format: 'har' });
    expect(exported).toMatchObject({ path: null, name: expect.stringMatching(/^ocpi-\d{4}-\d\d-\d\d\.har$/) });
    const pieces: Buffer[] = [];
    for (let offset = 0; ; ) {
      const { base64, done } = await platform.client.logs.piece({ exportId: exported.exportId ?? '', offset });
      const piece = Buffer.from(base64, 'base64');
      pieces.push(piece);
      offset += piece.length;
      if (done) break;
    }
    expect(pieces.length).toBeGreaterThan(1);
    const bytes = Buffer.concat(pieces);
    expect(bytes).toHaveLength(exported.bytes);
    expect(JSON.parse(bytes.toString('utf8')).log.entries).toHaveLength(2000);
    const beside = () => readdirSync(dirname(platform.file)).filter(name => name.includes('.exports-'));
    expect(beside()).toHaveLength(1);
    const waiting = () => readdirSync(join(dirname(platform.file), beside()[0] ?? ''));
    expect(waiting()).toHaveLength(1);
    await platform.client.logs.discard({ exportId: exported.exportId ?? '' });
    expect(waiting()).toEqual([]);
    const again = platform.client.logs.piece({ exportId: exported.exportId ?? '', offset: 0 });
    expect(await failureOf(again)).toMatchObject({ code: 'NOT_FOUND' });
    await platform.close();
    expect(beside()).toEqual([]);
  });

  it('is there for an hour, and the oldest of many not so long', async () => {
    const file = join(newFolder(), 'workbench.db');
    const late: (() => void)[] = [];
    const clock = {
      ...systemClock,
      deadline: (_: number, then: () => void) => {
        late.push(then);
        return { cancel: () => {} };
      },
    };
    let ids = 0;
    const kept = createKeptExports({ file, clock, newId: () => `${++ids}` });
    for (let number = 1; number <= 9; number++) {
      const { exportId, path } = must(await kept.place());
      writeFileSync(path, `export ${number}`);
      await kept.keep(exportId);
    }
    expect(await kept.piece({ exportId: '1', offset: 0 })).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
    const piece = must(await kept.piece({ exportId: '9', offset: 7 }));
    expect([Buffer.from(piece.base64, 'base64').toString(), piece.done]).toEqual(['9', true]);
    late[8]?.();
    expect(await kept.piece({ exportId: '9', offset: 0 })).toMatchObject({ ok: false });
    await kept.close();
    expect(readdirSync(dirname(file))).toEqual([]);
  });
});

describe('an export while more is recorded', () => {
  it('is as of one moment, and everything else is recorded', { timeout: 30_000 }, async () => {
    const platform = await filled(1000);
    const path = join(newFolder(), 'a.ocpilog');
    const writing = exportLog(platform.client, { path });
    const more = Array.from({ length: 200 }, (_, at) =>
      JSON.stringify({ method: 'GET', url: `https://acme.example/ocpi/versions?n=${at}`, status: 200 }),
    );
    const adding = platform.client.exchanges.import({ name: 'more.jsonl', text: more.join('\n') });
    const { exported } = await writing;
    await adding;
    const lines = ofType(await recordsOf(path), 'exchange');
    expect(lines).toHaveLength(exported.counts.exchanges);
    expect(lines.length).toBeGreaterThanOrEqual(1000);
    expect((await platform.client.exchanges.count({})).count).toBe(1200);
  });

  it('holds what is still open, and says so', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const platform = await openPlatform({ serve: false });
    const { client } = platform;
    await client.links.add({
      name: 'silent',
      versionsUrl: `http://127.0.0.1:${port}/ocpi/versions`,
      token: 'abcdefgh',
    });
    const { runId } = await client.runs.register({ name: 'silent' });
    while ((await client.exchanges.list({ open: true })).length === 0) await systemClock.sleep(20);
    const path = join(newFolder(), 'a.ocpilog');
    const { exported } = await exportLog(client, { path, scope: { runId } });
    await client.runs.cancel({ runId });
    silent.closeAllConnections();
    silent.close();
    expect(exported.notes).toEqual(['1 exchange is still open: without an answer in the file.']);
    expect(ofType(await recordsOf(path), 'exchange')).toMatchObject([{ ended: { how: 'open' } }]);
  });
});
