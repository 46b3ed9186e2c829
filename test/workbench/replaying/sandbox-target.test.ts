import { expect, it } from 'vitest';
import { endOf, openPlatform } from '../../support/platform.ts';
import { told } from './charging.ts';

it('a charge is replayed to the sandbox: its chargers are looked up first, and its time passes as fast as ours', async () => {
  const { client, workbench } = await openPlatform();
  await client.sandbox.start({ locations: 10 });
  const speedThere = async () => {
    const view = await workbench.sandbox.life(life => life.get());
    if (!view.ok) throw new Error(view.failure.message);
    return view.value.speed;
  };
  const before = await speedThere();
  const source = { kind: 'scenario', name: 'charge' } as const;
  const plan = await client.replays.plan({ to: 'Sandbox', source, part: 'emsp' });
  const place = plan.rewrites.find(({ kind }) => kind === 'location');
  expect(await client.objects.get({ name: 'sandbox', module: 'locations', id: place?.to ?? '' })).toMatchObject({
    vanished: false,
  });
  const { runId } = await client.replays.start({ to: 'Sandbox', source, part: 'emsp', speed: 'fast', wait: 15 });
  expect((await endOf({ client }, { runId })).result?.summary).toBe('8 of 8 steps as expected');
  const { steps } = await client.replays.steps({ runId });
  expect(told(steps).at(-1)).toBe('same await cdrs.post');
  await expect.poll(speedThere, { timeout: 5000 }).toBe(before);
}, 60_000);
