import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { exchangeLine, linkLine, sessionText } from '../../session-log/support/lines.ts';
import { failureOf, openPlatform } from '../../support/platform.ts';
import { importLog, logFile } from './log-files.ts';

const ROUTING: [string, string][] = [
  ['OCPI-from-country-code', 'NL'],
  ['OCPI-from-party-id', 'WBX'],
  ['OCPI-to-country-code', 'NL'],
  ['OCPI-to-party-id', 'ACM'],
];

/** With all that a message needs, so that nothing is found when it is imported. */
const flow = [1, 2, 3].map((id): ExchangeLine => {
  const line = exchangeLine(id);
  return { ...line, request: { ...line.request, headers: [...line.request.headers, ...ROUTING] } };
});
const changed = flow.map(
  (line): ExchangeLine =>
    line.id === 2
      ? { ...line, request: { ...line.request, body: { text: sessionText(2, { status: 'INVALID' }) } } }
      : line,
);

describe('two logs compared', () => {
  it('are files, uploads or logs that were imported, in any combination', async () => {
    const { client } = await openPlatform({ serve: false });
    const before = await logFile([linkLine(), ...flow]);
    const after = await logFile([linkLine(), ...changed], { name: 'after.ocpilog' });
    const { imported } = await importLog(client, { path: before });
    const { upload } = await client.logs.upload({ base64: readFileSync(after).toString('base64') });
    const whole = { path: before };
    const stored = { logId: imported.log.logId };
    expect(await client.logs.diff({ a: stored, b: whole })).toMatchObject({ same: 3, different: 0, pairs: [] });
    const diffs = [
      await client.logs.diff({ a: whole, b: { path: after }, linkA: 'acme-1' }),
      await client.logs.diff({ a: stored, b: { upload, name: 'after.ocpilog' }, linkA: 'acme-1' }),
    ];
    for (const diff of diffs) {
      expect(diff).toMatchObject({ view: 'same-side', same: 2, different: 1, onlyA: 0, onlyB: 0 });
      expect(diff.a.name).toBe('acme.ocpilog');
      expect(diff.b).toMatchObject({ name: 'after.ocpilog', exchanges: 3, about: { title: 'a charge that failed' } });
      expect(diff.pairs[0]?.differences).toMatchObject([{ layer: 'object', where: 'request/status' }]);
    }
  });

  it('say which of them is not there, and stop when nobody waits any more', async () => {
    const { client } = await openPlatform({ serve: false });
    const path = await logFile([linkLine(), ...Array.from({ length: 3000 }, (_, at) => exchangeLine(at + 1))]);
    expect(await failureOf(client.logs.diff({ a: { path }, b: { path: `${path}.not` } }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await failureOf(client.logs.diff({ a: { logId: 9 }, b: { path } }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(client.logs.diff({ a: { path }, b: { upload: 'gone', name: 'x' } }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const stop = new AbortController();
    const comparing = client.logs.diff({ a: { path }, b: { path } }, { signal: stop.signal });
    stop.abort();
    await expect(comparing).rejects.toThrow();
  });
});
