import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShell, type Shell } from '../support/command-line.ts';
import { correctPage, location, type PagingServer, startPagingServer } from '../support/paging-server.ts';

let shell: Shell;
let server: PagingServer;
let cities: string[];
let hangAt: number | undefined;

beforeEach(async () => {
  shell = openShell();
  cities = ['Oslo', 'Bergen', 'Malmo', 'Lund'];
  hangAt = undefined;
  server = await startPagingServer({
    answer: request => {
      if (request.offset === hangAt) return 'hang';
      const texts = cities.map((city, at) => location(`L${at}`, '2026-01-01T00:00:00Z', `,"city":"${city}"`));
      return correctPage(texts, request, { cap: 2 });
    },
  });
  await shell.wb('link', 'adopt', 'Acme', '--versions-url', server.versionsUrl, '--token', 'the-token');
});
afterEach(async () => {
  await shell.close();
  await server.stop();
});

describe('wb pull and what it brought', () => {
  it('pulls, lists, filters, shows one object with its history, and says what changed', async () => {
    const first = await shell.json('pull', 'Acme', 'locations');
    expect(first).toMatchObject({
      code: 0,
      document: {
        ok: true,
        objects: 4,
        added: 4,
        changed: 0,
        unchanged: 0,
        vanished: 0,
        pages: 2,
        findings: expect.any(Array),
      },
    });
    expect(Object.keys(first.document as object)).toEqual(expect.arrayContaining(['runId', 'durationMs']));

    cities = ['Oslo', 'Trondheim', 'Malmo'];
    const second = await shell.wb('pull', 'Acme', 'locations', '--full', '--page-size', '2');
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('locations of Acme: 3 objects on 2 pages: 0 new, 1 changed, 1 vanished');
    expect(second.stdout).toContain('objects.changed-without-update');
    expect(second.stderr).toContain('ok    locations: 3 objects on 2 pages');

    const { document: listed } = await shell.json('objects', 'Acme', 'locations', '--where', 'city=Trondheim');
    expect(listed).toMatchObject([{ id: 'L1', party: 'NL-TNM', link: 'Acme', module: 'locations', revision: 2 }]);
    const { document: gone } = await shell.json('objects', 'Acme', 'locations', '--vanished');
    expect(gone).toMatchObject([{ id: 'L3', vanished: true, object: { city: 'Lund' } }]);
    const table = await shell.wb('objects', 'Acme', 'locations', '--limit', '1');
    expect(table.stdout).toMatch(/^L0 .*NL-TNM.*\nThere are more/);

    const one = await shell.json('object', 'Acme', 'locations', 'l1', '--history');
    expect(one).toMatchObject({
      code: 0,
      document: { id: 'L1', object: { city: 'Trondheim' }, history: [{ revision: 2 }, { revision: 1 }] },
    });
    const shown = await shell.wb('object', 'Acme', 'locations', 'L1', '--history');
    expect(shown.stdout).toContain('~ /city: "Bergen" -> "Trondheim"');
    const changes = await shell.json('changes', 'Acme', 'locations', '--since', '1h');
    expect(changes.document).toMatchObject([
      { id: 'L1', revision: 2, changes: [{ pointer: '/city', kind: 'changed', before: 'Bergen', after: 'Trondheim' }] },
    ]);
    expect(await shell.json('object', 'Acme', 'locations', 'none')).toMatchObject({
      code: 1,
      document: { error: { code: 'NOT_FOUND' } },
    });
  });

  it('killed in the middle of a pull, goes on from there when it is started again', async () => {
    hangAt = 2;
    const serving = await shell.serve();
    const pulling = shell.wb('pull', 'Acme', 'locations', '--full', '--page-size', '2');
    while (!server.requests.some(({ offset }) => offset === 2)) await new Promise(resolve => setTimeout(resolve, 20));
    const stored = async () => (await shell.json('objects', 'Acme', 'locations')).document as unknown[];
    while ((await stored()).length < 2) await new Promise(resolve => setTimeout(resolve, 20));
    // Where to go on from is written right behind the objects.
    await new Promise(resolve => setTimeout(resolve, 200));
    await serving.stop('SIGKILL');
    expect((await pulling).code).not.toBe(0);
    hangAt = undefined;
    const again = await shell.json('pull', 'Acme', 'locations', '--full', '--page-size', '2');
    expect(again).toMatchObject({ code: 0, document: { ok: true, objects: 4, added: 4 } });
    expect(server.requests.filter(({ offset }) => offset === 0)).toHaveLength(1);
  });

  it('refuses what it does not know with exit code 2, and says with 1 why a pull failed', async () => {
    expect((await shell.json('pull', 'Acme', 'nonsense')).code).toBe(2);
    expect((await shell.json('pull', 'Acme', 'locations', '--page-size', '0')).code).toBe(2);
    expect((await shell.json('pull', 'Acme', 'locations', '--window', '1x')).code).toBe(2);
    expect(await shell.json('pull', 'Acme', 'cdrs')).toMatchObject({
      code: 1,
      document: { error: { code: 'NOT_FOUND', message: 'Acme offers no cdrs' } },
    });
    const scheduled = await shell.json('pull', 'Acme', 'locations', '--every', '15m');
    expect(scheduled).toMatchObject({ code: 0, document: [{ link: 'Acme', module: 'locations', every: 900_000 }] });
    expect((await shell.json('pull', 'Acme', 'locations', '--every', 'never')).document).toEqual([]);
  });
});
