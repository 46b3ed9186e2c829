import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { readRecording } from '../../../core/workbench/session-logs/reproducing/reproduce-reading.ts';
import { linkLine } from '../../session-log/support/lines.ts';
import { logOf, registrationLines, unanswered, weAsked } from '../../session-log/support/reproducing.ts';
import { failureOf, openPlatform } from '../../support/platform.ts';
import { importLog } from './log-files.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const versionsOf = async ({ versionsUrl, token }: { versionsUrl: string; token: string }) => {
  const headers = { Authorization: `Token ${Buffer.from(token).toString('base64')}` };
  const answer = await fetch(versionsUrl, { headers });
  return { status: answer.status, data: ((await answer.json()) as { data: unknown }).data };
};

it('several reproductions run side by side, of a path, an upload and an imported log, and end with the workbench', async () => {
  const { client, close, file } = await openPlatform({ serve: false });
  // A folder for temporary files that nobody else writes to.
  vi.stubEnv('TMPDIR', dirname(file));
  const folders = () => readdirSync(dirname(file)).filter(name => name.startsWith('ocpi-workbench-reproduction-'));
  const { reproductions } = client.logs;
  const path = await logOf(registrationLines());
  const fromPath = await reproductions.start({ source: { path } });
  const { upload } = await client.logs.upload({ base64: (await readFile(path)).toString('base64') });
  const fromUpload = await reproductions.start({ source: { upload, name: 'handed over.ocpilog' }, token: 'my-token' });
  const { imported } = await importLog(client, { path });
  const { logId } = imported.log;
  const fromImported = await reproductions.start({ source: { logId }, timing: 'at-once', link: 'acme-1' });

  expect(fromUpload).toMatchObject({ name: 'handed over.ocpilog', token: 'my-token', known: 3 });
  for (const one of [fromPath, fromUpload, fromImported]) {
    const { origin } = new URL(one.versionsUrl);
    expect(await versionsOf(one)).toEqual({ status: 200, data: [{ version: '2.2.1', url: `${origin}/ocpi/2.2.1` }] });
  }
  expect((await reproductions.list()).map(({ asked, state }) => [asked, state])).toEqual([
    [1, 'serving'],
    [1, 'serving'],
    [1, 'serving'],
  ]);
  const asked = await reproductions.requests({ id: fromPath.id });
  expect(asked).toMatchObject({ count: 1, requests: [{ no: 1, operation: 'versions.list', status: 200 }] });

  expect(await reproductions.stop({ id: fromPath.id })).toMatchObject({ state: 'stopped', asked: 1 });
  await expect(fetch(fromPath.versionsUrl)).rejects.toThrow();
  expect(folders()).toHaveLength(2);
  await close();
  await expect(fetch(fromImported.versionsUrl)).rejects.toThrow();
  expect(folders()).toEqual([]);
});

it('a reproduction takes away what one of a killed process left in the temporary folder', async () => {
  const { client, file } = await openPlatform({ serve: false });
  vi.stubEnv('TMPDIR', dirname(file));
  // No process has this id.
  const stale = join(dirname(file), `ocpi-workbench-reproduction-${2 ** 22 + 1}-abcdef`);
  const alive = join(dirname(file), `ocpi-workbench-diff-${process.ppid}-abcdef`);
  for (const one of [stale, alive]) mkdirSync(one);
  await client.logs.reproductions.start({ source: { path: await logOf(registrationLines()) } });
  expect([existsSync(stale), existsSync(alive)]).toEqual([false, true]);
});

it('what cannot be reproduced is said, and nothing is listed', async () => {
  const { client } = await openPlatform({ serve: false });
  const { reproductions } = client.logs;
  const path = await logOf([linkLine(), unanswered(weAsked(1, 'GET /x'), { how: 'cancelled' })]);
  expect(await failureOf(reproductions.start({ source: { path } }))).toMatchObject({
    code: 'NOT_FOUND',
    message: 'the log holds nothing that "acme-1" was asked for',
  });
  expect(await failureOf(reproductions.start({ source: { path: 'a.ocpilog' } }))).toMatchObject({
    message: '"a.ocpilog" is no absolute path',
  });
  expect(await failureOf(reproductions.start({ source: { upload: 'gone', name: 'x' } }))).toMatchObject({
    message: '"x" is not here any more',
  });
  expect(await failureOf(reproductions.start({ source: { logId: 77 } }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await failureOf(reproductions.stop({ id: 'none' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await reproductions.list()).toEqual([]);
});

it('reading a recording that nobody waits for any more is broken off, and leaves nothing', async () => {
  const { client, file } = await openPlatform({ serve: false });
  vi.stubEnv('TMPDIR', dirname(file));
  const path = await logOf(registrationLines());
  const { imported } = await importLog(client, { path });
  const { logId, about } = imported.log;
  for (const source of [
    { kind: 'file', path, name: 'acme.ocpilog' } as const,
    { kind: 'imported', logId, database: file, linkIds: [1], about, name: 'acme.ocpilog', problem: '' } as const,
  ]) {
    expect(await readRecording({ source, as: 'partner', link: undefined }, AbortSignal.abort())).toMatchObject({
      ok: false,
      failure: { code: 'OPERATION_FAILED', message: 'reading the recording was broken off' },
    });
  }
  expect(readdirSync(dirname(file)).filter(name => name.startsWith('ocpi-workbench-reproduction-'))).toEqual([]);
});
