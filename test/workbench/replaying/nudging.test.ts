import { expect, it } from 'vitest';
import { endOf, openPlatform } from '../../support/platform.ts';
import { PARTIES } from '../sending/meeting.ts';

it('the built-in partner drives to our charger, starts and stops there, and keeps pace, where a scenario waits for it', async () => {
  const { client } = await openPlatform({ parties: PARTIES });
  for (const module of ['locations', 'tariffs'] as const) {
    await client.own.generate({ module, version: '2.3.0', count: 5, seed: 'nudging' });
  }
  await client.sandbox.start({ locations: 5, seed: 'nudging' });
  await endOf({ client }, await client.pulls.start({ name: 'sandbox', module: 'tokens' }));
  const { runId } = await client.replays.start({
    to: 'sandbox',
    source: { kind: 'scenario', name: 'charge' },
    part: 'cpo',
    speed: 'fast',
    wait: 30,
  });
  await endOf({ client }, { runId });
  const { steps } = await client.replays.steps({ runId });
  expect(steps.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
  expect(steps.flatMap(({ kind, operation }) => (kind === 'await' ? [operation] : []))).toEqual([
    'commands.start-session',
    'commands.stop-session',
  ]);
}, 60_000);
