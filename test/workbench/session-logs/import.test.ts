import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../core/session-log/format/records.ts';
import {
  answerText,
  BEGAN,
  exchangeLine,
  linkLine,
  objectLine,
  ruleLine,
  runLine,
} from '../../session-log/support/lines.ts';
import { failureOf, openPlatform } from '../../support/platform.ts';
import { importLog, logFile } from './log-files.ts';

/** A charge with a fault, a note, a run and a request that was sent again. */
function aStory(): LogRecord[] {
  return [
    linkLine(7, { name: 'acme' }),
    ruleLine({ id: 3 }),
    runLine(5, {
      linkId: 7,
      steps: [{ step: 'push', ok: true, exchangeIds: [40, 41], reason: 'taken', findings: [] }],
    }),
    exchangeLine(40, { link: 7, run: 5, note: 'look at this one', pinned: true }),
    exchangeLine(41, {
      link: 7,
      run: 5,
      resentFrom: 40,
      response: {
        status: 200,
        statusText: 'OK',
        headers: [['Content-Type', 'application/json']],
        body: { text: answerText(null) },
      },
      faults: {
        firings: [
          {
            rule: 'no data',
            ruleId: 3,
            kind: 'envelope.data-null',
            parameters: {},
            hit: 1,
            did: 'data was replaced with null',
            applied: true,
          },
        ],
        intended: { start: 'HTTP/1.1 200 OK', headers: [], body: { text: answerText([]) } },
        wire: ['head', 'body'],
      },
    }),
    exchangeLine(60, {
      link: 7,
      direction: 'in',
      ended: { how: 'open' },
      request: { method: 'GET', url: '/ocpi/versions', headers: [], body: { base64: '/wD+', length: 900 } },
    }),
    objectLine({
      link: 7,
      text: '{"country_code":"NL","party_id":"ACM","id":"LOC1","name":"Here"}',
      revisions: [
        {
          version: '2.2.1',
          text: '{"country_code":"NL","party_id":"ACM","id":"LOC1","name":"There"}',
          seenAt: BEGAN - 2000,
          replacedAt: BEGAN - 1000,
        },
      ],
    }),
  ];
}

