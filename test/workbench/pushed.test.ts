import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { createAddresses } from '../../core/server/addresses.ts';
import { receiverResponders } from '../../core/server/modules/receivers.ts';
import { keptObjects } from '../../core/workbench/pushed-objects.ts';
import { newFile, openWithConnection } from '../history/folder.ts';
import { createPlainTexts } from '../history/objects/plain-texts.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { AUTHORIZATION, house } from '../server/house.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { ask, connectRaw, request } from '../support/raw-client.ts';

const PATH = '/ocpi/2.2.1/receiver/sessions/NL/ABC';
const session = (id: string) => ({
  ...fixture('2.2.1', 'Session'),
  ...{ country_code: 'NL', party_id: 'ABC', id, kwh: 0, charging_periods: [] },
});
const patch = (kwh: number) => ({ kwh, last_updated: new Date(Date.UTC(2030, 0, 1) + kwh * 1000).toISOString() });

describe('a platform that is killed while partners push', () => {
  const TOKEN = 'pushing-partner-0123456789';
  const CONNECTIONS = 4;
  let shell: Shell | undefined;

  afterEach(() => shell?.close());

  it('has kept every PATCH that it answered, with its exchange and the text before it', async () => {
    shell = openShell();
    const url = 'http://127.0.0.1:9/ocpi/versions';
    await shell.wb('link', 'adopt', 'pusher', '--versions-url', url, '--token', 'x', '--their-token', TOKEN);
    const { port, pid } = await shell.serve();
    const answered = Array.from({ length: CONNECTIONS }, () => 0);
    let killed = false;
    const pushing = answered.map(async (_, at) => {
      const client = await connectRaw({ port });
      const send = async (method: string, body: unknown, mark: string) => {
        const headers = [`Authorization: Token ${btoa(TOKEN)}`, 'Content-Type: application/json'];
        const ids = [`X-Request-ID: ${mark}`, `X-Correlation-ID: ${mark}`];
        await client.send(request(`${method} ${PATH}/S${at}`, [...headers, ...ids], JSON.stringify(body)));
        const [answer] = await client.answers(1);
        return answer?.body.includes('"status_code":1000') ?? false;
      };
      expect(await send('PUT', session(`S${at}`), `put-${at}`)).toBe(true);
      for (let kwh = 1; !killed; kwh++) {
        if (!(await send('PATCH', patch(kwh), `patch-${at}-${kwh}`).catch(() => false))) return;
        answered[at] = kwh;
      }
    });
    while (answered.some(count => count < 30)) await systemClock.sleep(5);
    process.kill(pid, 'SIGKILL');
    killed = true;
    await Promise.race([Promise.all(pushing), systemClock.sleep(1000)]);

    const database = new Database(shell.db);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const present = createPlainTexts(database);
    const linkId = Number(database.prepare('SELECT id FROM link').pluck().get());
    const marks = new Set(database.prepare('SELECT request_id FROM exchange').pluck().all());
    const revision = database.prepare('SELECT revision FROM object WHERE key = ?').pluck();
    for (const [at, kwh] of answered.entries()) {
      const text = present({ linkId, module: 'sessions', id: `S${at}`, party: 'NL-ABC' }) ?? '{}';
      expect((JSON.parse(text) as { kwh: number }).kwh).toBeGreaterThanOrEqual(kwh);
      expect(revision.get(`s${at}\nnl-abc\n`)).toBeGreaterThanOrEqual(kwh + 1);
      const missing = Array.from({ length: kwh }, (_, number) => `patch-${at}-${number + 1}`).filter(
        mark => !marks.has(mark),
      );
      expect(missing).toEqual([]);
    }
    database.close();
  });
});

describe('a push that cannot be stored', () => {
  async function serve() {
    const file = newFile();
    const { database, history } = await openWithConnection(file);
    const responders = receiverResponders({
      objects: keptObjects(history.objects),
      modules: () => ['sessions'],
      urls: createAddresses('http://127.0.0.1:1', undefined),
      clock: systemClock,
    });
    const { port, events } = await house({ responders });
    const send = async (method: string, body?: unknown) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const head = [AUTHORIZATION, 'Content-Type: application/json'];
      const answer = await ask({ port }, request(`${method} ${PATH}/S1`, head, text));
      const json = JSON.parse(answer.body) as { status_code: number; data?: { kwh: number } };
      return [answer.status, json.status_code, ...(json.data ? [json.data.kwh] : [])];
    };
    return { file, database, send, events };
  }

  it('because the disk is full, is answered 3000 and changes nothing, until there is room again', async () => {
    const { database, send, events } = await serve();
    expect(await send('PUT', session('S1'))).toEqual([201, 1000]);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`);
    const words = Array.from({ length: 3000 }, (_, number) => (number * 48_271).toString(36)).join(' ');
    const wordy = { ...patch(1), charging_periods: [{ start_date_time: '2030-01-01T00:00:00Z', note: words }] };
    expect(await send('PATCH', wordy)).toEqual([200, 3000]);
    expect(await send('GET')).toEqual([200, 1000, 0]);
    database.pragma('max_page_count = 1000000');
    expect(await send('PATCH', patch(2))).toEqual([200, 1000]);
    expect(await send('GET')).toEqual([200, 1000, 2]);
    expect(events).toEqual([]);
  });

  it('because another program holds the database, is answered 3000 and changes nothing, until it is free', async () => {
    const { file, send, events } = await serve();
    expect(await send('PUT', session('S1'))).toEqual([201, 1000]);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const [first, second] = await Promise.all([send('PATCH', patch(1)), send('PATCH', patch(2))]);
    expect([first, second]).toEqual([
      [200, 3000],
      [200, 3000],
    ]);
    expect(await send('GET')).toEqual([200, 1000, 0]);
    other.exec('ROLLBACK');
    other.close();
    expect(await send('PATCH', patch(3))).toEqual([200, 1000]);
    expect(await send('GET')).toEqual([200, 1000, 3]);
    expect(events).toEqual([]);
  });
});
