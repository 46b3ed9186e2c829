import { beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../support/partner/action.ts';
import { soon } from '../sending/commanding.ts';
import { GOOD, type Met, meet, own, says } from '../sending/meeting.ts';
import { over, replayed, told, VERSION } from './charging.ts';

const BEGUN = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"status_code":1000,';

let met: Met;
let ids: number[] = [];

beforeAll(async () => {
  met = await meet(VERSION);
  const { us, name, partner } = met;
  // It takes two sessions, one after the other.
  partner.override('unknown', [GOOD, GOOD]);
  for (const id of ['SES-A', 'SES-B']) {
    const body = own(VERSION, 'Session', { id });
    const params = { country_code: 'NL', party_id: 'WBX', session_id: id };
    await us.client.sending.send({ name, operation: 'sessions.put', params, body: JSON.stringify(body) });
  }
  const made = await us.client.exchanges.list({ link: name, module: 'sessions' });
  ids = made.map(({ id }) => id).reverse();
  await us.client.links.set({ name, settings: { firstByteTimeout: 150 } });
});

const source = () => ({ kind: 'exchanges', ids }) as const;

describe('two pushes of ours, replayed against a partner that now', () => {
  const endings: readonly [string, Action, string, RegExp][] = [
    ['takes both', GOOD, '', /^as recorded$/],
    ['refuses the first', says(200, 2001), 'ocpi', /2001/],
    ['answers it with an error of HTTP', says(503, 3000), 'http', /503/],
    ['never answers it', { do: 'hang' }, 'network', /./],
    ['resets the connection', { do: 'reset' }, 'network', /./],
    ['cuts its answer', { do: 'raw', bytes: BEGUN, end: 'close' }, 'network', /./],
  ];
  it.each(endings)(
    '%s: that is the difference, and the second one is sent all the same',
    async (_, action, layer, why) => {
      met.partner.override('unknown', [action, GOOD]);
      const { run, steps } = await replayed(met, { source: source(), speed: 1000 });
      expect(told(steps)[1]).toBe('same send sessions.put');
      expect(steps[0]?.differences[0]?.layer ?? '').toBe(layer);
      expect(steps[0]?.reason).toMatch(why);
      expect(steps[0]?.exchangeIds).toHaveLength(1);
      expect(run.state).toBe(layer === '' ? 'done' : 'failed');
    },
  );

  it('differs because of a fault that is armed in the middle, in the steps after that', async () => {
    const { us, name, partner } = met;
    partner.override('unknown', [GOOD, GOOD]);
    const { replays, faults } = us.client;
    const { runId } = await replays.start({ to: name, source: source(), speed: 'fast', paused: true });
    await replays.step({ runId });
    while ((await replays.get({ runId })).done === 0) await soon();
    const rule = await faults.add({ kind: 'headers.content-type', scope: { link: name, direction: 'send' } });
    await replays.continue({ runId });
    const { steps } = await over(met, runId);
    await faults.remove({ ids: [rule.id] });
    expect(told(steps)).toEqual(['same send sessions.put', 'different send sessions.put']);
    expect(steps[1]?.differences).toContainEqual(
      expect.objectContaining({ layer: 'finding', met: 'request.content-type' }),
    );
  });

  it('ends where a request is refused by the rules of the link, and says which', async () => {
    const { us, name, partner } = met;
    const { replays } = us.client;
    partner.override('unknown', GOOD);
    const { runId } = await replays.start({ to: name, source: source(), speed: 'fast', paused: true });
    await replays.step({ runId });
    while ((await replays.get({ runId })).done === 0) await soon();
    await us.client.links.set({ name, readOnly: true });
    await replays.continue({ runId });
    const { run, steps } = await over(met, runId);
    await us.client.links.set({ name, readOnly: false });
    expect(told(steps)).toEqual(['same send sessions.put', 'failed send sessions.put']);
    expect(steps[1]?.reason).toMatch(/is read-only: only GET leaves/);
    expect(run.summary).toMatch(/^1 of 2 steps as recorded, 1 not possible: .* is read-only/);
  });
});