describe('an imported session log', () => {
  it('has links with which nothing can be done, and for which nothing is set that would outlive them', async () => {
    const { client } = await openPlatform({ serve: false });
    await importLog(client, { path: await logFile([linkLine(7, { name: 'acme' }), exchangeLine(40, { link: 7 })]) });
    const [link] = await client.links.list();
    const name = link?.name ?? '';
    const refused = {
      code: 'WRONG_STATE',
      message: expect.stringContaining(`${name} came with an imported session log`),
    };
    expect(await failureOf(client.health.setThresholds({ link: name, thresholds: { p95Ms: 900 } }))).toMatchObject(
      refused,
    );
    expect(await failureOf(client.pulls.schedule({ name, module: 'locations', every: 3_600_000 }))).toMatchObject(
      refused,
    );
    expect(await client.pulls.schedules()).toEqual([]);
    expect(link).toMatchObject({ importedLog: 1, readOnly: true });
    for (const tried of [
      client.links.set({ name, readOnly: false }),
      client.links.set({ name, newName: 'acme then', suspended: true }),
      client.links.invite({ name, confirmed: true }),
      client.links.remove({ name, confirmed: true }),
      client.runs.register({ name, confirmed: true }),
      client.runs.rotate({ name, confirmed: true }),
      client.runs.unregister({ name, confirmed: true, localOnly: true }),
      client.runs.look({ name }),
      client.runs.doctor({ name }),
    ])
      expect(await failureOf(tried)).toMatchObject(refused);
    expect(await client.links.list()).toEqual([link]);
    // What it is called is the operator's.
    expect(
      await client.links.set({ name, newName: 'acme then', organisation: 'Acme', confirmed: false }),
    ).toMatchObject({
      name: 'acme then',
      importedLog: 1,
    });
    await client.links.set({ name: 'acme then', newName: name });
    // What was set by an earlier release can be taken away.
    expect(await client.pulls.schedule({ name, module: 'locations', every: null })).toEqual([]);
    expect((await client.health.setThresholds({ link: name, thresholds: null })).own).toEqual({});
  });

  it('stands under a read-only link of its own, with everything that was recorded', async () => {
    const { client } = await openPlatform({ serve: false });
    const path = await logFile(aStory(), { header: { exchanges: 3, title: 'a charge' } });
    const { imported, progress } = await importLog(client, { path });
    const { log } = imported;
    expect(progress[0]).toMatchObject({ doing: 'checking the file' });
    expect(log).toMatchObject({
      name: 'acme.ocpilog',
      condition: 'whole',
      about: { title: 'a charge', workbench: '0.8.0' },
      counts: { links: 1, rules: 1, runs: 1, exchanges: 3, notes: 1, objects: 1, revisions: 1 },
      links: [{ name: 'acme - acme', was: 'acme' }],
      rules: [{ name: 'no data', kind: 'envelope.data-null' }],
      from: new Date(BEGAN + 40_000).toISOString(),
      to: new Date(BEGAN + 60_000).toISOString(),
    });
    expect(await client.logs.list()).toEqual([log]);

    const link = await client.links.get({ name: 'acme - acme' });
    expect(link).toMatchObject({
      state: 'registered',
      version: '2.2.1',
      readOnly: true,
      tokens: [],
      organisation: 'Acme',
    });
    expect(link.versionsUrl).toBeUndefined();

    const [last, second, first] = await client.exchanges.list({ link: 'acme - acme' });
    expect(first).toMatchObject({ note: 'look at this one', pinned: true, at: new Date(BEGAN + 40_000).toISOString() });
    expect(second).toMatchObject({ faults: ['envelope.data-null'], httpStatus: 200 });
    // Nobody will finish it here.
    expect(last).toMatchObject({ ended: 'interrupted', direction: 'in' });
    const whole = await client.exchanges.get({ id: second?.id ?? 0 });
    expect(whole.fault).toMatchObject({ firings: [{ rule: 'no data', ruleId: null }], wire: ['head', 'body'] });
    expect(whole.request.headers).toContainEqual(['Authorization', 'Token {token:abc:base64:48}']);
    const odd = await client.exchanges.get({ id: last?.id ?? 0 });
    expect(odd.request.body).toMatchObject({ base64: '/wD+', length: 900, shortened: true });

    const [run] = await client.runs.list({ name: 'acme - acme' });
    expect(run).toMatchObject({ kind: 'push', state: 'done', startedAt: BEGAN });
    expect(run?.steps[0]?.exchangeIds).toEqual([first?.id, second?.id]);
    expect(first?.runId).toBe(run?.id);

    const found = await client.objects.revisions({ name: 'acme - acme', module: 'locations', id: 'LOC1' });
    expect(found.map(({ seenAt }) => Date.parse(seenAt))).toEqual([BEGAN - 1000, BEGAN - 2000]);
  });

  it('may be there twice, and says so in its name', async () => {
    const { client } = await openPlatform({ serve: false });
    const path = await logFile(aStory());
    await importLog(client, { path });
    const { imported } = await importLog(client, { path });
    expect(imported.log).toMatchObject({ name: 'acme.ocpilog (2)', links: [{ name: 'acme - acme 2', was: 'acme' }] });
    expect(await client.exchanges.list({ link: 'acme - acme 2' })).toHaveLength(3);
  });

  it('comes in pieces as well', async () => {
    const { client } = await openPlatform({ serve: false });
    const bytes = readFileSync(await logFile(aStory()));
    const half = Math.floor(bytes.length / 2);
    const { upload } = await client.logs.upload({ base64: bytes.subarray(0, half).toString('base64') });
    await client.logs.upload({ upload, base64: bytes.subarray(half).toString('base64') });
    const source = { upload, name: 'sent.ocpilog' };
    expect(await client.logs.inspect(source)).toMatchObject({ name: 'sent.ocpilog', counts: { exchanges: 3 } });
    const { imported } = await importLog(client, source);
    expect(imported.log).toMatchObject({ name: 'sent.ocpilog', links: [{ name: 'acme - sent' }] });
    expect(await failureOf(client.logs.inspect(source))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is handed over once: what was refused may be tried again, and what nobody needs is thrown away', async () => {
    const { client, file } = await openPlatform({ serve: false });
    const whole = gunzipSync(readFileSync(await logFile(aStory()))).toString();
    const cut = gzipSync(whole.slice(0, whole.lastIndexOf('{"type":"end"')));
    const { upload } = await client.logs.upload({ base64: cut.toString('base64') });
    const source = { upload, name: 'cut.ocpilog' };
    expect(await failureOf(importLog(client, source))).toMatchObject({ message: expect.stringContaining('not whole') });
    const { imported } = await importLog(client, source, true);
    expect(imported.log.condition).toBe('cut');
    expect(await failureOf(client.logs.inspect(source))).toMatchObject({ code: 'NOT_FOUND' });

    const another = await client.logs.upload({ base64: cut.toString('base64') });
    const beside = () =>
      readdirSync(dirname(file), { recursive: true }).filter(name => /\.uploads-[^/]*\/./.test(String(name)));
    expect(beside()).toHaveLength(1);
    await client.logs.discard(another);
    expect(beside()).toEqual([]);
    expect(await failureOf(client.logs.inspect({ ...another, name: 'cut.ocpilog' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    // Gone already is no failure.
    await client.logs.discard(another);
    await client.logs.discard({ exportId: 'none' });
  });

  it('goes to its end, and is told of, also where nobody listens to its removal any more', async () => {
    const { client } = await openPlatform({ serve: false });
    const { imported } = await importLog(client, { path: await logFile(aStory()) });
    const { logId } = imported.log;
    const ended = new AbortController();
    const told = (async () => {
      for await (const { logs } of await client.events.watch(undefined, { signal: ended.signal })) {
        if (logs && (await client.links.list()).length === 0) return true;
      }
      return false;
    })();
    for await (const _ of await client.logs.remove({ logId })) break;
    expect(await told).toBe(true);
    ended.abort();
    expect(await client.logs.list()).toEqual([]);
  });

  it('leaves nothing when it is removed', async () => {
    const { client, workbench } = await openPlatform({ serve: false });
    const { imported } = await importLog(client, { path: await logFile(aStory()) });
    const { logId } = imported.log;
    const steps: string[] = [];
    for await (const { kind } of await client.logs.remove({ logId })) steps.push(kind);
    expect(steps.at(-1)).toBe('removed');
    expect(await client.logs.list()).toEqual([]);
    expect(await client.links.list()).toEqual([]);
    expect(await client.exchanges.list({})).toEqual([]);
    expect(await client.runs.list({})).toEqual([]);
    expect(await failureOf(client.logs.get({ logId }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(workbench.describe().recording.ok).toBe(true);
  });

  it('keeps the tokens that somebody left in the clear sealed', async () => {
    const { client, file } = await openPlatform({ serve: false });
    const token = 'left-in-the-clear-0123456789abcdef';
    const path = await logFile([
      linkLine(1),
      exchangeLine(1, {
        request: {
          method: 'GET',
          url: 'https://acme.example/ocpi/versions',
          headers: [['Authorization', `Token ${token}`]],
        },
        response: { status: 200, statusText: 'OK', headers: [], body: { text: answerText({ token }) } },
      }),
    ]);
    await importLog(client, { path });
    const [only] = await client.exchanges.list({});
    const whole = await client.exchanges.get({ id: only?.id ?? 0 });
    expect(JSON.stringify(whole)).not.toContain(token);
    expect(whole.request.headers[0]?.[1]).toMatch(/^Token \{token:[\w-]+:raw:\d+\}$/);
    for (const end of ['', '-wal']) expect(readFileSync(file + end).includes(token)).toBe(false);
  });
});
