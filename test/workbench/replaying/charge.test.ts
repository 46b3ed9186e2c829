import { beforeAll, describe, expect, it } from 'vitest';
import { ACCEPTED, soon } from '../sending/commanding.ts';
import { meetAll, partnerOf, says } from '../sending/meeting.ts';
import { type Charge, over, playCharge, type Replayed, recordCharge, replayed, told, VERSION } from './charging.ts';

let ids: number[] = [];
beforeAll(async () => {
  await meetAll();
  ids = await recordCharge(partnerOf(VERSION), { session: 'S1' });
});

let sessions = 1;

/** The recorded charge against a partner that does this now. */
async function against(charge: Omit<Charge, 'session'>, wait = 5): Promise<Replayed> {
  const met = partnerOf(VERSION);
  const playing = playCharge(met, { session: `S${++sessions}`, ...charge });
  const done = await replayed(met, { source: { kind: 'exchanges', ids }, wait });
  if (charge.resultAfter !== null && charge.result === undefined) await playing;
  return done;
}

const AS_RECORDED = [
  'same send commands.start-session',
  'same await commands.result',
  'same await sessions.put',
  'same await sessions.patch',
  'same send commands.stop-session',
  'same await commands.result',
  'same await sessions.patch',
];

describe('a charge that our app starts and stops, replayed', () => {
  it('against the same partner is as recorded, with the id it gives its session this time, and is of the run', async () => {
    const met = partnerOf(VERSION);
    const { run, steps } = await against({});
    expect(told(steps)).toEqual(AS_RECORDED);
    expect(run).toMatchObject({ state: 'done', summary: '7 of 7 steps as recorded', same: 7, different: 0 });
    const session = `S${sessions}`;
    expect(run.rewrites.find(({ kind }) => kind === 'session')).toMatchObject({ from: 'S1', to: session });
    const made = await met.us.client.exchanges.list({ runId: run.runId });
    expect(made.map(({ id }) => id).sort()).toEqual(steps.flatMap(({ exchangeIds }) => exchangeIds).sort());
    expect(steps.map(({ recordedId }) => recordedId)).toEqual(ids);
  });

  it('with another currency differs at that field alone', async () => {
    const { run, steps } = await against({ currency: 'SEK' });
    expect(run).toMatchObject({ state: 'failed', summary: '6 of 7 steps as recorded, 1 different' });
    expect(told(steps)).toEqual(AS_RECORDED.with(2, 'different await sessions.put'));
    expect(steps[2]?.differences).toMatchObject([
      { layer: 'object', where: 'request/currency', expected: '"EUR"', met: '"SEK"' },
    ]);
  });

  it('with more updates, told while it is being stopped, is as recorded: none of them is taken for the end', async () => {
    const { run, steps } = await against({ lateUpdates: 3 });
    expect(told(steps)).toEqual(AS_RECORDED);
    expect(steps[3]?.exchangeIds).toHaveLength(4);
    expect(steps[6]?.exchangeIds).toHaveLength(1);
    expect(run.summary).toBe('7 of 7 steps as recorded');
  });

  it('is stopped as long after the first of many updates as then, however many there were', async () => {
    const met = partnerOf(VERSION);
    const updates = { count: 6, everyMs: 400 };
    const recorded = await recordCharge(met, { session: `S${++sessions}`, updates });
    const playing = playCharge(met, { session: `S${++sessions}`, updates });
    const source = { kind: 'exchanges', ids: recorded } as const;
    const { run, steps } = await replayed(met, { source, speed: 1, wait: 5 });
    await playing;
    expect(run.summary).toBe('7 of 7 steps as recorded');
    expect(steps[3]?.exchangeIds).toHaveLength(7);
    const began = async (id = 0) => Date.parse((await met.us.client.exchanges.get({ id })).at);
    const gap = async (first = 0, second = 0) => (await began(second)) - (await began(first));
    const then = await gap(recorded[3], steps[4]?.recordedId ?? 0);
    expect(then).toBeGreaterThan(2000);
    expect(await gap(steps[3]?.exchangeIds[0], steps[4]?.exchangeIds[0])).toBeLessThan(then * 1.5);
  });

  it('with a result that never comes waits for it, tells it missing, and goes on', async () => {
    const { run, steps } = await against({ resultAfter: null }, 1);
    expect(told(steps)).toContain('missing await commands.result');
    expect(steps[1]).toMatchObject({
      verdict: 'missing',
      reason: expect.stringContaining('did not send it within 1 s: command, result'),
      differences: [{ layer: 'missing', expected: 'command, result', met: 'nothing' }],
    });
    expect(steps[4]?.exchangeIds).toHaveLength(1);
    expect(run.summary).toContain('1 missing');
  });

  it('with a result that comes after its time was over has it all the same, and tells that it was late', async () => {
    const met = partnerOf(VERSION);
    const { replays } = met.us.client;
    const told = Promise.withResolvers<void>();
    const playing = playCharge(met, { session: `S${++sessions}`, resultAfter: told.promise });
    const { runId } = await replays.start({
      to: met.name,
      source: { kind: 'exchanges', ids },
      speed: 'fast',
      wait: 1.5,
    });
    while ((await replays.steps({ runId })).steps[1]?.verdict !== 'missing') await soon();
    told.resolve();
    const { steps } = await over(met, runId);
    await playing;
    expect(steps[1]).toMatchObject({ verdict: 'different', exchangeIds: [expect.any(Number)] });
    expect(steps[1]?.differences[0]).toMatchObject({ layer: 'time', expected: 'within 1.5 s' });
    expect(steps[1]?.reason).toMatch(/^It came after .* s, and was expected within 1\.5 s$/);
  });

  it('with a message more than there was tells it as a step of its own; what is not of this flow is counted', async () => {
    const { run, steps } = await against({ again: true, aside: true });
    expect(told(steps)).toEqual([...AS_RECORDED, 'different extra sessions.put']);
    expect(steps[7]).toMatchObject({ no: 8, recordedId: null, differences: [{ layer: 'extra', expected: 'nothing' }] });
    expect(run.summary).toBe('7 of 7 steps as recorded, 1 not expected');
    expect(run.notes).toContain('1 other request of the partner came meanwhile, not of this flow.');
  });

  it('refused this time differs at the answer, what would have followed is missing, and it ends where it cannot go on', async () => {
    const { run, steps } = await against(
      { startAnswer: says(200, 1000, { ...ACCEPTED, result: 'REJECTED' }), resultAfter: null, result: 'REJECTED' },
      0.2,
    );
    expect(steps[0]).toMatchObject({
      verdict: 'different',
      differences: [{ where: 'answer/data/result', expected: '"ACCEPTED"', met: '"REJECTED"' }],
    });
    expect(steps.map(({ verdict }) => verdict).slice(1)).toEqual([
      ...['missing', 'missing', 'missing'],
      // There is no session that could be stopped.
      ...['failed', 'skipped', 'skipped'],
    ]);
    expect(run).toMatchObject({
      state: 'failed',
      summary: expect.stringContaining('3 missing, 1 not possible, 2 left out: '),
    });
  });

  it('tells each step when it begins and when it is over, and what it waits for', async () => {
    const met = partnerOf(VERSION);
    const { client } = met.us;
    met.answer('POST', met.at('commands', 'receiver', 'START_SESSION'), says(200, 1000, ACCEPTED));
    const { runId } = await client.replays.start({
      to: met.name,
      source: { kind: 'exchanges', ids },
      speed: 'fast',
      wait: 1,
    });
    for (;;) {
      const { waitsFor } = await client.replays.get({ runId });
      if (waitsFor !== null) {
        expect(waitsFor).toBe('command, result, from the partner');
        break;
      }
      await soon();
    }
    const { steps } = await client.replays.steps({ runId });
    expect(steps.map(({ verdict }) => verdict).slice(0, 3)).toEqual(['same', 'running', 'waiting']);
    await client.replays.stop({ runId });
    const done = await over(met, runId);
    expect(done.steps.map(({ verdict }) => verdict)).toEqual(['same', ...Array(6).fill('skipped')]);
    expect(done.run).toMatchObject({ state: 'cancelled', summary: expect.stringMatching(/: stopped$/) });
  });
});
