import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogScope } from '../../../core/contract/session-log.ts';
import { bodyLineOf, bytesOf } from '../../../core/session-log/format/body.ts';
import type { LogBody } from '../../../core/session-log/format/records.ts';
import { linesOf } from '../../../core/workbench/session-logs/exporting/exchange-lines.ts';
import { failureOf, type TestPlatform } from '../../support/platform.ts';
import { exportLog, headerOf, newFile, ofType, recordsOf, sharedPair } from './recorded-pair.ts';

const pair = sharedPair();
beforeAll(pair, 60_000);
const KEPT = { groups: [], keepPersonal: 'a test of what stands in the file' } as const;
const kept = () => ({ groups: [...KEPT.groups], keepPersonal: KEPT.keepPersonal });

async function recordsIn({ client }: TestPlatform, scope: LogScope) {
  const path = newFile();
  const { exported } = await exportLog(client, { path, scope, redaction: kept() });
  return { records: await recordsOf(path), exported };
}

describe('exporting a session log', () => {
  it('takes every exchange whole, as it is shown, with bodies as sent', async () => {
    const { emsp } = await pair();
    const { records, exported } = await recordsIn(emsp, {});
    const lines = ofType(records, 'exchange');
    const listed = await emsp.client.exchanges.list({ limit: 1000 });
    expect(lines.map(({ id }) => id)).toEqual(listed.map(({ id }) => id).toReversed());
    for (const line of lines) {
      const view = await emsp.client.exchanges.get({ id: line.id });
      const base64 = (body: LogBody | undefined) => (body === undefined ? null : bytesOf(body).toString('base64'));
      expect({
        direction: line.direction,
        operation: line.operation,
        at: new Date(line.startedAt).toISOString(),
        url: line.request.url,
        asked: line.request.headers,
        sent: base64(line.request.body),
        status: line.response?.status ?? null,
        answered: line.response?.headers,
        received: base64(line.response?.body),
        ended: line.ended,
        ocpi: line.ocpiStatus ?? null,
        requestId: line.requestId ?? null,
        run: line.run ?? null,
        findings: line.findings ?? [],
        note: line.note ?? null,
        pinned: line.pinned ?? false,
      }).toEqual({
        direction: view.direction,
        operation: view.operation,
        at: view.at,
        url: view.url,
        asked: view.request.headers,
        sent: view.request.body.base64,
        status: view.httpStatus,
        answered: view.response?.headers,
        received: view.response?.body.base64,
        ended: { how: view.ended, ...view.endedDetails },
        ocpi: view.ocpiStatus,
        requestId: view.requestId,
        run: view.runId,
        findings: view.findings,
        note: view.note,
        pinned: view.pinned,
      });
    }
    expect(exported.counts).toEqual({
      links: 1,
      rules: 1,
      runs: 2,
      exchanges: lines.length,
      findings: lines.reduce((sum, { findings = [] }) => sum + findings.length, 0),
      notes: 1,
      objects: 3,
      revisions: 0,
    });
  });

  it('names the rule that fired as files of rules have it, and stamps what it did', async () => {
    const { emsp } = await pair();
    const { records } = await recordsIn(emsp, { module: 'tokens' });
    expect(ofType(records, 'rule')).toEqual([
      {
        type: 'rule',
        id: expect.any(Number),
        name: 'no data',
        kind: 'envelope.data-null',
        details: expect.objectContaining({ kind: 'envelope.data-null', scope: { module: 'tokens' }, when: { nth: 1 } }),
      },
    ]);
    const [faulty] = ofType(records, 'exchange');
    expect(faulty?.faults?.firings).toMatchObject([{ rule: 'no data', applied: true }]);
    expect(faulty?.faults?.intended?.body.text).toContain('"data":[');
  });

  it('replaces what is personal by default, in notes too, the same value by the same pseudonym', async () => {
    const { emsp, personal, noted } = await pair();
    const path = newFile();
    const { exported } = await exportLog(emsp.client, { path });
    const text = gunzipSync(readFileSync(path)).toString('utf8');
    for (const uid of personal) expect(text).not.toContain(uid);
    const lines = ofType(await recordsOf(path), 'exchange');
    const line = lines.find(({ id }) => id === noted);
    const [, pseudonym = ''] = /Here (\w+) was refused/.exec(line?.note ?? '') ?? [];
    expect(line?.response?.body?.text).toContain(`"uid":"${pseudonym}"`);
    expect(exported.redacted).toContainEqual(
      expect.objectContaining({ group: 'personal', kind: 'token uid', values: personal.length }),
    );
    expect(await headerOf(path)).toMatchObject({ redacted: ['personal'], keptPersonal: null });
  });

  it('keeps personal data where a reason is given, and writes the reason into the file', async () => {
    const { emsp, personal } = await pair();
    const path = newFile();
    await exportLog(emsp.client, { path, title: 'for the desk', redaction: kept() });
    const text = gunzipSync(readFileSync(path)).toString('utf8');
    for (const uid of personal) expect(text).toContain(uid);
    expect(await headerOf(path)).toMatchObject({
      title: 'for the desk',
      redacted: [],
      keptPersonal: KEPT.keepPersonal,
      platform: { parties: ['NL-EMP'], versions: ['2.2.1'], versionsUrl: emsp.versionsUrl },
    });
    await expect(exportLog(emsp.client, { path: newFile(), redaction: { groups: [] } })).rejects.toThrow();
  });

  it.each(['ocpilog', 'har', 'postman', 'curl', 'jsonl', 'csv'] as const)(
    'holds no token as %s, whatever is asked for',
    async format => {
      const { emsp } = await pair();
      const { tokens } = await emsp.client.links.get({ name: 'cpo' });
      const values = await Promise.all(
        tokens.map(async ({ id }) => (await emsp.client.links.reveal({ name: 'cpo', tokenId: id })).token),
      );
      expect(values.length).toBeGreaterThan(1);
      const path = newFile();
      await exportLog(emsp.client, { path, format, redaction: kept() });
      const bytes = readFileSync(path);
      const text = (format === 'ocpilog' ? gunzipSync(bytes) : bytes).toString('utf8');
      for (const value of values) {
        for (const written of [value, Buffer.from(value).toString('base64'), encodeURIComponent(value)]) {
          expect(text).not.toContain(written);
        }
      }
    },
  );

  it('seals a token that stands in a note since before it was a token', async () => {
    const { emsp, noted } = await pair();
    const secret = 'a-token-that-was-only-a-word-5c1e';
    const before = (await emsp.client.exchanges.get({ id: noted })).note;
    await emsp.client.exchanges.note({ id: noted, text: `Use ${secret} for now.` });
    await emsp.client.links.add({ name: 'later', versionsUrl: 'http://127.0.0.1:9/ocpi/versions', token: secret });
    const { records } = await recordsIn(emsp, { ids: [noted] });
    await emsp.client.exchanges.note({ id: noted, text: before });
    await emsp.client.links.remove({ name: 'later' });
    expect(ofType(records, 'exchange')[0]?.note).toMatch(/^Use \{token:\w+:raw:\d+\} for now\.$/);
  });

  it('looks before it writes: the preview tells what would be in the file, and what would be replaced', async () => {
    const { emsp } = await pair();
    const preview = await emsp.client.logs.preview({ scope: { link: 'cpo' } });
    const { exported } = await exportLog(emsp.client, { path: newFile(), scope: { link: 'cpo' } });
    const withoutExamples = (kinds: typeof preview.redacted) => kinds.map(({ example: _, ...kind }) => kind);
    expect(preview).toMatchObject({ counts: exported.counts, links: ['cpo'], notes: exported.notes });
    expect(withoutExamples(preview.redacted)).toEqual(withoutExamples(exported.redacted));
    expect(preview.bytes).toBeGreaterThan(1000);
  });
});

