import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { DETECTOR_VERSION } from '../../../core/ocpi/findings.ts';
import { openShell } from '../../support/command-line.ts';
import { newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { databaseOf, FLAW, flawed, lookedIn, readStored, withoutFlaw } from './stored.ts';

const many = (count: number) => Array.from({ length: count }, (_, at) => flawed(at + 1));

/** Until it is so; fails after a while. */
async function until(isSo: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
  for (const end = systemClock.elapsed() + patience; systemClock.elapsed() < end; await systemClock.sleep(50)) {
    if (await isSo()) return;
  }
  throw new Error('it never came to that');
}

async function behind({ client }: Pick<TestPlatform, 'client'>): Promise<number> {
  return (await client.errors.groups({})).behind;
}

const codesOf = async ({ client }: Pick<TestPlatform, 'client'>, id: number) =>
  (await client.exchanges.get({ id })).findings.map(({ code }) => code);

describe('the detectors, in the background', () => {
  it('look at a new exchange within a second or so', async () => {
    const platform = await openPlatform();
    const { client } = platform;
    await fetch(platform.versionsUrl);
    await until(async () => (await behind(platform)) === 0);
    const began = systemClock.elapsed();
    await fetch(platform.versionsUrl, { headers: { Authorization: 'Bearer nobody-knows-this-token' } });
    await until(async () => (await behind(platform)) === 0);
    expect(systemClock.elapsed() - began).toBeLessThan(5000);
    const explanation = await client.errors.explain({ id: 2 });
    expect(explanation).toMatchObject({ well: false, detector: DETECTOR_VERSION });
  });

  it('look at what an older workbench recorded, once, and go on from there after a restart', async () => {
    const file = newDatabase();
    databaseOf(file, [...many(200), flawed(201, { ended: { how: 'open' } }), flawed(202)]);
    const platform = await openPlatform({ file, serve: false });
    await until(async () => (await behind(platform)) === 0);
    expect(await codesOf(platform, 1)).toContain(FLAW);
    expect(await codesOf(platform, 202)).toContain(FLAW);
    // Found open at the start, and so interrupted: nothing of its answer counts any more.
    expect(await platform.client.errors.explain({ id: 201 })).toMatchObject({ problems: [{ code: 'interrupted' }] });
    const groups = await platform.client.errors.groups({ findings: 'warning' });
    expect(groups.groups.find(({ code }) => code === FLAW)).toMatchObject({
      count: 201,
      layer: 'envelope',
      failed: false,
      newestId: 202,
      fresh: false,
    });
    await platform.close();
    expect(lookedIn(file)).toEqual({ detector: DETECTOR_VERSION, upTo: 202, later: [] });

    // What was looked at is not looked at again.
    readStored(file, database => database.exec('UPDATE exchange SET findings = NULL WHERE id = 1'), false);
    const again = await openPlatform({ file, serve: false });
    await until(async () => (await behind(again)) === 0);
    expect(await codesOf(again, 1)).toEqual([]);
  });

  it('start over once they have learned something, and keep what others found', async () => {
    const file = newDatabase();
    databaseOf(file, many(30));
    readStored(
      file,
      database => {
        const kept = [
          {
            severity: 'warning',
            code: 'result.late',
            pointer: '',
            met: 'a',
            expected: 'b',
            section: '6.6',
            detector: 1,
          },
          {
            severity: 'note',
            code: 'field.unknown',
            pointer: '/x',
            met: 'a',
            expected: 'b',
            section: '1.9',
            detector: 1,
          },
        ];
        database.prepare('UPDATE exchange SET findings = ? WHERE id = 7').run(JSON.stringify(kept));
        const older = { detector: DETECTOR_VERSION - 1, upTo: 30, later: [] };
        database.prepare("INSERT INTO setting (name, value) VALUES ('insight.looked', ?)").run(JSON.stringify(older));
      },
      false,
    );
    const platform = await openPlatform({ file, serve: false });
    await until(async () => (await behind(platform)) === 0);
    await platform.close();
    expect(withoutFlaw(file, 30)).toEqual([]);
    const codes = readStored(file, database =>
      database.prepare('SELECT findings FROM exchange WHERE id = 7').pluck().get(),
    );
    const found = (JSON.parse(String(codes)) as { code: string }[]).map(({ code }) => code);
    expect(found).toContain('result.late');
    expect(found).not.toContain('field.unknown');
  });

  it('killed in the middle go on where they were: what they claim to have looked at is stored', {
    timeout: 40_000,
  }, async () => {
    const shell = openShell();
    try {
      databaseOf(shell.db, many(3000));
      let upTo = 0;
      for (let time = 0; time < 2; time++) {
        const serving = await shell.serve();
        await until(() => (lookedIn(shell.db)?.upTo ?? 0) > upTo);
        await serving.stop('SIGKILL');
        const looked = lookedIn(shell.db);
        upTo = looked?.upTo ?? 0;
        expect(withoutFlaw(shell.db, upTo)).toEqual([]);
      }
      const finished = await shell.json('errors', '--findings', 'warning');
      expect(finished.document).toEqual(expect.arrayContaining([expect.objectContaining({ code: FLAW, count: 3000 })]));
      expect(withoutFlaw(shell.db, 3000)).toEqual([]);
    } finally {
      await shell.close();
    }
  });

  it('look at imported traffic, whose findings nobody has told, and tell those who watch', async () => {
    const platform = await openPlatform({ serve: false });
    const entry = {
      startedDateTime: '2026-01-31T12:00:00.000Z',
      time: 12,
      request: {
        method: 'GET',
        url: 'https://partner.example/ocpi/versions',
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Authorization', value: 'Token ZXhhbXBsZS10b2tlbgo=' }],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        cookies: [],
        content: { size: 30, mimeType: 'application/json', text: '{"data":[],"status_code":1000}' },
        redirectURL: '',
        headersSize: -1,
        bodySize: 30,
      },
      cache: {},
      timings: { send: 1, wait: 10, receive: 1 },
    };
    const text = JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entry] } });
    const { client } = platform;
    const seen: number[] = [];
    const watching = new AbortController();
    const watched = (async () => {
      for await (const batch of await client.events.watch(undefined, { signal: watching.signal })) {
        seen.push(...(batch.exchanges?.changed ?? []));
      }
    })().catch(() => undefined);
    await client.exchanges.import({ name: 'partner.har', text });
    await until(async () => (await behind(platform)) === 0);
    await until(() => seen.includes(1));
    watching.abort();
    await watched;
    expect(await codesOf(platform, 1)).toContain(FLAW);
    expect((await client.errors.explain({ id: 1 })).problems.map(({ code }) => code)).toContain(FLAW);
  });
});
