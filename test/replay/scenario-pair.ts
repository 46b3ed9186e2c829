import type { OwnParty, VersionName } from '../../core/contract/platform.ts';
import type { ReplayOptions, ReplayStep, ReplaySummary } from '../../core/contract/replay.ts';
import type { Run } from '../../core/contract/run.ts';
import type { ScenarioRole } from '../../core/contract/scenario.ts';
import { endOf, register, type TestPlatform } from '../support/platform.ts';

/** Two whole workbenches registered with each other; each plays its part of one scenario at the same time. */
export interface ScenarioPair {
  readonly cpo: TestPlatform;
  /** An eMSP, or a payment terminal provider. */
  readonly other: TestPlatform;
}

/** How one side fared. */
export interface Played {
  readonly run: Run;
  readonly replay: ReplaySummary;
  /** Steps that are not as expected: `5 sessions.patch missing: ...`. */
  readonly wrong: readonly string[];
  readonly steps: readonly ReplayStep[];
}

export const party = (partyId: string, role: OwnParty['role']): OwnParty => ({
  countryCode: 'NL',
  partyId,
  role,
  name: `party ${partyId}`,
});

const TERMINAL = JSON.stringify({ terminal_id: 'T-1', last_updated: '2026-01-01T00:00:00Z' });

/** Stations on one side, customers on the other, and each knows what the other one has. Links are called as who is behind. */
export async function join({ cpo, other }: ScenarioPair, version: VersionName, role: 'EMSP' | 'PTP'): Promise<void> {
  for (const module of ['locations', 'tariffs'] as const) {
    await cpo.client.own.generate({ module, version, count: 4, seed: 'pair' });
  }
  if (role === 'EMSP') await other.client.own.generate({ module: 'tokens', version, count: 4, seed: 'pair' });
  else await other.client.own.set({ module: 'payments', list: 'terminals', version, id: 'T-1', text: TERMINAL });
  const { token, versionsUrl } = await cpo.client.links.invite({ name: 'other' });
  await other.client.links.add({ name: 'cpo', versionsUrl, token });
  const run = await register(other, { name: 'cpo' });
  if (run.state !== 'done') throw new Error(`the registration ended as ${run.state}`);
  for (const module of ['locations', 'tariffs'] as const) {
    await endOf(other, await other.client.pulls.start({ name: 'cpo', module }));
  }
  if (role === 'EMSP') await endOf(cpo, await cpo.client.pulls.start({ name: 'other', module: 'tokens' }));
}

/** One side plays its part to the end. */
export async function play(
  platform: TestPlatform,
  options: ReplayOptions,
  begun: (runId: number) => void = () => {},
): Promise<Played> {
  const { client } = platform;
  const started = await client.replays.start(options);
  begun(started.runId);
  const run = await endOf(platform, started);
  const [replay, { steps }] = await Promise.all([
    client.replays.get(started),
    client.replays.steps({ ...started, limit: 500 }),
  ]);
  const wrong = steps.flatMap(({ no, operation, verdict, reason, differences }) =>
    verdict === 'same'
      ? []
      : [`${no} ${operation} ${verdict}: ${reason} ${differences.map(one => one.meaning).join(' ')}`],
  );
  return { run, replay, wrong, steps };
}

/** Both sides at once. The one that begins by waiting waits before the other one begins. */
export async function playBoth(
  { cpo, other }: ScenarioPair,
  { name, first, role, ...rest }: { name: string; first: ScenarioRole; role: ScenarioRole } & Partial<ReplayOptions>,
): Promise<{ readonly cpo: Played; readonly other: Played }> {
  const options = { speed: 'fast' as const, wait: 10, ...rest, source: { kind: 'scenario' as const, name } };
  const sides = [
    { platform: cpo, to: 'other', part: 'cpo' as ScenarioRole },
    { platform: other, to: 'cpo', part: role },
  ].map(({ platform, ...side }) => ({ part: side.part, platform, options: { ...options, ...side } }));
  const asking = sides.find(({ part }) => part === first) ?? sides[0];
  const waiting = sides.find(side => side !== asking);
  if (asking === undefined || waiting === undefined) throw new Error('two sides are needed');
  const begun = Promise.withResolvers<number>();
  const waited = play(waiting.platform, waiting.options, begun.resolve);
  await untilItWaits(waiting.platform, await begun.promise);
  const asked = await play(asking.platform, asking.options);
  return asking.platform === cpo ? { cpo: asked, other: await waited } : { cpo: await waited, other: asked };
}

async function untilItWaits({ client }: TestPlatform, runId: number): Promise<void> {
  for (;;) {
    const { waitsFor, state } = await client.replays.get({ runId });
    if (waitsFor !== null || state !== 'running') return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
