import { beforeAll, describe, expect, it } from 'vitest';
import { endOf, openPartner, openPlatform, registerWith } from '../../support/platform.ts';
import { soon } from '../sending/commanding.ts';
import { GOOD, type Met, meet, own, PARTIES } from '../sending/meeting.ts';
import { over, VERSION } from './charging.ts';

const GAP_MS = 250;
/** Between two steps there is time for whatever a test does. */
const SLOW = 0.1;
let met: Met;
let ids: number[] = [];

/** Three pushes, some time apart. */
async function record({ us, name, partner }: Pick<Met, 'us' | 'name' | 'partner'>, gap = GAP_MS): Promise<number[]> {
  partner.override('unknown', [GOOD, GOOD, GOOD]);
  for (const [at, id] of ['SES-A', 'SES-B', 'SES-C'].entries()) {
    if (at > 0) await new Promise(resolve => setTimeout(resolve, gap));
    const body = own(VERSION, 'Session', { id });
    const params = { country_code: 'NL', party_id: 'WBX', session_id: id };
    await us.client.sending.send({ name, operation: 'sessions.put', params, body: JSON.stringify(body) });
  }
  const made = await us.client.exchanges.list({ link: name, module: 'sessions' });
  return made.map(({ id }) => id).reverse();
}

beforeAll(async () => {
  met = await meet(VERSION);
  ids = await record(met);
});

async function start(options: { speed?: number | 'fast'; paused?: boolean } = {}): Promise<number> {
  met.partner.override('unknown', [GOOD, GOOD, GOOD]);
  const { runId } = await met.us.client.replays.start({ to: met.name, source: { kind: 'exchanges', ids }, ...options });
  return runId;
}

async function doneOf(runId: number): Promise<number> {
  return (await met.us.client.replays.get({ runId })).done;
}

async function reach(runId: number, done: number): Promise<void> {
  while ((await doneOf(runId)) < done) await soon();
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const verdictsOf = async (runId: number) => (await over(met, runId)).steps.map(({ verdict }) => verdict);

describe('a replay under way', () => {
  it('keeps the gaps of the recording, ten times as short where it is ten times as fast', async () => {
    for (const speed of [1, 10]) {
      const { run, steps } = await over(met, await start({ speed }));
      expect(run.summary).toBe('3 of 3 steps as recorded');
      const sinceBegin = steps.map(({ startedAt }) => (startedAt ?? 0) - run.startedAt);
      // How much later they are is a matter of the machine.
      for (const [at, since] of sinceBegin.entries()) {
        expect(since).toBeGreaterThanOrEqual(Math.floor((at * GAP_MS * 0.95) / speed));
      }
    }
  });

  it('begins paused where it is to, does a step at a time, and goes on', async () => {
    const runId = await start({ paused: true });
    const { replays } = met.us.client;
    await pause(100);
    expect(await doneOf(runId)).toBe(0);
    expect(await replays.get({ runId })).toMatchObject({ paused: true, state: 'running' });
    expect(await replays.step({ runId })).toMatchObject({ paused: true });
    await reach(runId, 1);
    await pause(100);
    expect(await doneOf(runId)).toBe(1);
    expect(await replays.continue({ runId })).toMatchObject({ paused: false });
    expect(await verdictsOf(runId)).toEqual(['same', 'same', 'same']);
  });

  it('is paused after the step under way, and keeps the rest of the gap for when it goes on', async () => {
    const runId = await start({ speed: SLOW });
    await reach(runId, 1);
    await met.us.client.replays.pause({ runId });
    await pause(GAP_MS);
    expect(await met.us.client.replays.continue({ runId })).toMatchObject({ paused: false, done: 1 });
    await pause(100);
    expect(await doneOf(runId)).toBe(1);
    await met.us.client.replays.stop({ runId });
    expect(await verdictsOf(runId)).toEqual(['same', 'skipped', 'skipped']);
  });

  it('stops: what follows is left out, and the run is told as ended before its end', async () => {
    const runId = await start({ speed: SLOW });
    await reach(runId, 1);
    await met.us.client.replays.stop({ runId });
    const { run, steps } = await over(met, runId);
    expect(steps.map(({ verdict }) => verdict)).toEqual(['same', 'skipped', 'skipped']);
    expect(run.summary).toBe('1 of 3 steps as recorded, 2 left out: stopped');
  });

  it('is stopped while it is paused', async () => {
    const runId = await start({ paused: true });
    await met.us.client.replays.stop({ runId });
    expect(await verdictsOf(runId)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('is cancelled in the middle of a request, which is told so', async () => {
    const runId = await start({ paused: true });
    met.partner.override('unknown', { do: 'hang' });
    await met.us.client.replays.step({ runId });
    while ((await met.us.client.replays.steps({ runId })).steps[0]?.exchangeIds === undefined) await soon();
    await pause(50);
    await met.us.client.runs.cancel({ runId });
    const { run, steps } = await over(met, runId);
    expect(steps.map(({ verdict }) => verdict)).toEqual(['skipped', 'skipped', 'skipped']);
    expect(steps[0]).toMatchObject({ reason: 'cancelled while it was under way', exchangeIds: [expect.any(Number)] });
    expect(run).toMatchObject({ state: 'cancelled', summary: '0 of 3 steps as recorded, 3 left out: cancelled' });
  });

  it('ends when the workbench closes, and stands there as it was left when that is opened again', async () => {
    const us = await openPlatform({ parties: PARTIES });
    const partner = await openPartner({ modules: [{ identifier: 'sessions', role: 'RECEIVER' }] });
    await registerWith(us, partner, { version: VERSION });
    const recorded = await record({ us, name: 'partner', partner }, 0);
    partner.override('unknown', [GOOD]);
    const { replays } = us.client;
    const { runId } = await replays.start({
      to: 'partner',
      source: { kind: 'exchanges', ids: recorded },
      paused: true,
    });
    await replays.step({ runId });
    while ((await replays.get({ runId })).done === 0) await soon();
    await us.close();
    const again = await openPlatform({ file: us.file, serve: false });
    expect(await endOf(again, { runId })).toMatchObject({ state: 'cancelled' });
    const { steps } = await again.client.replays.steps({ runId });
    expect(steps.map(({ verdict }) => verdict)).toEqual(['same', 'skipped', 'skipped']);
  });
});
