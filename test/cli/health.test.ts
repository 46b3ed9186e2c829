import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinDatabase } from '../../core/loopback/join.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { correctPage, location, type PagingServer, startPagingServer } from '../support/paging-server.ts';

let shell: Shell;
let server: PagingServer;
let status: string;

/** Each command is a process of its own. */
const PATIENCE = 60_000;

beforeEach(async () => {
  shell = openShell();
  status = 'AVAILABLE';
  let updated = 0;
  server = await startPagingServer({
    answer: request => {
      const when = new Date(Date.UTC(2026, 0, 1) + updated++ * 1000).toISOString();
      const connector = `{"id":"1","standard":"IEC_62196_T2","format":"SOCKET","power_type":"AC_3_PHASE","max_voltage":230,"max_amperage":16,"last_updated":"${when}"}`;
      const evse = `,"evses":[{"uid":"E1","status":"${status}","connectors":[${connector}],"last_updated":"${when}"}]`;
      return correctPage([location('L1', when, evse)], request, { cap: 10 });
    },
  });
  await shell.wb('link', 'adopt', 'Acme', '--versions-url', server.versionsUrl, '--token', 'the-token');
}, PATIENCE);
afterEach(async () => {
  await shell.close();
  await server.stop();
});

describe('wb health', { timeout: PATIENCE }, () => {
  it('ends with 0 while all is well, and with 1 and the reason when an EVSE is out of order', async () => {
    expect((await shell.wb('pull', 'Acme', 'locations')).code).toBe(0);
    const well = await shell.wb('health', '--locations');
    expect(well).toMatchObject({ code: 0, stderr: '' });
    expect(well.stdout).toMatch(/^Acme +adopted +just now.*locations just now +1 AVAILABLE +well$/m);
    expect(well.stdout).toMatch(/^Acme +NL-TNM +L1 +100 %/m);

    status = 'OUTOFORDER';
    expect((await shell.wb('pull', 'Acme', 'locations', '--full')).code).toBe(0);
    const { code, document } = await shell.json('health', '--locations', '--link', 'acme');
    expect(code).toBe(1);
    expect(document).toMatchObject({
      links: [{ link: 'Acme', evses: 1, statuses: { OUTOFORDER: 1 }, hours: expect.any(Array) }],
      locations: [{ link: 'Acme', id: 'L1', outOfOrder: 1, notices: 1 }],
      notices: [{ kind: 'evse-out-of-order', location: 'L1', evse: 'E1', until: null }],
    });
  });

  it('on a running workbench watches what comes and ends until Ctrl+C, and changes thresholds and schedules', async () => {
    const serving = await shell.serve();
    const joined = await joinDatabase({ file: shell.db });
    if (!joined.ok) throw new Error(joined.failure.message);
    const { client, close } = joined.value;
    const pulled = async (says: string) => {
      status = says;
      const { runId } = await client.pulls.start({ name: 'Acme', module: 'locations', full: true });
      await expect.poll(async () => (await client.runs.get({ runId })).state).toBe('done');
    };
    const open = async () => (await client.health.notices({ open: true })).open;

    const set = await shell.wb('health', '--link', 'acme', '--set', 'inoperativeMinutes=0', 'silentHours=never');
    expect(set).toMatchObject({ code: 0, stderr: '' });
    expect(set.stdout).toMatch(/^inoperativeMinutes +0 +set for acme$/m);
    await pulled('INOPERATIVE');
    await expect.poll(open).toBe(1);
    const watching = shell.begin('health', '--watch', '--json');
    const said = (lines: number) => expect.poll(() => watching.printed().split('\n').length - 1).toBe(lines);
    await said(1);
    await pulled('AVAILABLE');
    await said(2);
    await pulled('INOPERATIVE');
    await said(3);
    await pulled('AVAILABLE');
    await said(4);
    watching.interrupt();
    const { code, stdout, stderr } = await watching.finished;
    const lines = stdout.trim().split('\n');
    expect([code, stderr]).toEqual([0, '']);
    const what = lines.map(line => (JSON.parse(line) as { what: string }).what);
    expect(what).toEqual(['open', 'ended', 'new', 'ended']);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ notice: { kind: 'evse-inoperative', link: 'Acme' } });

    const repeated = await shell.json('schedule', 'set', 'Acme', 'locations', '--every', '15m', '--jitter', '0.2');
    expect(repeated).toMatchObject({
      code: 0,
      document: [{ link: 'Acme', module: 'locations', every: 900_000, jitter: 0.2, nextAt: expect.any(Number) }],
    });
    const ended = await shell.wb('schedule', 'end', 'Acme', 'locations');
    expect(ended).toMatchObject({ code: 0, stdout: 'Nothing is repeated.\n' });
    await close();
    await serving.stop();
  });

  it('refuses wrong usage with 2, and a link that there is not with 1', async () => {
    const refused = await Promise.all([
      shell.wb('health', '--watch', '--thresholds'),
      shell.wb('schedule', 'set', 'Acme', 'locations', '--every', '15m', '--jitter', 'x'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2]);
    expect(refused.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('--watch stands alone'),
      expect.stringContaining('--jitter x is out of range\nA share from 0 to 0.5.'),
    ]);
    const missing = await shell.wb('health', '--link', 'Nobody');
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('there is no link "Nobody"')]);
  });
});
