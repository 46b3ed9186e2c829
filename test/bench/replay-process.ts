/** What is measured in a process of its own: the bare loop, or a replay of the same by a workbench. */
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { request } from 'undici';
import { systemClock } from '../../core/clock.ts';
import { openHistory } from '../../core/history/history.ts';
import { ownDatabase } from '../../core/loopback/own.ts';

export interface ReplayFigures {
  /** From the first request to the last answer. */
  readonly ms: number;
  /** From the order to its end: planned before, and all detectors afterwards. */
  readonly wholeMs: number;
  readonly same: number;
  /** Milliseconds the event loop was late by, 99 of 100 times. */
  readonly late: number;
}

interface Sent {
  readonly method: 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: string;
}

const STEPS = 10_000;
const SESSIONS = 1000;
const BEGIN = Date.UTC(2026, 2, 1);

/** Sessions that are put, and then patched nine times each, as they take turns. */
function sent(): Sent[] {
  return Array.from({ length: STEPS }, (_, at) => {
    const id = `SESSION-${at % SESSIONS}`;
    const path = `/sessions/NL/WBX/${id}`;
    const moment = new Date(BEGIN + at * 1000).toISOString();
    const progress = { kwh: Math.floor(at / SESSIONS) * 1.5, last_updated: moment };
    if (at >= SESSIONS) return { method: 'PATCH', path, body: JSON.stringify(progress) };
    const session = {
      country_code: 'NL',
      party_id: 'WBX',
      id,
      start_date_time: moment,
      cdr_token: { country_code: 'NL', party_id: 'ABC', uid: '04AABBCC', type: 'RFID', contract_id: 'NL-ABC-1' },
      auth_method: 'WHITELIST',
      location_id: 'LOC1',
      evse_uid: 'EVSE1',
      connector_id: '1',
      currency: 'EUR',
      status: 'ACTIVE',
      ...progress,
    };
    return { method: 'PUT', path, body: JSON.stringify(session) };
  });
}

/** The least anybody can do: send one after the other, and read what is answered. */
async function bare(origin: string): Promise<ReplayFigures> {
  const all = sent();
  const began = systemClock.elapsed();
  for (const { method, path, body } of all) {
    const headers = {
      Authorization: 'Token none',
      'Content-Type': 'application/json',
      'X-Request-ID': randomUUID(),
      'X-Correlation-ID': randomUUID(),
    };
    const answer = await request(`${origin}${path}`, { method, headers, body });
    await answer.body.text();
  }
  const ms = systemClock.elapsed() - began;
  return { ms, wholeMs: ms, same: STEPS, late: 0 };
}

const NAME = 'bench';

/** A database with the link to the partner, and what was sent on it once. */
async function prepare(origin: string, file: string): Promise<number[]> {
  const owned = await ownDatabase({ file, keyStore: 'file' });
  if (!owned.ok) throw new Error(owned.failure.message);
  const { client, close } = owned.value;
  await client.platform.configure({
    parties: [{ countryCode: 'NL', partyId: 'WBX', role: 'CPO', name: 'bench' }],
  });
  const { runId } = await client.links.adopt({ name: NAME, versionsUrl: `${origin}/versions`, token: 'the-token' });
  for await (const _ of await client.runs.watch({ runId }));
  await client.links.set({ name: NAME, readOnly: false });
  await close();

  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  const [link] = history.links.list();
  if (link === undefined) throw new Error('the link is not there');
  const answered = new TextEncoder().encode('{"status_code":1000,"timestamp":"2026-03-01T00:00:00Z"}');
  const stored = await Promise.all(
    sent().map(({ method, path, body }, at) =>
      history.recorder.record({
        direction: 'out',
        linkId: link.id,
        operation: method === 'PUT' ? 'sessions.put' : 'sessions.patch',
        version: '2.2.1',
        startedAt: BEGIN + at * 1000,
        request: {
          method,
          url: `${origin}${path}`,
          headers: [
            ['Content-Type', 'application/json'],
            ['X-Request-ID', `request-${at}`],
            ['X-Correlation-ID', `correlation-${at}`],
          ],
          body: new TextEncoder().encode(body),
        },
        response: {
          status: 200,
          statusText: 'OK',
          headers: [
            ['Content-Type', 'application/json'],
            ['X-Request-ID', `request-${at}`],
            ['X-Correlation-ID', `correlation-${at}`],
          ],
          body: answered,
        },
        ended: { how: 'complete' },
        ocpiStatus: 1000,
        requestId: `request-${at}`,
        correlationId: `correlation-${at}`,
        findings: [],
      }),
    ),
  );
  await history.close();
  return stored.map(({ id }) => id);
}

async function workbench(origin: string, file: string): Promise<ReplayFigures> {
  const ids = await prepare(origin, file);
  const owned = await ownDatabase({ file, keyStore: 'file' });
  if (!owned.ok) throw new Error(owned.failure.message);
  const { client, close } = owned.value;
  // What was recorded elsewhere is looked at and indexed first, as it is by the time somebody replays it.
  await systemClock.sleep(8000);
  const began = systemClock.elapsed();
  const { runId } = await client.replays.start({ to: NAME, source: { kind: 'exchanges', ids }, speed: 'fast' });
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  for await (const _ of await client.runs.watch({ runId }));
  const wholeMs = systemClock.elapsed() - began;
  delay.disable();
  const { same, summary } = await client.replays.get({ runId });
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (let offset = 0; offset < STEPS; offset += 500) {
    const { steps } = await client.replays.steps({ runId, offset, limit: 500 });
    for (const { startedAt, endedAt } of steps) {
      first = Math.min(first, startedAt ?? first);
      last = Math.max(last, endedAt ?? last);
    }
  }
  await close();
  if (same !== STEPS) throw new Error(summary);
  return { ms: last - first, wholeMs, same, late: delay.percentile(99) / 1e6 };
}

const [which, origin = '', file = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(which === 'bare' ? await bare(origin) : await workbench(origin, file)));