describe('what an export is about', () => {
  const scopes: readonly (readonly [string, LogScope])[] = [
    ['a link', { link: 'cpo' }],
    ['a module', { module: 'credentials' }],
    ['a direction', { direction: 'in' }],
    ['a status', { status: '2xx', ocpi: '1000' }],
    ['a party', { party: 'NL-CPO' }],
    ['faults', { fault: 'envelope' }],
    ['a note', { noted: true }],
    ['words', { search: 'credentials' }],
    ['words and a direction', { search: 'versions', direction: 'out' }],
    ['failures', { errors: true }],
    ['findings', { finding: 'any' }],
  ];
  it.each(scopes)('by %s is what the list shows', async (_, scope) => {
    const { emsp } = await pair();
    const { transaction: __, ids: ___, ...conditions } = scope;
    const listed = await emsp.client.exchanges.list({ ...conditions, limit: 1000 });
    const preview = await emsp.client.logs.preview({ scope });
    expect(preview.counts.exchanges).toBe(listed.length);
    if (listed.length === 0) return;
    const { records } = await recordsIn(emsp, scope);
    expect(ofType(records, 'exchange').map(({ id }) => id)).toEqual(listed.map(({ id }) => id).toReversed());
  });

  it('by a run holds its exchanges and the run itself', async () => {
    const { emsp } = await pair();
    const [run] = await emsp.client.runs.list({ name: 'cpo', limit: 1 });
    const { records } = await recordsIn(emsp, { runId: run?.id });
    expect(ofType(records, 'run').map(one => one.run)).toEqual([run]);
    expect(new Set(ofType(records, 'exchange').map(line => line.run))).toEqual(new Set([run?.id]));
  });

  it('by a time holds what was recorded in it', async () => {
    const { emsp } = await pair();
    const all = await emsp.client.exchanges.list({ limit: 1000 });
    const at = Date.parse(all.at(3)?.at ?? '');
    const { records } = await recordsIn(emsp, { since: at });
    expect(ofType(records, 'exchange').map(({ id }) => id)).toEqual(
      all.flatMap(one => (Date.parse(one.at) >= at ? [one.id] : [])).toReversed(),
    );
  });

  it('by a selection holds exactly that, and leaves out what is not there', async () => {
    const { emsp } = await pair();
    const { records } = await recordsIn(emsp, { ids: [5, 2, 99_999, 2] });
    expect(ofType(records, 'exchange').map(({ id }) => id)).toEqual([2, 5]);
    expect(ofType(records, 'run')).toHaveLength(1);
  });

  it('by a selection among what fits holds what is both', async () => {
    const { emsp } = await pair();
    const incoming = await emsp.client.exchanges.list({ direction: 'in', limit: 1000 });
    const { records } = await recordsIn(emsp, { ids: [1, 2, 3, 4, 5], direction: 'in' });
    const both = incoming.flatMap(({ id }) => (id <= 5 ? [id] : [])).toReversed();
    expect(ofType(records, 'exchange').map(({ id }) => id)).toEqual(both);
  });

  it('holds the objects that its exchanges name, and all of them where it is a whole link', async () => {
    const { emsp } = await pair();
    const whole = await recordsIn(emsp, { link: 'cpo' });
    expect(ofType(whole.records, 'object')).toHaveLength(3);
    const pulled = await recordsIn(emsp, { module: 'locations' });
    expect(ofType(pulled.records, 'object').map(({ text }) => JSON.parse(text))).toEqual(
      (await emsp.client.objects.list({ name: 'cpo', module: 'locations' })).objects.map(({ object }) => object),
    );
    const registration = await recordsIn(emsp, { module: 'credentials' });
    expect(ofType(registration.records, 'object')).toEqual([]);
  });

  it.each([
    ['a link', { link: 'nobody' }, 'there is no link "nobody"'],
    ['a run', { runId: 4711 }, 'there is no run 4711'],
    ['a transaction', { transaction: 4711 }, 'there is no transaction 4711'],
  ] as const)('is refused by the name of %s that is not there', async (_, scope, message) => {
    const { emsp } = await pair();
    const failure = await failureOf(emsp.client.logs.preview({ scope }));
    expect(failure).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining(message) });
  });

  it('is refused where nothing fits, and no file is left', async () => {
    const { emsp } = await pair();
    const call = exportLog(emsp.client, { path: newFile(), scope: { status: '5xx' } });
    expect(await failureOf(call)).toMatchObject({ code: 'NOT_FOUND', message: 'nothing fits what was asked for' });
  });
});

describe('lines of what is stored', () => {
  it('are those of whole links, with all their objects, or of single exchanges', async () => {
    const { emsp } = await pair();
    const { records } = await recordsIn(emsp, { link: 'cpo' });
    const [link] = ofType(records, 'link');
    expect([...linesOf(emsp.file, { linkIds: [link?.id ?? 0] })].map(({ type }) => type)).toEqual(
      records.map(({ type }) => type),
    );
    expect([...linesOf(emsp.file, { ids: [3, 1] })].map(({ type }) => type)).toEqual([
      'link',
      'run',
      'exchange',
      'exchange',
    ]);
  });

  it('hold bytes that are no text as Base64, and say how much is missing', () => {
    expect(bodyLineOf(Buffer.from('é'))).toEqual({ text: 'é' });
    expect(bodyLineOf(Buffer.from([0xff, 0]))).toEqual({ base64: '/wA=' });
    expect(bodyLineOf(Buffer.from('ab'), 900)).toEqual({ text: 'ab', length: 900 });
  });
});
