import { describe, expect, it } from 'vitest';
import {
  addPartner,
  endOf,
  failureOf,
  ledger,
  openPartner,
  openPlatform,
  reasonOf,
  register,
  type TestPlatform,
  theirRun,
} from '../support/platform.ts';

/** A registration that stands still in its POST. */
async function hangingRegistration(): Promise<{
  platform: TestPlatform;
  partner: Awaited<ReturnType<typeof openPartner>>;
  runId: number;
}> {
  const partner = await openPartner({ overrides: { 'credentials.post': { do: 'hang' } } });
  const platform = await openPlatform();
  await addPartner(platform, partner);
  const { runId } = await platform.client.runs.register({ name: 'partner' });
  await partner.arrival('credentials.post');
  return { platform, partner, runId };
}

describe('a run', () => {
  it('is watched step by step by everybody who asks, until it has ended', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await addPartner(platform, partner);
    const started = await platform.client.runs.register({ name: 'partner' });
    const counts: number[] = [];
    for await (const { steps, state } of await platform.client.runs.watch(started)) {
      counts.push(steps.length);
      if (state !== 'running') break;
    }
    expect(counts[0]).toBe(0);
    expect(counts).toEqual(counts.toSorted((left, right) => left - right));
    expect(counts.at(-1)).toBe(6);
    const late = await endOf(platform, started);
    expect(late).toEqual(await platform.client.runs.get(started));
    expect((await platform.client.runs.list({ limit: 10 })).map(({ id }) => id)).toEqual([started.runId]);
  });

  it('stops at once when it is cancelled in the middle of a POST: nothing half-registered', async () => {
    const { platform, partner, runId } = await hangingRegistration();
    const began = performance.now();
    await platform.client.runs.cancel({ runId });
    const run = await endOf(platform, { runId });
    expect(performance.now() - began).toBeLessThan(1500);
    expect(run.state).toBe('cancelled');
    expect(reasonOf(run, 'credentials')).toMatch(/^the call was cancelled; the partner may hold us registered now/);
    expect(await ledger(platform)).toEqual(['outgoing A pending', 'incoming B retired']);
    const post = (await platform.client.exchanges.list({ runId, limit: 10 })).find(({ method }) => method === 'POST');
    expect(post).toMatchObject({ ended: 'cancelled', httpStatus: null });
    partner.restore();
    expect((await register(platform)).state).toBe('done');
    // To cancel what has ended changes nothing.
    expect((await platform.client.runs.cancel({ runId })).state).toBe('cancelled');
  });

  it('keeps others from the same link, and leaves other links alone', async () => {
    const { platform, runId } = await hangingRegistration();
    const { runs } = platform.client;
    expect(await failureOf(runs.register({ name: 'partner' }))).toEqual({
      code: 'BUSY',
      message: `run ${runId} is changing this link`,
      advice: 'Wait for it to end, or cancel it, and try again.',
    });
    const second = await openPartner();
    await addPartner(platform, second, { name: 'second' });
    expect((await register(platform, { name: 'second' })).state).toBe('done');
    await runs.cancel({ runId });
    await endOf(platform, { runId });
  });

  it('is cancelled when the workbench closes, and stands as such in the database', async () => {
    const { platform, runId } = await hangingRegistration();
    await platform.close();
    const again = await openPlatform({ file: platform.file, serve: false });
    expect((await again.client.runs.get({ runId })).state).toBe('cancelled');
    expect(await ledger(again)).toEqual(['outgoing A pending', 'incoming B retired']);
  });

  it('that a partner began is cancelled too: it is told 3000 to try again, and may', async () => {
    const partner = await openPartner({ overrides: { details: { do: 'hang' } } });
    const platform = await openPlatform();
    const invitation = await platform.client.links.invite({ name: 'partner' });
    const registering = partner.register(invitation);
    await partner.arrival('details');
    const [open] = await platform.client.runs.list({ name: 'partner', limit: 1 });
    await platform.client.runs.cancel({ runId: open?.id ?? 0 });
    expect(await registering).toMatchObject({ ok: false, reason: expect.stringContaining('status_code 3000') });
    expect(partner.calls.at(-1)?.answer?.text).toContain(
      'The registration was stopped on this side; nothing was changed. Please try again.',
    );
    expect(await theirRun(platform)).toMatchObject({ state: 'cancelled' });
    partner.restore();
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
  });

  it('that nobody started is not found', async () => {
    const { client } = await openPlatform({ serve: false });
    const message = 'there is no run 7';
    expect(await failureOf(client.runs.get({ runId: 7 }))).toMatchObject({ code: 'NOT_FOUND', message });
    expect(await failureOf(client.runs.cancel({ runId: 7 }))).toMatchObject({ code: 'NOT_FOUND', message });
    expect(await failureOf(client.runs.register({ name: 'nobody' }))).toEqual({
      code: 'NOT_FOUND',
      message: 'there is no link "nobody"',
      advice: 'There are none yet.',
    });
  });
});
