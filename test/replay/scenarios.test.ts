import { describe, expect, it } from 'vitest';
import type { ScenarioRole } from '../../core/contract/scenario.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { partiesOf } from '../../core/replay/scenarios/parts.ts';
import { ourScenarios } from '../../core/replay/scenarios/scenarios.ts';
import { sharedPlatform } from '../support/platform.ts';
import { join, party, play, playBoth, type ScenarioPair } from './scenario-pair.ts';

const ALL = process.env['OCPI_WORKBENCH_TEST_ALL'] === '1';
const SEED = Number(process.env['OCPI_WORKBENCH_TEST_SEED'] ?? Date.now() % 1_000_000);

const exchanged = ourScenarios().filter(({ steps }) => !steps.some(step => 'flow' in step));
/** Every scenario in every version, or each in one that the seed says. */
const cases = exchanged.flatMap((scenario, at) => {
  const one = scenario.versions[(SEED + at) % scenario.versions.length];
  const versions = ALL ? scenario.versions : scenario.versions.filter(version => version === one);
  const other = partiesOf(scenario).find(role => role !== 'cpo') ?? 'emsp';
  const [step] = scenario.steps;
  const first: ScenarioRole = step !== undefined && 'from' in step ? step.from : 'cpo';
  return versions.map(version => ({ name: scenario.name, version, other, first }));
});
// A start that failed is remembered for a while, and what begins soon after it at the same place is told (2.1.1 has no references).
const inOrder = [
  ...cases.filter(({ name }) => name !== 'start-failed'),
  ...cases.filter(({ name }) => name === 'start-failed'),
];

/** Opened and joined by the first test that needs them. */
function pairsOf(version: Version, role: 'EMSP' | 'PTP'): () => Promise<ScenarioPair> {
  const cpo = sharedPlatform({ parties: [party('CPO', 'CPO')], versions: [version] });
  const other = sharedPlatform({ parties: [party('EMP', role)], versions: [version] });
  let joined: Promise<ScenarioPair> | undefined;
  return () => {
    joined ??= Promise.all([cpo(), other()]).then(async ([one, two]) => {
      const pair = { cpo: one, other: two };
      await join(pair, version, role);
      return pair;
    });
    return joined;
  };
}

describe(`two workbenches play a scenario, OCPI_WORKBENCH_TEST_SEED=${SEED}`, () => {
  const pairs = new Map(VERSIONS.map(version => [version, pairsOf(version, 'EMSP')]));
  const terminals = pairsOf('2.3.0', 'PTP');
  const open = (version: Version, other: ScenarioRole) => (other === 'ptp' ? terminals : pairs.get(version))?.();

  it.each(inOrder)('$name in $version goes as expected on both sides', async ({ name, version, other, first }) => {
    const pair = await open(version, other);
    if (pair === undefined) throw new Error('no pair');
    const played = await playBoth(pair, { name, role: other, first });
    expect([played.cpo.wrong, played.other.wrong]).toEqual([[], []]);
    expect([played.cpo.run.state, played.other.run.state]).toEqual(['done', 'done']);
  });

  it('what one side does wrong on purpose is told by the other one', async () => {
    const pair = await pairs.get('2.2.1')?.();
    if (pair === undefined) throw new Error('no pair');
    const { id: silent } = await pair.cpo.client.faults.add({ kind: 'async.never' });
    const never = await playBoth(pair, { name: 'start-failed', role: 'emsp', first: 'emsp', wait: 1 });
    expect(never.other.wrong).toEqual([
      expect.stringMatching(/^2 commands.result missing: The partner did not send it/),
    ]);
    await pair.cpo.client.faults.remove({ ids: [silent] });

    const scope = { operation: 'cdrs.post' };
    const { id: refusing } = await pair.other.client.faults.add({ kind: 'envelope.ocpi-status', scope });
    const refused = await playBoth(pair, { name: 'cdr-credit', role: 'emsp', first: 'cpo', wait: 2 });
    expect(refused.cpo.wrong).toHaveLength(3);
    expect(refused.cpo.wrong[0]).toMatch(/^2 cdrs.post different: .*OCPI \d{4}/);
    await pair.other.client.faults.remove({ ids: [refusing] });
  });

  it('registers with a partner, and exchanges the tokens with one', async () => {
    const pair = await pairs.get('2.3.0')?.();
    if (pair === undefined) throw new Error('no pair');
    const { token, versionsUrl } = await pair.cpo.client.links.invite({ name: 'new' });
    await pair.other.client.links.add({ name: 'invited', versionsUrl, token });
    const scenario = (name: string) => ({ speed: 'fast' as const, source: { kind: 'scenario' as const, name } });
    const registered = await play(pair.other, { ...scenario('registration'), to: 'invited' });
    expect([registered.run.state, registered.wrong]).toEqual(['done', []]);
    expect(await pair.other.client.links.get({ name: 'invited' })).toMatchObject({ state: 'registered' });
    const before = await pair.other.client.links.get({ name: 'cpo' });
    const rotated = await play(pair.other, { ...scenario('rotation'), to: 'cpo', wait: 0.1 });
    expect([rotated.run.state, rotated.wrong]).toEqual(['done', []]);
    const after = await pair.other.client.links.get({ name: 'cpo' });
    expect(after.tokens.length).toBeGreaterThan(before.tokens.length);
  });

  it('asks a partner it has just registered with at the endpoints that were told in the registration', async () => {
    const pair = await pairs.get('2.3.0')?.();
    if (pair === undefined) throw new Error('no pair');
    const { token, versionsUrl } = await pair.cpo.client.links.invite({ name: 'first day' });
    await pair.other.client.links.add({ name: 'first day', versionsUrl, token });
    const text = JSON.stringify({
      scenario: 1,
      name: 'first-day',
      title: 'The first day',
      versions: ['2.3.0'],
      parts: ['emsp'],
      steps: [{ flow: 'register' }, { from: 'emsp', do: 'locations.list', query: { limit: '5' } }],
    });
    const source = { kind: 'written' as const, name: 'first-day.json', text };
    const day = await play(pair.other, { source, to: 'first day', speed: 'fast' });
    expect([day.run.state, day.wrong]).toEqual(['done', []]);
    const [asked = 0] = day.steps[1]?.exchangeIds ?? [];
    expect(await pair.other.client.exchanges.get({ id: asked })).toMatchObject({ httpStatus: 200, ocpiStatus: 1000 });
  });
});
